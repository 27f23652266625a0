import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  argmax,
  argmin,
  choose,
  chooseUnique,
  codecOf,
  commonPrefix,
  entriesOf,
  equal,
  type FixedMap,
  first,
  id,
  idSet,
  integer,
  MissingElementError,
  map,
  mapOf,
  mapped,
  max,
  min,
  permutations,
  type ReadonlyFiniteSet,
  type ReadonlyFixedMap,
  range,
  SpecError,
  seq,
  set,
  setEach,
  setOf,
  structuralKey,
  subsets,
  sum,
  unionOf,
} from "../index.ts";

const servers = idSet("s", 3);
const lists = (sets: Iterable<Iterable<unknown>>): readonly (readonly unknown[])[] => [...sets].map((one) => [...one]);

/** A set as the state holds one. */
function place(...elements: readonly number[]): ReadonlyFiniteSet<number> {
  const codec = codecOf(set(integer(-5, 20)), "numbers");
  const made = codec.initial() as ReadonlyFiniteSet<number>;
  return made.union(elements);
}

describe("range", () => {
  it("holds both ends, and nothing where the second is smaller", () => {
    expect([range(2, 4), range(-1, 1), range(3, 3), range(4, 3)]).toEqual([[2, 3, 4], [-1, 0, 1], [3], []]);
    expect(Object.is(range(-1, 0)[1], 0)).toBe(true);
  });

  it("refuses ends that are no whole numbers, and more numbers than a search can use", () => {
    expect(() => range(0.5, 2)).toThrow("range(0.5, 2): both ends must be whole numbers");
    expect(() => range(0, Number.NaN)).toThrow(SpecError);
    expect(() => range(1, 1_000_001)).toThrow("range(1, 1000001) has 1,000,001 numbers, more than 1,000,000");
  });
});

describe("subsets", () => {
  it("come smallest first, then by the order of the elements", () => {
    expect(lists(subsets(place(3, 1, 2)))).toEqual([[], [1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]]);
    expect(lists(subsets(seq(2, 1, 2)))).toEqual([[], [2], [1], [1, 2]]);
    expect(lists(subsets([]))).toEqual([[]]);
    expect(subsets(servers).length).toBe(8);
  });

  it("are every subset, once", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5, max: 20 }), { maxLength: 7 }), (elements) => {
        const all = subsets(place(...elements));
        expect(new Set(all.map(structuralKey)).size).toBe(2 ** elements.length);
        for (const one of all) expect(one.isSubsetOf(place(...elements))).toBe(true);
        const sizes = all.map(({ size }) => size);
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      }),
    );
  });

  it("of more elements than a search can use are refused, with their number", () => {
    expect(() => subsets(range(1, 17))).toThrow("subsets of 17 elements are 131,072");
  });
});

describe("permutations", () => {
  it("are every order, by the order of the elements", () => {
    expect(lists(permutations(place(3, 1, 2)))).toEqual([
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [2, 3, 1],
      [3, 1, 2],
      [3, 2, 1],
    ]);
    expect(lists(permutations([]))).toEqual([[]]);
    expect(() => permutations(range(1, 9))).toThrow("permutations of 9 elements are too many");
  });
});

describe("a set made from another", () => {
  it("holds what a function gives for its elements, each content once", () => {
    expect([...mapped(place(1, 2, 3), (n) => n % 2)].sort()).toEqual([0, 1]);
    expect(mapped(servers, (by) => ({ by, n: 1 })).has({ n: 1, by: first(servers) })).toBe(true);
    expectTypeOf(mapped(servers, () => "a")).toEqualTypeOf<ReadonlyFiniteSet<string>>();
  });

  it("holds what is in one of several", () => {
    expect([...unionOf([place(1, 2), seq(2, 3), []])].sort()).toEqual([1, 2, 3]);
    expect(unionOf<number>([]).size).toBe(0);
  });
});

describe("a map made from a function", () => {
  const doubled = mapOf(range(1, 3), (n) => 2 * n);

  it("holds what the function gives for each key", () => {
    expect([doubled.keys(), doubled.keys().map((key) => doubled.get(key))]).toEqual([
      [1, 2, 3],
      [2, 4, 6],
    ]);
    expect(entriesOf(doubled)).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
    ]);
    expect([doubled.every((v, k) => v === 2 * k), doubled.some((v) => v > 6), doubled.count((v) => v > 2)]).toEqual([
      true,
      false,
      2,
    ]);
    expect(() => doubled.get(4)).toThrow("the map has no key 4: its keys are 1, 2, 3");
    expectTypeOf(mapOf(servers, () => true)).toEqualTypeOf<ReadonlyFixedMap<(typeof servers)[number], boolean>>();
  });

  it("is a value of a map's schema, and an element by its content", () => {
    const schema = map(integer(1, 3), integer(0, 9));
    const codec = codecOf(set(schema), "maps");
    const maps = codec.initial() as ReadonlyFiniteSet<ReadonlyFixedMap<number, number>>;
    const two = maps.union([doubled, mapOf(range(1, 3), (n) => n + n), mapOf(range(1, 3), () => 0)]);
    expect([two.size, two.has(doubled), setOf(doubled).has(mapOf([3, 1, 2], (n) => 2 * n))]).toEqual([2, true, true]);
    expect(() => maps.union([mapOf([1, 2], () => 0)])).toThrow(
      "a map without the key 3; its bound is exactly the keys 1, 2, 3",
    );
    expect(() => maps.union([mapOf([1, 2, 3, 4], () => 0)])).toThrow("a map with the key 4");
    expect(() => maps.union([mapOf([1, 2, 4], () => 0)])).toThrow("a map without the key 3");
  });

  it("replaces all values of a map in the state at once", () => {
    const counts = codecOf(map(integer(1, 3), integer(0, 9)), "counts").initial() as FixedMap<number, number>;
    setEach(counts, (n) => n);
    setEach(counts, (n) => counts.get((n % 3) + 1));
    expect(entriesOf(counts)).toEqual([
      [1, 2],
      [2, 3],
      [3, 1],
    ]);
  });
});

