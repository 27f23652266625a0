import { looseKey } from "./loose-order.ts";
import { described } from "./value-text.ts";

/** What a plain collection needs to know of its elements: a key that is equal exactly when the contents are. */
export interface Elements<E> {
  /** Equal keys if and only if equal contents. The order of keys is the canonical order of elements. */
  keyOf(element: E): string;
  /** The one frozen value with this content. */
  canonical(element: E): E;
  /** An element as messages show it. */
  textOf(element: E): string;
}

/** Elements of collections that belong to no state (literals such as `setOf(a, b)`), which have no schema. */
export const looseElements: Elements<unknown> = {
  keyOf: looseKey,
  canonical: (element) => element,
  textOf: described,
};

/** Whether a value of a tagged union is of one of these kinds. */
export function isOfKind(value: unknown, kinds: readonly string[]): boolean {
  const kind = kindOf(value);
  return typeof kind === "string" && kinds.includes(kind);
}

/** The tag of a tagged union's value; undefined for anything else. */
export function kindOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}
