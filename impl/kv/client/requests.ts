import type { Stamp } from "../../core/sessions.ts";
import type { Expected, Value } from "../machine/index.ts";
import type { Asked } from "./exchange.ts";

export type Consistency = "linearizable" | "lease" | "stale";

/** A change, not bound to a session. */
export type ChangeRequest =
  | { readonly kind: "put"; readonly key: string; readonly value: Value }
  | { readonly kind: "append"; readonly key: string; readonly value: Value }
  | { readonly kind: "delete"; readonly key: string }
  | {
      readonly kind: "compare-and-swap";
      readonly key: string;
      readonly expected: Expected;
      readonly value: Value | null;
    };

export function changeRequest(change: ChangeRequest, stamp: Stamp | null): Asked {
  const path = keyPath(change.key);
  switch (change.kind) {
    case "put":
      return { method: "PUT", path, body: JSON.stringify({ ...valueFields(change.value), ...stamp }) };
    case "append":
      return {
        method: "POST",
        path: `${path}/append`,
        body: JSON.stringify({ ...valueFields(change.value), ...stamp }),
      };
    case "delete": {
      const query = stamp === null ? "" : queryOf({ ...stamp });
      return { method: "DELETE", path: `${path}${query}`, body: null };
    }
    case "compare-and-swap": {
      const value = change.value === null ? { value: null } : valueFields(change.value);
      const body = JSON.stringify({ expected: expectedFields(change.expected), ...value, ...stamp });
      return { method: "POST", path: `${path}/compare-and-swap`, body };
    }
  }
}

export function keyPath(key: string): string {
  return `/v1/kv/${encodeURIComponent(key)}`;
}

/** With its question mark; empty where all are null. */
export function queryOf(parameters: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  if (given.length === 0) return "";
  return `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`).join("&")}`;
}

function expectedFields(expected: Expected): Record<string, unknown> {
  switch (expected.kind) {
    case "absent":
      return { absent: true };
    case "revision":
      return { revision: expected.revision };
    case "value":
      return valueFields(expected.value);
  }
}

function valueFields(value: Value): Record<string, unknown> {
  if (typeof value === "string") return { value };
  return { value: Buffer.from(value).toString("base64"), encoding: "base64" };
}