describe("one out of a collection", () => {
  it("is the first, the first that satisfies a predicate, or the only one", () => {
    expect([first(place(3, 2)), choose(place(1, 2, 3, 4), (n) => n % 2 === 0)]).toEqual([2, 2]);
    expect(chooseUnique(place(1, 2, 3), (n) => n % 2 === 0)).toBe(2);
    expectTypeOf(first(servers)).toEqualTypeOf<(typeof servers)[number]>();
  });

  it("is an error where there is none, and where there must be one and are several", () => {
    expect(() => first([])).toThrow(new MissingElementError("first: the collection is empty", "length > 0"));
    expect(() => choose([1], (n) => n > 1)).toThrow("choose: no element satisfies the predicate");
    for (const many of [0, 2, 3]) {
      const message = `chooseUnique: ${many} elements satisfy the predicate, and exactly one must`;
      expect(() => chooseUnique(range(1, many), () => true)).toThrow(message);
    }
  });

  it("names the field of the state that has none, and no set that was computed from it", () => {
    const field = codecOf(set(integer(0, 9)), "numbers").initial() as ReadonlyFiniteSet<number>;
    expect(() => first(field)).toThrow(new MissingElementError("first: numbers is empty", "s.numbers.size > 0"));
    expect(() => min(field)).toThrow(new MissingElementError("min: numbers is empty", "s.numbers.size > 0"));
    expect(() => choose(field, () => true)).toThrow(
      new MissingElementError("choose: no element of numbers satisfies the predicate", "s.numbers.some(predicate)"),
    );
    expect(() => first(field.union([]))).toThrow("first: the collection is empty");
    expect(() => first(field.filter(() => true))).toThrow("first: the collection is empty");
  });

  it("is the smallest or largest number, or the first element with the smallest or largest", () => {
    expect([min(place(4, 2, 9)), max(place(4, 2, 9))]).toEqual([2, 9]);
    const entries = [
      { term: 2, at: "a" },
      { term: 1, at: "b" },
      { term: 1, at: "c" },
      { term: 2, at: "d" },
    ];
    expect([argmin(entries, (e) => e.term).at, argmax(entries, (e) => e.term).at]).toEqual(["b", "a"]);
    for (const [name, run] of Object.entries({
      min: () => min([]),
      max: () => max([]),
      argmin: () => argmin([], Number),
      argmax: () => argmax([], Number),
    }))
      expect(run).toThrow(`${name}: the collection is empty`);
  });

  it("is the sum, which is 0 where there is nothing", () => {
    expect([sum([]), sum(place(1, 2, 3)), sum(servers, () => 2)]).toEqual([0, 6, 6]);
    // @ts-expect-error: ids are no numbers.
    expect(() => sum(servers)).not.toThrow();
  });
});

describe("ids", () => {
  it("are the keys and elements of what is made from them", () => {
    const votes = mapOf(servers, (i) => (i === servers[0] ? 1 : 0));
    expect([votes.get(first(servers)), sum(entriesOf(votes), ([, n]) => n)]).toEqual([1, 1]);
    expect(codecOf(map(id(servers), integer(0, 1)), "votes").scalar).toBe(false);
  });
});

describe("equality of contents", () => {
  it("compares records, unions and collections by what they hold", () => {
    expect(equal({ kind: "A", n: 1 }, { n: 1, kind: "A" })).toBe(true);
    expect(equal<unknown>({ kind: "A", n: 1 }, { kind: "B", n: 1 })).toBe(false);
    expect(equal(setOf(1, 2), setOf(2, 1))).toBe(true);
    expect(equal(seq(1, 2), seq(2, 1))).toBe(false);
    expect(
      equal(
        mapOf([1, 2], (n) => n),
        mapOf([2, 1], (n) => n),
      ),
    ).toBe(true);
    expect(equal<unknown>(1, "1")).toBe(false);
  });
});

describe("commonPrefix", () => {
  it("is the length of the longest sequence that both begin with", () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 5 });
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const length = commonPrefix(seq(...one), seq(...other));
        expect(one.slice(0, length)).toEqual(other.slice(0, length));
        expect(length === one.length || length === other.length || one[length] !== other[length]).toBe(true);
      }),
    );
  });

  it("compares contents, also of places that are not one object", () => {
    expect(commonPrefix(seq({ term: 1 }, { term: 2 }), seq({ term: 1 }, { term: 3 }))).toBe(1);
    expect(commonPrefix(seq(setOf(1, 2)), seq(setOf(2, 1), setOf(3)))).toBe(1);
    expect(commonPrefix(seq<number>(), seq(1))).toBe(0);
  });
});
