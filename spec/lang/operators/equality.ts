import { structuralKey } from "../plain/structure.ts";

/**
 * Whether two values have the same content, whatever they are: records, unions, collections, places. What TLA+ writes as
 * `a = b`. Fields and elements are compared one by one; the order of fields and of the elements of sets does not matter.
 */
export function equal<V>(one: V, other: V): boolean {
  return structuralKey(one) === structuralKey(other);
}
