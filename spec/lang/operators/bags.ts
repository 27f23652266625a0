import type { ReadonlyBag } from "../collections.ts";
import { PlainBag } from "../plain/bag.ts";
import { literalPath } from "../plain/collection-errors.ts";
import { seal } from "../plain/editing.ts";
import { type Elements, looseElements } from "../plain/elements.ts";

/** A bag literal: as many copies of an element as there are arguments with its content. */
export function bagOf<E>(...elements: readonly E[]): ReadonlyBag<E> {
  const result = new PlainBag<E>([], [], [], looseElements as Elements<E>, Number.POSITIVE_INFINITY, literalPath);
  for (const element of elements) result.add(element);
  result[seal]("value");
  return result;
}
