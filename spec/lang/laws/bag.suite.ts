import fc from "fast-check";
import { expect } from "vitest";
import { type Bag, BoundError, bag, integer, type ReadonlyBag, SpecError, setOf } from "../index.ts";
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

const copiesMax = 2;

/** At most two of each, in any order. */
const anyContents = anyEntries(8).map((entries) =>
  entries.filter((entry, at) => entries.slice(0, at).filter((one) => sameEntry(one, entry)).length < copiesMax),
);

function of(make: MakePlace, elements: Iterable<Entry>): Bag<Entry> {
  const result = make(bag(entrySchema, { copies: copiesMax }), "network");
  for (const element of elements) result.add(element);
  return result;
}

/** Everything that can be asked of the bag agrees with these contents, repeats included. */
function expectContents(actual: ReadonlyBag<Entry>, elements: readonly Entry[]): void {
  expect(actual.size).toBe(elements.length);
  expect(sortedTexts(actual)).toEqual(sortedTexts(withoutRepeats(elements)));
  for (const entry of allEntries) {
    const copies = elements.filter((one) => sameEntry(one, entry)).length;
    expect([actual.copies({ ...entry }), actual.has({ ...entry })]).toEqual([copies, copies > 0]);
  }
}

/** The laws of bags, for any engine's. */
export const bagLaws: Laws = {
  "is empty at first": (make) => {
    expectContents(of(make, []), []);
  },

  "counts what is put in and taken out, and refuses one too many and one too few": (make) => {
    const anyOperation = fc.record({ does: fc.constantFrom("add", "add", "remove", "clear"), element: anyEntry });
    fc.assert(
      fc.property(anyContents, fc.array(anyOperation, { maxLength: 12 }), (start, operations) => {
        const place = of(make, start);
        let elements = [...start];
        for (const { does, element } of operations) {
          const copies = elements.filter((one) => sameEntry(one, element)).length;
          const at = elements.findIndex((one) => sameEntry(one, element));
          if (does === "clear") {
            place.clear();
            elements = [];
          } else if (does === "add" && copies < copiesMax) {
            place.add({ ...element });
            elements = [...elements, element];
          } else if (does === "add") {
            expect(() => place.add(element)).toThrow(BoundError);
          } else if (copies > 0) {
            place.remove({ ...element });
            elements = elements.toSpliced(at, 1);
          } else {
            expect(() => place.remove(element)).toThrow(SpecError);
          }
          expectContents(place, elements);
        }
      }),
    );
  },

  "names its place and its bound where one copy is too many": (make) => {
    const place = make(bag(integer(0, 3)), "network");
    place.add(2);
    const error = new BoundError("network", "a bag with 2 copies of 2", "at most 1 of each element");
    expect(error.message).toBe("network became a bag with 2 copies of 2; its bound is at most 1 of each element");
    expect(() => place.add(2)).toThrow(error);
    expect(() => place.remove(1)).toThrow("network has no element 1 to remove");
    expect(() => place.add(4)).toThrow(new BoundError("network[]", "4", "0..3"));
  },

  "names the ids of an element that is missing": (make) => {
    const [s1] = servers;
    if (s1 === undefined) throw new Error("there are three servers");
    const place: Bag<Message> = make(bag(messageSchema), "messages");
    expect(() => place.remove({ kind: "Answer", from: s1, term: 2 })).toThrow(
      'messages has no element { kind: "Answer", from: s1, term: 2 } to remove',
    );
  },

  "comes in an order that its contents alone decide, each element once": (make) => {
    fc.assert(
      fc.property(anyContents, (elements) => {
        const order = [...of(make, elements)].map(textOf);
        expect([...of(make, [...elements].reverse())].map(textOf)).toEqual(order);
        const emptied = of(make, elements);
        for (const element of elements) emptied.remove(element);
        for (const element of [...elements].reverse()) emptied.add(element);
        expect([...emptied].map(textOf)).toEqual(order);
      }),
    );
  },

  "asks each element once, whatever its copies": (make) => {
    const place = of(make, [
      { term: 1, by: null },
      { term: 1, by: null },
      { term: 2, by: null },
    ]);
    const asked: string[] = [];
    expect(place.every((entry) => asked.push(textOf(entry)) > 0)).toBe(true);
    expect(asked.toSorted()).toEqual(["1/null", "2/null"]);
    expect([place.some(({ term }) => term === 2), place.some(({ term }) => term === 0)]).toEqual([true, false]);
    expect(place.every(({ term }) => term === 1)).toBe(false);
  },

  "gives the distinct elements of one kind": (make) => {
    const [s1] = servers;
    if (s1 === undefined) throw new Error("there are three servers");
    const messages: Bag<Message> = make(bag(messageSchema, { copies: 2 }), "messages");
    messages.add({ kind: "Ask", from: s1 });
    messages.add({ kind: "Ask", from: s1 });
    messages.add({ kind: "Answer", from: s1, term: 1 });
    expect(messages.ofKind("Ask")).toEqual([{ kind: "Ask", from: s1 }]);
    expect(messages.ofKind("Answer")).toEqual([{ kind: "Answer", from: s1, term: 1 }]);
    expect(messages.ofKind("Other")).toEqual([]);
    expect(messages.ofKind("Ask", "Other", "Answer")).toEqual([...messages]);
    expect(messages.ofKind()).toEqual([]);
  },

  "is iterated by a loop, by spreading and by taking apart alike, each element once": (make) => {
    const place = make(bag(integer(0, 9), { copies: 2 }), "digits");
    for (const digit of [7, 3, 5, 3]) place.add(digit);
    const looped: number[] = [];
    for (const element of place) looped.push(element);
    const [least, ...others] = place;
    expect([looped, [...place], least, others]).toEqual([[3, 5, 7], [3, 5, 7], 3, [5, 7]]);
  },

  "is an element by its content, copies counted": (make) => {
    fc.assert(
      fc.property(anyContents, anyContents, (left, right) => {
        const same = sortedTexts(left).join() === sortedTexts(right).join();
        const nested = setOf<ReadonlyBag<Entry>>(of(make, left), of(make, [...left].reverse()));
        expect([nested.size, nested.has(of(make, right))]).toEqual([1, same]);
      }),
    );
    const once = of(make, [{ term: 1, by: null }]);
    const twice = of(make, [
      { term: 1, by: null },
      { term: 1, by: null },
    ]);
    expect(setOf<ReadonlyBag<Entry>>(once).has(twice)).toBe(false);
  },

  "keeps what was added when the added object changes later": (make) => {
    const entry = { term: 1, by: null };
    const place = of(make, [entry]);
    entry.term = 2;
    expectContents(place, [{ term: 1, by: null }]);
  },
};
