import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoundError, type FiniteSet, integer, type ReadonlyFiniteSet, set, setOf } from "../index.ts";
import {
  allEntries,
  anyEntries,
  anyEntry,
  type Entry,
  entrySchema,
  type MakePlace,
  type Message,
  messageSchema,
  sameEntry,
  servers,
  sortedTexts,
  textOf,
  withoutRepeats,
} from "./place.suite.ts";

const few = anyEntries(6);

/** The laws of finite sets, for any engine's. */
export function finiteSetLaws(make: MakePlace): void {
  const of = (elements: Iterable<Entry>): FiniteSet<Entry> => {
    const result = make(set(entrySchema), "voters");
    for (const element of elements) result.add(element);
    return result;
  };

  /** Everything that can be asked of the set agrees with these contents. */
  const expectContents = (actual: ReadonlyFiniteSet<Entry>, elements: readonly Entry[]): void => {
    expect(sortedTexts(actual)).toEqual(sortedTexts(elements));
    expect(actual.size).toBe(elements.length);
    const members = allEntries.filter((entry) => actual.has({ ...entry }));
    expect(sortedTexts(members)).toEqual(sortedTexts(elements));
  };

  describe("a finite set", () => {
    it("is empty at first", () => {
      expectContents(of([]), []);
    });

    it("does what a set of contents does", () => {
      const anyOperation = fc.record({ does: fc.constantFrom("add", "remove", "clear"), element: anyEntry });
      fc.assert(
        fc.property(few, fc.array(anyOperation, { maxLength: 12 }), (start, operations) => {
          const place = of(start);
          let elements = withoutRepeats(start);
          for (const { does, element } of operations) {
            if (does === "clear") place.clear();
            else if (does === "add") place.add({ ...element });
            else place.remove({ ...element });
            if (does === "clear") elements = [];
            else if (does === "add") elements = withoutRepeats([...elements, element]);
            else elements = elements.filter((one) => !sameEntry(one, element));
            expectContents(place, elements);
          }
        }),
      );
    });

    it("comes in an order that its contents alone decide", () => {
      fc.assert(
        fc.property(few, few, (elements, others) => {
          const direct = of(elements);
          const roundabout = of([...others, ...[...elements].reverse()]);
          for (const other of others) if (!direct.has(other)) roundabout.remove(other);
          expect([...roundabout].map(textOf)).toEqual([...direct].map(textOf));
        }),
      );
    });

    it("is assigned from any collection, itself among them", () => {
      fc.assert(
        fc.property(few, few, (before, elements) => {
          const place = of(before);
          place.assign(elements);
          expectContents(place, withoutRepeats(elements));
          place.assign(place);
          expectContents(place, withoutRepeats(elements));
          place.assign(setOf(...before));
          expectContents(place, withoutRepeats(before));
        }),
      );
    });

    it("makes union, difference, intersection and selection without changing itself", () => {
      fc.assert(
        fc.property(few, few, (left, right) => {
          const place = of(left);
          const ours = withoutRepeats(left);
          const isTheirs = (entry: Entry): boolean => right.some((one) => sameEntry(one, entry));
          for (const other of [of(right), setOf(...right)]) {
            expectContents(place.union(other), withoutRepeats([...left, ...right]));
            expectContents(
              place.minus(other),
              ours.filter((one) => !isTheirs(one)),
            );
            expectContents(place.intersect(other), ours.filter(isTheirs));
          }
          expectContents(place.filter(isTheirs), ours.filter(isTheirs));
          expectContents(place, ours);
        }),
      );
    });

    it("gives selections that do not change with it", () => {
      const place = of(allEntries);
      const [some] = [place.filter((entry) => entry.term === 0)];
      const all = place.union([]);
      place.clear();
      expectContents(
        some,
        allEntries.filter((entry) => entry.term === 0),
      );
      expectContents(all, allEntries);
    });

    it("is compared by content, with another and with a literal on either side", () => {
      const near = fc.subarray(allEntries.slice(0, 3));
      fc.assert(
        fc.property(near, near, (left, right) => {
          const isSubsetOf = left.every((entry) => right.includes(entry));
          const expected = { equals: isSubsetOf && left.length === right.length, isSubsetOf };
          const compared = (a: ReadonlyFiniteSet<Entry>, b: ReadonlyFiniteSet<Entry>) => ({
            equals: a.equals(b),
            isSubsetOf: a.isSubsetOf(b),
          });
          expect(compared(of(left), of(right))).toEqual(expected);
          expect(compared(of(left), setOf(...right))).toEqual(expected);
          expect(compared(setOf(...left), of(right))).toEqual(expected);
          expect(compared(setOf(...left), setOf(...right))).toEqual(expected);
        }),
      );
    });

    it("says of every, of some and of how many what a list of its elements says", () => {
      fc.assert(
        fc.property(few, fc.integer({ min: 0, max: 2 }), (elements, term) => {
          const isOf = (entry: Entry): boolean => entry.term === term;
          const place = of(elements);
          const list = withoutRepeats(elements);
          expect([place.every(isOf), place.some(isOf), place.count(isOf)]).toEqual([
            list.every(isOf),
            list.some(isOf),
            list.filter(isOf).length,
          ]);
        }),
      );
    });

    it("gives the elements of one kind", () => {
      const [s1, s2] = servers;
      if (s1 === undefined || s2 === undefined) throw new Error("there are three servers");
      const messages: FiniteSet<Message> = make(set(messageSchema), "messages");
      messages.assign([
        { kind: "Answer", from: s1, term: 2 },
        { kind: "Ask", from: s2 },
        { kind: "Ask", from: s1 },
      ]);
      expect(messages.ofKind("Ask").toSorted((a, b) => (a.from === s1 && b.from !== s1 ? -1 : 1))).toEqual([
        { kind: "Ask", from: s1 },
        { kind: "Ask", from: s2 },
      ]);
      expect(messages.ofKind("Answer")).toEqual([{ kind: "Answer", from: s1, term: 2 }]);
      expect(messages.ofKind("Other")).toEqual([]);
    });

    it("is an element by its content, however it came about", () => {
      fc.assert(
        fc.property(few, few, (left, right) => {
          const nested = setOf<ReadonlyFiniteSet<Entry>>(of(left), setOf(...[...left].reverse()));
          expect(nested.size).toBe(1);
          expect(nested.has(of(right))).toBe(of(left).equals(of(right)));
        }),
      );
    });

    it("keeps what was added when the added object changes later", () => {
      const entry = { term: 1, by: null };
      const place = of([entry]);
      entry.term = 2;
      expectContents(place, [{ term: 1, by: null }]);
    });

    it("refuses an element that its schema does not have", () => {
      const place = make(set(integer(3, 5)), "digits");
      expect(() => place.add(6)).toThrow(new BoundError("digits[]", "6", "3..5"));
      expect(() => place.assign([3, 2])).toThrow(new BoundError("digits[]", "2", "3..5"));
    });
  });
}
