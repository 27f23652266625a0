import { structuralKey } from "../plain/structure.ts";

/**
 * Whether two values have the same content, whatever they are: records, unions, collections, places. What TLA+ writes as
 * `a = b`. Fields and elements are compared one by one; the order of fields and of the elements of sets does not matter.
 */
export function equal<V>(one: V, other: V): boolean {
  // Values of one schema are one object, so most of them are told equal without a look inside.
  return one === other || structuralKey(one) === structuralKey(other);
}
