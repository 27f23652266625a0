import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  boolean,
  id,
  integer,
  map,
  type ReadonlyFixedMap,
  record,
  type Schema,
  SpecError,
  seq,
  sequence,
  setOf,
  valuesOf,
} from "../index.ts";
import { type MakePlace, servers } from "./place.suite.ts";

const pairSchema = record({ by: id(servers), on: boolean() });
const numbersOf = { ids: id(servers), numbers: integer(-1, 2), records: pairSchema } as const;

/** The laws of fixed maps, for any engine's. */
export function fixedMapLaws(make: MakePlace): void {
  describe("a fixed map", () => {
    for (const [name, keys] of Object.entries<Schema>(numbersOf)) {
      it(`over ${name} has the keys of its domain in their fixed order, and the smallest value at each`, () => {
        const place = make(map(keys, integer(4, 9)), "votes");
        expect(place.keys()).toEqual([...valuesOf(keys)]);
        expect(place.keys().map((key) => place.get(key))).toEqual(place.keys().map(() => 4));
      });

      it(`over ${name} gives back what was set last, by content of the key`, () => {
        const domain = [...valuesOf(keys)];
        const anyChange = fc.record({ at: fc.nat(domain.length - 1), value: fc.integer({ min: 4, max: 9 }) });
        fc.assert(
          fc.property(fc.array(anyChange, { maxLength: 10 }), (changes) => {
            const place = make(map(keys, integer(4, 9)), "votes");
            const values = domain.map(() => 4);
            for (const { at, value } of changes) {
              place.set(copyOf(domain[at]), value);
              values[at] = value;
              expect(place.keys().map((key) => place.get(copyOf(key)))).toEqual(values);
            }
          }),
        );
      });
    }

    it("says of every, of some and of how many keys what a list of its entries says", () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }), (values) => {
          const place = make(map(id(servers), integer(0, 2)), "votes");
          for (const [position, server] of servers.entries()) place.set(server, values[position] ?? 0);
          const isOdd = (value: number): boolean => value % 2 === 1;
          expect([place.every(isOdd), place.some(isOdd), place.count(isOdd)]).toEqual([
            values.every(isOdd),
            values.some(isOdd),
            values.filter(isOdd).length,
          ]);
        }),
      );
    });

    it("gives each predicate the value and its key", () => {
      const place = make(map(integer(1, 2), boolean()), "flags");
      place.set(2, true);
      const asked: [boolean, number][] = [];
      place.every((value, key) => asked.push([value, key]) > 0);
      place.some((value, key) => asked.push([value, key]) < 0);
      place.count((value, key) => asked.push([value, key]) > 0);
      const once = [
        [false, 1],
        [true, 2],
      ];
      expect(asked).toEqual([...once, ...once, ...once]);
    });

    it("holds places that are changed where they are", () => {
      const place = make(map(integer(1, 2), sequence(integer(0, 9), 3)), "logs");
      place.get(1).push(7);
      place.get(1).push(8);
      expect([[...place.get(1)], [...place.get(2)]]).toEqual([[7, 8], []]);
      const members = make(map(integer(1, 2), record({ term: integer(0, 9) })), "servers");
      members.get(2).term = 5;
      expect([members.get(1), members.get(2)]).toEqual([{ term: 0 }, { term: 5 }]);
    });

    it("copies what it is set to, and what it is filled with", () => {
      const place = make(map(integer(1, 2), sequence(integer(0, 9), 3)), "logs");
      place.get(1).push(7);
      place.set(2, place.get(1));
      place.get(1).push(8);
      expect([[...place.get(1)], [...place.get(2)]]).toEqual([[7, 8], [7]]);
      place.fill(seq(3));
      place.get(2).push(4);
      expect([[...place.get(1)], [...place.get(2)]]).toEqual([[3], [3, 4]]);
      const members = make(map(integer(1, 2), record({ term: integer(0, 9) })), "servers");
      const member = { term: 1 };
      members.fill(member);
      member.term = 2;
      members.get(1).term = 3;
      expect([members.get(1), members.get(2)]).toEqual([{ term: 3 }, { term: 1 }]);
    });

    it("refuses a key outside its domain", () => {
      const place = make(map(integer(1, 2), boolean()), "flags");
      expect(() => place.get(3)).toThrow(SpecError);
      expect(() => place.set(0, true)).toThrow(SpecError);
    });

    it("is an element by its content", () => {
      const of = (first: number, second: number): ReadonlyFixedMap<number, number> => {
        const place = make(map(integer(1, 2), integer(0, 2)), "votes");
        place.set(2, second);
        place.set(1, first);
        return place;
      };
      const nested = setOf(of(0, 1), of(1, 0), of(0, 1));
      expect([nested.size, nested.has(of(1, 0)), nested.has(of(1, 1))]).toEqual([2, true, false]);
    });
  });
}

/** A key of equal content that is another object where it has structure. */
function copyOf(key: unknown): unknown {
  return typeof key === "object" && key !== null ? { ...key } : key;
}
