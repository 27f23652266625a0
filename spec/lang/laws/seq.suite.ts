import fc from "fast-check";
import { expect } from "vitest";
import { BoundError, integer, type ReadonlySeq, type Seq, SpecError, seq, sequence, setOf } from "../index.ts";
import { anyEntries, anyEntry, type Entry, entrySchema, type Laws, type MakePlace, sameEntry } from "./place.suite.ts";

const max = 4;

type Operation =
  | { readonly do: "push"; readonly element: Entry }
  | { readonly do: "set"; readonly index: number; readonly element: Entry }
  | { readonly do: "truncate"; readonly length: number }
  | { readonly do: "assign"; readonly elements: readonly Entry[] }
  | { readonly do: "shift" | "clear" };

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ do: fc.constant("push" as const), element: anyEntry }),
  fc.record({ do: fc.constant("set" as const), index: fc.integer({ min: -1, max: max + 1 }), element: anyEntry }),
  fc.record({ do: fc.constant("truncate" as const), length: fc.integer({ min: -1, max: max + 1 }) }),
  fc.record({ do: fc.constant("assign" as const), elements: anyEntries(max) }),
  fc.record({ do: fc.constantFrom("shift" as const, "clear" as const) }),
);

/** What the operation makes of an array, or null where it must be refused. */
function applied(items: readonly Entry[], operation: Operation): readonly Entry[] | null {
  switch (operation.do) {
    case "push":
      return items.length < max ? [...items, operation.element] : null;
    case "set": {
      const { index, element } = operation;
      return index < 1 || index > items.length ? null : items.with(index - 1, element);
    }
    case "truncate":
      return operation.length < 0 || operation.length > items.length ? null : items.slice(0, operation.length);
    case "assign":
      return operation.elements;
    case "shift":
      return items.length === 0 ? null : items.slice(1);
    case "clear":
      return [];
  }
}

function apply(sequence: Seq<Entry>, operation: Operation): void {
  if (operation.do === "push") sequence.push(operation.element);
  else if (operation.do === "set") sequence.set(operation.index, operation.element);
  else if (operation.do === "truncate") sequence.truncate(operation.length);
  else if (operation.do === "assign") sequence.assign(operation.elements);
  else if (operation.do === "shift") sequence.shift();
  else sequence.clear();
}

function of(make: MakePlace, elements: readonly Entry[]): Seq<Entry> {
  const result = make(sequence(entrySchema, max), "log");
  result.assign(elements);
  return result;
}

function numbersOf(make: MakePlace, ...elements: readonly number[]): Seq<number> {
  const result = make(sequence(integer(0, 9), 5), "numbers");
  result.assign(elements);
  return result;
}

