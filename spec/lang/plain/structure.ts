/** The content of a collection, whichever engine it belongs to, and a text of it. */

/** Elements of a sequence or a set; keys with values of a map; elements with copies of a bag. */
export interface Structure {
  readonly kind: "sequence" | "set" | "map" | "bag";
  readonly parts: readonly unknown[] | readonly (readonly [unknown, unknown])[];
}

/** The method by which a collection gives its content. */
export const structure: unique symbol = Symbol("structure");

/** The content of a collection; null for a value that is none. */
export function structureOf(value: object): Structure | null {
  return structure in value ? (value as { [structure](): Structure })[structure]() : null;
}

/** A key from the value alone, without a schema: of a literal, or of what a view returns. Equal exactly when the contents are. */
export function structuralKey(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  const content = structureOf(value);
  if (content !== null) return collectionKey(content);
  if (Array.isArray(value)) return `[${value.map(structuralKey).join(",")}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${structuralKey(field)}`).join(",")}}`;
}

function collectionKey({ kind, parts }: Structure): string {
  if (kind === "sequence") return `[${parts.map(structuralKey).join(",")}]`;
  if (kind === "set") return `set{${parts.map(structuralKey).sort().join(",")}}`;
  const pairs = parts as readonly (readonly [unknown, unknown])[];
  const separator = kind === "map" ? ":" : "*";
  const texts = pairs.map(([first, second]) => `${structuralKey(first)}${separator}${structuralKey(second)}`);
  return `${kind}{${texts.sort().join(",")}}`;
}
