/** What a plain collection needs to know of its elements: a key that is equal exactly when the contents are. */
export interface Elements<E> {
  /** Equal keys if and only if equal contents. The order of keys is the canonical order of elements. */
  keyOf(element: E): string;
  /** The one frozen value that stands for this content. */
  canonical(element: E): E;
}

/** Elements of collections that belong to no state (literals such as `setOf(a, b)`): keys from the structure itself. */
export const looseElements: Elements<unknown> = {
  keyOf: structuralKey,
  canonical: (element) => element,
};

/** The method by which a collection gives its structural key: equal exactly when kind and contents are. */
export const structure: unique symbol = Symbol("structure");

/** A key from the value alone, without a schema: of a literal, or of what a view returns. */
export function structuralKey(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isStructured(value)) return value[structure]();
  if (Array.isArray(value)) return `[${value.map(structuralKey).join(",")}]`;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${structuralKey(field)}`).join(",")}}`;
}

function isStructured(value: object): value is { [structure](): string } {
  return structure in value;
}

/** The tag of a tagged union's value; undefined for anything else. */
export function kindOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}
