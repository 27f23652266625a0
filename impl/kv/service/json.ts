import type { Item, KeyChange, Value } from "../machine/index.ts";

export type Encoding = "utf8" | "base64";

/** What a key has, as JSON by hand: it is most of what the service writes. */
export function itemJson(key: string, item: Item, encoding: Encoding): string {
  return `{${itemFields(key, item, encoding)}}`;
}

export function getJson(key: string, item: Item, encoding: Encoding, revision: number): string {
  return `{${itemFields(key, item, encoding)},"revision":${revision}}`;
}

export function changeJson({ key, value, revision, created }: KeyChange): string {
  if (value === null) return `{"kind":"delete","key":${JSON.stringify(key)},"revision":${revision}}`;
  return `{"kind":"put","key":${JSON.stringify(key)},${valueFields(value, "utf8")},"createRevision":${created},"revision":${revision}}`;
}

function itemFields(key: string, { value, created, modified }: Item, encoding: Encoding): string {
  return `"key":${JSON.stringify(key)},${valueFields(value, encoding)},"createRevision":${created},"modRevision":${modified}`;
}

/** What is no UTF-8 is written in base64 whatever was asked for, and `encoding` says so. */
function valueFields(value: Value, encoding: Encoding): string {
  if (typeof value === "string" && encoding === "utf8") return `"value":${JSON.stringify(value)},"encoding":"utf8"`;
  const bytes =
    typeof value === "string" ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.length);
  return `"value":"${bytes.toString("base64")}","encoding":"base64"`;
}
