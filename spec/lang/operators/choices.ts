/**
 * One element or one number out of a collection. Where several elements would do, the first in the order of iteration is
 * taken; so a spec with symmetric ids must not let it show which one that is.
 */
import { MissingElementError, SpecError } from "../errors.ts";
import { inState, nameOf } from "../plain/collection-errors.ts";

function askSize(elements: unknown): string {
  const name = nameOf(elements);
  const size = typeof elements === "object" && elements !== null && "length" in elements ? "length" : "size";
  return `${inState(name, size)} > 0`;
}

function askSome(elements: unknown): string {
  const name = nameOf(elements);
  return `${name === null ? "[...elements]" : `s.${name}`}.some(predicate)`;
}

function ofName(elements: unknown): string {
  const name = nameOf(elements);
  return name === null ? "" : ` of ${name}`;
}

/** The first element; an error where there is none. Of an id set: `first(c.Node)`. */
export function first<E>(elements: Iterable<E>): E {
  for (const element of elements) return element;
  throw new MissingElementError(`first: ${nameOf(elements) ?? "the collection"} is empty`, askSize(elements));
}

/** The first element that satisfies the predicate, as `CHOOSE` takes one; an error where none does. */
export function choose<E>(elements: Iterable<E>, predicate: (element: E) => boolean): E {
  for (const element of elements) if (predicate(element)) return element;
  throw new MissingElementError(`choose: no element${ofName(elements)} satisfies the predicate`, askSome(elements));
}

/** The one element that satisfies the predicate; an error where none does, and where several do. */
export function chooseUnique<E>(elements: Iterable<E>, predicate: (element: E) => boolean): E {
  const found = [...elements].filter((element) => predicate(element));
  const [one] = found;
  if (found.length === 1) return one as E;
  const message = `chooseUnique: ${found.length} elements${ofName(elements)} satisfy the predicate, and exactly one must`;
  if (found.length === 0) throw new MissingElementError(message, askSome(elements));
  throw new SpecError(message, "Write a narrower predicate, or choose(...), which takes the first of them.");
}

/** The smallest of these numbers; an error where there are none. */
export function min(numbers: Iterable<number>): number {
  return best(
    numbers,
    (number) => number,
    "min",
    (one, other) => one < other,
  );
}

/** The largest of these numbers; an error where there are none. */
export function max(numbers: Iterable<number>): number {
  return best(
    numbers,
    (number) => number,
    "max",
    (one, other) => one > other,
  );
}

/** The sum of these numbers, or of what `of` gives for each element; 0 where there are none. */
export function sum(numbers: Iterable<number>): number;
export function sum<E>(elements: Iterable<E>, of: (element: E) => number): number;
export function sum<E>(elements: Iterable<E>, of: (element: E) => number = Number): number {
  let total = 0;
  for (const element of elements) total += of(element);
  return total;
}

/** The first element for which `of` is smallest; an error where there is none. */
export function argmin<E>(elements: Iterable<E>, of: (element: E) => number): E {
  return best(elements, of, "argmin", (one, other) => one < other);
}

/** The first element for which `of` is largest; an error where there is none. */
export function argmax<E>(elements: Iterable<E>, of: (element: E) => number): E {
  return best(elements, of, "argmax", (one, other) => one > other);
}

function best<E>(
  elements: Iterable<E>,
  of: (element: E) => number,
  name: string,
  isBetter: (one: number, other: number) => boolean,
): E {
  let found: { readonly element: E; readonly number: number } | null = null;
  for (const element of elements) {
    const number = of(element);
    if (found === null || isBetter(number, found.number)) found = { element, number };
  }
  if (found === null)
    throw new MissingElementError(`${name}: ${nameOf(elements) ?? "the collection"} is empty`, askSize(elements));
  return found.element;
}
