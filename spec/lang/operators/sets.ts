/** Sets, sequences and numbers built from others: what TLA+ writes as `a..b`, `SUBSET S`, `UNION S` and `{f(x) : x \in S}`. */
import type { ReadonlyFiniteSet, ReadonlySeq } from "../collections.ts";
import { SpecError } from "../errors.ts";
import { seq } from "../plain/seq.ts";
import { setOf } from "../plain/set.ts";
import { structuralKey } from "../plain/structure.ts";

const numbersMax = 1_000_000;
const subsetElementsMax = 16;
const permutedMax = 8;

/** The whole numbers `from..to`, both included; none where `to < from`. */
export function range(from: number, to: number): readonly number[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
    throw new SpecError(
      `range(${from}, ${to}): both ends must be whole numbers`,
      "Round a fraction with Math.floor(...).",
    );
  }
  const length = Math.max(0, to - from + 1);
  if (length > numbersMax) {
    throw new SpecError(
      `range(${from}, ${to}) has ${length.toLocaleString("en")} numbers, more than ${numbersMax.toLocaleString("en")}`,
      `Ask for at most ${numbersMax.toLocaleString("en")} numbers.`,
    );
  }
  return Array.from({ length }, (_, position) => from + position);
}

/** The set of what `of` gives for the elements. */
export function mapped<E, V>(elements: Iterable<E>, of: (element: E) => V): ReadonlyFiniteSet<V> {
  return setOf(...[...elements].map((element) => of(element)));
}

/** The set of the elements that are in at least one of these collections. */
export function unionOf<E>(collections: Iterable<Iterable<E>>): ReadonlyFiniteSet<E> {
  return setOf(...[...collections].flatMap((collection) => [...collection]));
}

/** Every subset, the empty one and the whole included: the smallest first, then by the order of the elements. */
export function subsets<E>(elements: Iterable<E>): readonly ReadonlyFiniteSet<E>[] {
  const distinct = withoutRepeats(elements);
  if (distinct.length > subsetElementsMax) {
    throw new SpecError(
      `subsets of ${distinct.length} elements are ${(2 ** distinct.length).toLocaleString("en")}: more than ${subsetElementsMax} elements are refused`,
      `Give at most ${subsetElementsMax} elements.`,
    );
  }
  const whole = isFiniteSet(elements) ? elements : setOf(...distinct);
  let ofSize: (readonly number[])[] = [[]];
  const result: ReadonlyFiniteSet<E>[] = [];
  while (ofSize.length > 0) {
    for (const positions of ofSize) result.push(selection(whole, distinct, positions));
    ofSize = ofSize.flatMap((positions) =>
      range((positions.at(-1) ?? -1) + 1, distinct.length - 1).map((next) => [...positions, next]),
    );
  }
  return result;
}

/** The elements at these positions, as a set that keeps the order of the whole. */
function selection<E>(
  whole: ReadonlyFiniteSet<E>,
  distinct: readonly E[],
  positions: readonly number[],
): ReadonlyFiniteSet<E> {
  const keys = new Set(positions.map((position) => structuralKey(distinct[position])));
  return whole.filter((element) => keys.has(structuralKey(element)));
}

/** Every order of the elements: by the order of the elements, the last place running fastest. */
export function permutations<E>(elements: Iterable<E>): readonly ReadonlySeq<E>[] {
  const items = [...elements];
  if (items.length > permutedMax) {
    throw new SpecError(
      `permutations of ${items.length} elements are too many: more than ${permutedMax} elements are refused`,
      `Give at most ${permutedMax} elements.`,
    );
  }
  return ordersOf(items).map((order) => seq(...order));
}

function ordersOf<E>(items: readonly E[]): readonly (readonly E[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, position) =>
    ordersOf([...items.slice(0, position), ...items.slice(position + 1)]).map((rest) => [first, ...rest]),
  );
}

function withoutRepeats<E>(elements: Iterable<E>): readonly E[] {
  const known = new Set<string>();
  return [...elements].filter((element) => {
    const key = structuralKey(element);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

function isFiniteSet<E>(elements: Iterable<E>): elements is ReadonlyFiniteSet<E> {
  return "isSubsetOf" in elements && "filter" in elements;
}