/** The laws of sequences, for any engine's. */
export const seqLaws: Laws = {
  "is empty at first": (make) => {
    expect([...of(make, [])]).toEqual([]);
    expect(of(make, []).length).toBe(0);
  },

  "does what an array does, and refuses what an array would let pass": (make) => {
    fc.assert(
      fc.property(anyEntries(max), fc.array(anyOperation, { maxLength: 12 }), (start, operations) => {
        const place = of(make, start);
        let items: readonly Entry[] = start;
        for (const operation of operations) {
          const next = applied(items, operation);
          if (next === null) expect(() => apply(place, operation)).toThrow(SpecError);
          else apply(place, operation);
          items = next ?? items;
          expect([...place]).toEqual(items);
          expect(place.length).toBe(items.length);
        }
      }),
    );
  },

  "counts from one": (make) => {
    const place = numbersOf(make, 7, 8, 9);
    expect([place.get(1), place.get(2), place.get(3), place.first, place.last]).toEqual([7, 8, 9, 7, 9]);
    const indices: number[] = [];
    expect(place.every((_, index) => indices.push(index) > 0)).toBe(true);
    expect(place.some((_, index) => indices.push(index) < 0)).toBe(false);
    expect(indices).toEqual([1, 2, 3, 1, 2, 3]);
  },

  "says which index is outside of which sequence, and how long it is": (make) => {
    expect(() => numbersOf(make, 7, 8).get(0)).toThrow("numbers.get(0): numbers has length 2");
    expect(() => numbersOf(make, 7, 8).get(3)).toThrow("numbers.get(3): numbers has length 2");
    expect(() => numbersOf(make, 7, 8).get(1.5)).toThrow("numbers.get(1.5): numbers has length 2");
    expect(() => numbersOf(make, 7, 8).set(3, 1)).toThrow("numbers.set(3, ...): numbers has length 2");
    expect(() => numbersOf(make).first).toThrow("numbers.first: numbers is empty");
    expect(() => numbersOf(make).last).toThrow("numbers.last: numbers is empty");
    expect(() => numbersOf(make).shift()).toThrow("numbers.shift(): numbers is empty");
    expect(() => numbersOf(make, 7).truncate(2)).toThrow("numbers.truncate(2): numbers has length 1");
    expect(() => numbersOf(make, 7).truncate(-1)).toThrow("numbers.truncate(-1): numbers has length 1");
  },

  "is not named where it is a part of another sequence": (make) => {
    const part = numbersOf(make, 7, 8, 9).sub(2, 3);
    expect(() => part.get(3)).toThrow(/^get\(3\): the sequence has length 2$/);
    expect(() => part.sub(1, 0).last).toThrow(/^last: the sequence is empty$/);
  },

  "is named by what it is in, where it is inside a map or a collection": (make) => {
    const inside = make(sequence(integer(0, 9), 5), "numbers[].more");
    expect(() => inside.get(1)).toThrow(/^get\(1\): a sequence in numbers has length 0$/);
  },

  "names its place and its bound where it would grow past its maximum": (make) => {
    const error = new BoundError("numbers", "a sequence of 6 elements", "at most 5 elements");
    expect(error.message).toBe("numbers became a sequence of 6 elements; its bound is at most 5 elements");
    expect(() => numbersOf(make, 1, 2, 3, 4, 5).push(6)).toThrow(error);
    expect(() => numbersOf(make).assign([1, 2, 3, 4, 5, 6])).toThrow(error);
  },

  "gives back what it shifts out": (make) => {
    const place = numbersOf(make, 7, 8);
    expect([place.shift(), place.shift(), place.length]).toEqual([7, 8, 0]);
  },

  "gives a part of itself by first and last index, and none where the last comes before the first": (make) => {
    const place = numbersOf(make, 5, 6, 7, 8);
    expect([...place.sub(2, 3)]).toEqual([6, 7]);
    expect([...place.sub(1, 4)]).toEqual([5, 6, 7, 8]);
    expect([...place.sub(4, 4)]).toEqual([8]);
    for (const [from, to] of [
      [1, 0],
      [3, 2],
      [5, 4],
      [9, 0],
      [0, -1],
    ] as const) {
      expect([...place.sub(from, to)], `sub(${from}, ${to})`).toEqual([]);
    }
    for (const [from, to] of [
      [0, 2],
      [3, 5],
      [5, 5],
    ] as const) {
      expect(() => place.sub(from, to)).toThrow(
        `numbers.sub(${from}, ${to}) reaches outside numbers, which has length 4`,
      );
    }
  },

  "gives parts that do not change with it": (make) => {
    const place = numbersOf(make, 5, 6, 7);
    const part = place.sub(1, 2);
    place.set(1, 9);
    place.truncate(1);
    expect([...part]).toEqual([5, 6]);
  },

  "may be assigned from itself and from a part of itself": (make) => {
    const place = numbersOf(make, 5, 6, 7);
    place.assign(place);
    expect([...place]).toEqual([5, 6, 7]);
    place.assign(place.sub(2, 3));
    expect([...place]).toEqual([6, 7]);
  },

  "keeps what was pushed when the pushed object changes later": (make) => {
    const place = of(make, []);
    const entry = { term: 1, by: null };
    place.push(entry);
    place.push(entry);
    place.set(2, entry);
    entry.term = 2;
    expect([...place]).toEqual([
      { term: 1, by: null },
      { term: 1, by: null },
    ]);
  },

  "is iterated by a loop, by spreading and by taking apart alike, in its own order": (make) => {
    const place = make(sequence(integer(0, 9), max), "digits");
    place.assign([7, 3, 7]);
    const looped: number[] = [];
    for (const element of place) looped.push(element);
    const [head, ...tail] = place;
    expect([looped, [...place], head, tail]).toEqual([[7, 3, 7], [7, 3, 7], 7, [3, 7]]);
  },

  "has an element by content": (make) => {
    fc.assert(
      fc.property(anyEntries(max), anyEntry, (elements, element) => {
        expect(of(make, elements).has({ ...element })).toBe(elements.some((one) => sameEntry(one, element)));
      }),
    );
  },

  "is compared by content, with another and with a literal on either side": (make) => {
    const near = fc.array(fc.constantFrom<Entry>({ term: 0, by: null }, { term: 1, by: null }), { maxLength: 3 });
    fc.assert(
      fc.property(near, near, (left, right) => {
        const startsWith = left.every((one, i) => right[i] !== undefined && sameEntry(one, right[i]));
        const expected = { equals: startsWith && left.length === right.length, isPrefixOf: startsWith };
        const compared = (a: ReadonlySeq<Entry>, b: ReadonlySeq<Entry>) => ({
          equals: a.equals(b),
          isPrefixOf: a.isPrefixOf(b),
        });
        expect(compared(of(make, left), of(make, right))).toEqual(expected);
        expect(compared(seq(...left), of(make, right))).toEqual(expected);
        expect(compared(of(make, left), seq(...right))).toEqual(expected);
        expect(compared(seq(...left), seq(...right))).toEqual(expected);
      }),
    );
  },

  "says of every and of some what an array says": (make) => {
    fc.assert(
      fc.property(anyEntries(max), fc.integer({ min: 0, max: 2 }), (elements, term) => {
        const isOf = (entry: Entry): boolean => entry.term === term;
        expect(of(make, elements).every(isOf)).toBe(elements.every(isOf));
        expect(of(make, elements).some(isOf)).toBe(elements.some(isOf));
      }),
    );
  },

  "is an element by its content": (make) => {
    fc.assert(
      fc.property(anyEntries(max), anyEntries(max), (left, right) => {
        expect(setOf<ReadonlySeq<Entry>>(of(make, left)).has(seq(...left))).toBe(true);
        expect(setOf<ReadonlySeq<Entry>>(seq(...left)).has(of(make, right))).toBe(
          of(make, left).equals(of(make, right)),
        );
      }),
    );
  },

  "refuses an element that its schema does not have": (make) => {
    expect(() => numbersOf(make, 1, 2).push(10)).toThrow(new BoundError("numbers[]", "10", "0..9"));
    expect(() => numbersOf(make, 1, 2).set(1, -1)).toThrow(new BoundError("numbers[]", "-1", "0..9"));
  },
};
