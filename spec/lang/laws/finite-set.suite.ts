import fc from "fast-check";
import { expect } from "vitest";
import { BoundError, type FiniteSet, integer, type ReadonlyFiniteSet, set, setOf } from "../index.ts";
import {
  allEntries,
  anyEntries,
  anyEntry,
  type Entry,
  entrySchema,
  type Laws,
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

function of(make: MakePlace, elements: Iterable<Entry>): FiniteSet<Entry> {
  const result = make(set(entrySchema), "voters");
  for (const element of elements) result.add(element);
  return result;
}

/** Everything that can be asked of the set agrees with these contents. */
function expectContents(actual: ReadonlyFiniteSet<Entry>, elements: readonly Entry[]): void {
  expect(sortedTexts(actual)).toEqual(sortedTexts(elements));
  expect(actual.size).toBe(elements.length);
  const members = allEntries.filter((entry) => actual.has({ ...entry }));
  expect(sortedTexts(members)).toEqual(sortedTexts(elements));
}

/** The laws of finite sets, for any engine's. */
export const finiteSetLaws: Laws = {
  "is empty at first": (make) => {
    expectContents(of(make, []), []);
  },

  "does what a set of contents does": (make) => {
    const anyOperation = fc.record({ does: fc.constantFrom("add", "remove", "clear"), element: anyEntry });
    fc.assert(
      fc.property(few, fc.array(anyOperation, { maxLength: 12 }), (start, operations) => {
        const place = of(make, start);
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
  },

  "comes in an order that its contents alone decide": (make) => {
    fc.assert(
      fc.property(few, few, (elements, others) => {
        const direct = of(make, elements);
        const roundabout = of(make, [...others, ...[...elements].reverse()]);
        for (const other of others) if (!direct.has(other)) roundabout.remove(other);
        expect([...roundabout].map(textOf)).toEqual([...direct].map(textOf));
      }),
    );
  },

  "is assigned from any collection, itself among them": (make) => {
    fc.assert(
      fc.property(few, few, (before, elements) => {
        const place = of(make, before);
        place.assign(elements);
        expectContents(place, withoutRepeats(elements));
        place.assign(place);
        expectContents(place, withoutRepeats(elements));
        place.assign(setOf(...before));
        expectContents(place, withoutRepeats(before));
      }),
    );
  },

  "makes union, difference, intersection and selection without changing itself": (make) => {
    fc.assert(
      fc.property(few, few, (left, right) => {
        const place = of(make, left);
        const ours = withoutRepeats(left);
        const isTheirs = (entry: Entry): boolean => right.some((one) => sameEntry(one, entry));
        for (const other of [of(make, right), setOf(...right)]) {
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
  },

  "gives selections that do not change with it": (make) => {
    const place = of(make, allEntries);
    const some = place.filter((entry) => entry.term === 0);
    const all = place.union([]);
    place.clear();
    expectContents(
      some,
      allEntries.filter((entry) => entry.term === 0),
    );
    expectContents(all, allEntries);
  },

  "is compared by content, with another and with a literal on either side": (make) => {
    const near = fc.subarray(allEntries.slice(0, 3));
    fc.assert(
      fc.property(near, near, (left, right) => {
        const isSubsetOf = left.every((entry) => right.includes(entry));
        const expected = { equals: isSubsetOf && left.length === right.length, isSubsetOf };
        const compared = (a: ReadonlyFiniteSet<Entry>, b: ReadonlyFiniteSet<Entry>) => ({
          equals: a.equals(b),
          isSubsetOf: a.isSubsetOf(b),
        });
        expect(compared(of(make, left), of(make, right))).toEqual(expected);
        expect(compared(of(make, left), setOf(...right))).toEqual(expected);
        expect(compared(setOf(...left), of(make, right))).toEqual(expected);
        expect(compared(setOf(...left), setOf(...right))).toEqual(expected);
      }),
    );
  },

  "says of every, of some and of how many what a list of its elements says": (make) => {
    fc.assert(
      fc.property(few, fc.integer({ min: 0, max: 2 }), (elements, term) => {
        const isOf = (entry: Entry): boolean => entry.term === term;
        const place = of(make, elements);
        const list = withoutRepeats(elements);
        expect([place.every(isOf), place.some(isOf), place.count(isOf)]).toEqual([
          list.every(isOf),
          list.some(isOf),
          list.filter(isOf).length,
        ]);
      }),
    );
  },

  "gives the elements of one kind": (make) => {
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
    expect(messages.ofKind("Answer", "Ask")).toEqual([...messages]);
    expect(messages.ofKind()).toEqual([]);
  },

  "is iterated by a loop, by spreading and by taking apart alike": (make) => {
    const place = make(set(integer(0, 9)), "digits");
    place.assign([7, 3, 5]);
    const looped: number[] = [];
    for (const element of place) looped.push(element);
    const [least, ...others] = place;
    expect([looped, [...place], least, others, Array.from(place)]).toEqual([
      [3, 5, 7],
      [3, 5, 7],
      3,
      [5, 7],
      [3, 5, 7],
    ]);
  },

  "is an element by its content, however it came about": (make) => {
    fc.assert(
      fc.property(few, few, (left, right) => {
        const nested = setOf<ReadonlyFiniteSet<Entry>>(of(make, left), setOf(...[...left].reverse()));
        expect(nested.size).toBe(1);
        expect(nested.has(of(make, right))).toBe(of(make, left).equals(of(make, right)));
      }),
    );
  },

  "keeps what was added when the added object changes later": (make) => {
    const entry = { term: 1, by: null };
    const place = of(make, [entry]);
    entry.term = 2;
    expectContents(place, [{ term: 1, by: null }]);
  },

  "refuses an element that its schema does not have": (make) => {
    const place = make(set(integer(3, 5)), "digits");
    expect(() => place.add(6)).toThrow(new BoundError("digits[]", "6", "3..5"));
    expect(() => place.assign([3, 2])).toThrow(new BoundError("digits[]", "2", "3..5"));
  },
};
