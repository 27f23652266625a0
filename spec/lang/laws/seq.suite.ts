import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoundError, integer, type ReadonlySeq, type Seq, SpecError, seq, sequence, setOf } from "../index.ts";
import { anyEntries, anyEntry, type Entry, entrySchema, type MakePlace, sameEntry } from "./place.suite.ts";

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
  switch (operation.do) {
    case "push":
      return sequence.push(operation.element);
    case "set":
      return sequence.set(operation.index, operation.element);
    case "truncate":
      return sequence.truncate(operation.length);
    case "assign":
      return sequence.assign(operation.elements);
    case "shift":
      sequence.shift();
      return;
    case "clear":
      return sequence.clear();
  }
}

/** The laws of sequences, for any engine's. */
export function seqLaws(make: MakePlace): void {
  const empty = (): Seq<Entry> => make(sequence(entrySchema, max), "log");
  const of = (elements: readonly Entry[]): Seq<Entry> => {
    const result = empty();
    result.assign(elements);
    return result;
  };
  const numbers = (...elements: readonly number[]): Seq<number> => {
    const result = make(sequence(integer(0, 9), 5), "numbers");
    result.assign(elements);
    return result;
  };

  describe("a sequence", () => {
    it("is empty at first", () => {
      expect([...empty()]).toEqual([]);
      expect(empty().length).toBe(0);
    });

    it("does what an array does, and refuses what an array would let pass", () => {
      fc.assert(
        fc.property(anyEntries(max), fc.array(anyOperation, { maxLength: 12 }), (start, operations) => {
          const place = of(start);
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
    });

    it("counts from one", () => {
      const place = numbers(7, 8, 9);
      expect([place.get(1), place.get(2), place.get(3), place.first, place.last]).toEqual([7, 8, 9, 7, 9]);
      const indices: number[] = [];
      expect(place.every((_, index) => indices.push(index) > 0)).toBe(true);
      expect(place.some((_, index) => indices.push(index) < 0)).toBe(false);
      expect(indices).toEqual([1, 2, 3, 1, 2, 3]);
    });

    it("says which index is outside, and how long it is", () => {
      const outside = (index: number, length: number): SpecError =>
        new SpecError(`index ${index} is outside the sequence, which has length ${length}`);
      expect(() => numbers(7, 8).get(0)).toThrow(outside(0, 2));
      expect(() => numbers(7, 8).get(3)).toThrow(outside(3, 2));
      expect(() => numbers(7, 8).get(1.5)).toThrow(outside(1.5, 2));
      expect(() => numbers(7, 8).set(3, 1)).toThrow(outside(3, 2));
      expect(() => numbers().first).toThrow(outside(1, 0));
      expect(() => numbers().last).toThrow(outside(0, 0));
      expect(() => numbers().shift()).toThrow(outside(1, 0));
      expect(() => numbers(7).truncate(2)).toThrow(new SpecError("truncate(2) of a sequence that has length 1"));
      expect(() => numbers(7).truncate(-1)).toThrow(new SpecError("truncate(-1) of a sequence that has length 1"));
    });

    it("names its place and its bound where it would grow past its maximum", () => {
      const error = new BoundError("numbers", "a sequence of 6 elements", "at most 5 elements");
      expect(error.message).toBe("numbers became a sequence of 6 elements; its bound is at most 5 elements");
      expect(() => numbers(1, 2, 3, 4, 5).push(6)).toThrow(error);
      expect(() => numbers().assign([1, 2, 3, 4, 5, 6])).toThrow(error);
    });

    it("gives back what it shifts out", () => {
      const place = numbers(7, 8);
      expect([place.shift(), place.shift(), place.length]).toEqual([7, 8, 0]);
    });

    it("gives a part of itself by first and last index, and none where the last comes before the first", () => {
      const place = numbers(5, 6, 7, 8);
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
          new SpecError(`sub(${from}, ${to}) reaches outside the sequence, which has length 4`),
        );
      }
    });

    it("gives parts that do not change with it", () => {
      const place = numbers(5, 6, 7);
      const part = place.sub(1, 2);
      place.set(1, 9);
      place.truncate(1);
      expect([...part]).toEqual([5, 6]);
    });

    it("may be assigned from itself and from a part of itself", () => {
      const place = numbers(5, 6, 7);
      place.assign(place);
      expect([...place]).toEqual([5, 6, 7]);
      place.assign(place.sub(2, 3));
      expect([...place]).toEqual([6, 7]);
    });

    it("keeps what was pushed when the pushed object changes later", () => {
      const place = empty();
      const entry = { term: 1, by: null };
      place.push(entry);
      place.push(entry);
      place.set(2, entry);
      entry.term = 2;
      expect([...place]).toEqual([
        { term: 1, by: null },
        { term: 1, by: null },
      ]);
    });

    it("has an element by content", () => {
      fc.assert(
        fc.property(anyEntries(max), anyEntry, (elements, element) => {
          expect(of(elements).has({ ...element })).toBe(elements.some((one) => sameEntry(one, element)));
        }),
      );
    });

    it("is compared by content, with another and with a literal on either side", () => {
      const near = fc.array(fc.constantFrom<Entry>({ term: 0, by: null }, { term: 1, by: null }), { maxLength: 3 });
      fc.assert(
        fc.property(near, near, (left, right) => {
          const startsWith = left.every((one, i) => right[i] !== undefined && sameEntry(one, right[i]));
          const expected = { equals: startsWith && left.length === right.length, isPrefixOf: startsWith };
          const compared = (a: ReadonlySeq<Entry>, b: ReadonlySeq<Entry>) => ({
            equals: a.equals(b),
            isPrefixOf: a.isPrefixOf(b),
          });
          expect(compared(of(left), of(right))).toEqual(expected);
          expect(compared(seq(...left), of(right))).toEqual(expected);
          expect(compared(of(left), seq(...right))).toEqual(expected);
          expect(compared(seq(...left), seq(...right))).toEqual(expected);
        }),
      );
    });

    it("says of every and of some what an array says", () => {
      fc.assert(
        fc.property(anyEntries(max), fc.integer({ min: 0, max: 2 }), (elements, term) => {
          const isOf = (entry: Entry): boolean => entry.term === term;
          expect(of(elements).every(isOf)).toBe(elements.every(isOf));
          expect(of(elements).some(isOf)).toBe(elements.some(isOf));
        }),
      );
    });

    it("is an element by its content", () => {
      fc.assert(
        fc.property(anyEntries(max), anyEntries(max), (left, right) => {
          expect(setOf<ReadonlySeq<Entry>>(of(left)).has(seq(...left))).toBe(true);
          expect(setOf<ReadonlySeq<Entry>>(seq(...left)).has(of(right))).toBe(of(left).equals(of(right)));
        }),
      );
    });

    it("refuses an element that its schema does not have", () => {
      expect(() => numbers(1, 2).push(10)).toThrow(new BoundError("numbers[]", "10", "0..9"));
      expect(() => numbers(1, 2).set(1, -1)).toThrow(new BoundError("numbers[]", "-1", "0..9"));
    });
  });
}
