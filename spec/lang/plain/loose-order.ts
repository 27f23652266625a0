/**
 * The order of elements that have no schema: those of a literal. `null` comes first, then `false`, `true`, numbers
 * ascending, strings by code unit, then sequences, sets, bags and maps (the shorter first), then records by their fields in
 * the order of the names.
 */
import { type Structure, structureOf } from "./structure.ts";

/** A key that orders values as above. Equal exactly when the contents are. */
export function looseKey(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return value ? "c" : "b";
    case "number":
      return `d${numberKey(value)}`;
    case "string":
      return `e${terminated(value)}`;
    case "object":
      return value === null ? "a" : objectKey(value);
    default:
      return `z${terminated(String(value))}`;
  }
}

function objectKey(value: object): string {
  const content = structureOf(value);
  if (content !== null) return collectionKey(content);
  if (Array.isArray(value)) return collectionKey({ kind: "sequence", parts: value });
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `j${fields.map(([name, field]) => `${terminated(name)}${looseKey(field)}`).join("")}.`;
}

const first = { sequence: "f", set: "g", bag: "h", map: "i" } as const;

function collectionKey({ kind, parts }: Structure): string {
  const keys =
    kind === "sequence" || kind === "set"
      ? parts.map(looseKey)
      : (parts as readonly (readonly [unknown, unknown])[]).map(([one, other]) => looseKey(one) + looseKey(other));
  if (kind !== "sequence") keys.sort();
  return `${first[kind]}${numberKey(parts.length)}${keys.join("")}`;
}

const number = new DataView(new ArrayBuffer(8));

/** Sixteen digits that are ordered as numbers are. */
function numberKey(value: number): string {
  number.setFloat64(0, value + 0);
  const high = number.getUint32(0);
  const low = number.getUint32(4);
  const isNegative = high >= 0x8000_0000;
  const words = isNegative ? [~high, ~low] : [high | 0x8000_0000, low];
  return words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The text, such that no key begins with another one's, and the order is that of the texts. */
function terminated(text: string): string {
  return `${text.replaceAll("\0", "\0\u0001")}\0\0`;
}
