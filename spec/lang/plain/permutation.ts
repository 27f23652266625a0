import { SpecError } from "../errors.ts";
import { type Id, type IdSet, idOf, ordinalOf } from "../ids.ts";

/** A renaming of ids, one bijection for each symmetric id set; ids of other sets keep their names. */
export interface Permutation {
  /** Distinct for each permutation of one model, so that results can be cached by it. */
  readonly index: number;
  /** For each permuted set, the image of ordinal `n` at position `n - 1`. */
  readonly images: ReadonlyMap<IdSet, readonly number[]>;
}

/** The image of one id. */
export function imageOf(permutation: Permutation, set: IdSet, id: Id): Id {
  const image = permutation.images.get(set)?.[ordinalOf(id) - 1];
  return image === undefined ? id : idOf(image);
}

/** Renamings beyond this would take longer to try on every state than symmetry saves. */
export const renamingsMax = 10_000;
/** The most ids of one set whose renamings are no more than these. */
const idsMost = 7;

/** Every combination of bijections of these sets but the identity. Throws `SpecError` where there are too many to try. */
export function permutationsOf(sets: readonly IdSet[]): readonly Permutation[] {
  const count = sets.reduce((product, set) => product * factorial(set.length), 1);
  if (count > renamingsMax) {
    const sizes = sets.map((set) => `${set.length} ids ${set.prefix}`).join(" and ");
    throw new SpecError(
      `symmetry over ${sizes} means ${count} renamings of every state, and ${renamingsMax} are the most`,
      `Add --no-symmetry, or use fewer ids: a set of ${idsMost} alone can be symmetric.`,
    );
  }
  let combinations: ReadonlyMap<IdSet, readonly number[]>[] = [new Map()];
  for (const set of sets) {
    const orders = ordersOf(set.map((_, position) => position + 1));
    combinations = combinations.flatMap((images) => orders.map((order) => new Map([...images, [set, order]])));
  }
  return combinations.slice(1).map((images, index) => ({ index, images }));
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** All orders of these numbers, the given one first. */
function ordersOf(numbers: readonly number[]): readonly (readonly number[])[] {
  if (numbers.length === 0) return [[]];
  return numbers.flatMap((first) => {
    const rest = numbers.filter((number) => number !== first);
    return ordersOf(rest).map((order) => [first, ...order]);
  });
}
