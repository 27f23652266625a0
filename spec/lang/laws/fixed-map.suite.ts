import fc from "fast-check";
import { expect } from "vitest";
import {
  boolean,
  entriesOf,
  id,
  integer,
  map,
  mapOf,
  type ReadonlyFixedMap,
  record,
  type Schema,
  SpecError,
  seq,
  sequence,
  setOf,
  valuesOf,
} from "../index.ts";
import { type Laws, type MakePlace, servers } from "./place.suite.ts";

const domains: readonly Schema[] = [id(servers), integer(-1, 2), record({ by: id(servers), on: boolean() })];

function votesOf(make: MakePlace, first: number, second: number): ReadonlyFixedMap<number, number> {
  const place = make(map(integer(1, 2), integer(0, 2)), "votes");
  place.set(2, second);
  place.set(1, first);
  return place;
}

/** A key of equal content that is another object where it has structure. */
function copyOf(key: unknown): unknown {
  return typeof key === "object" && key !== null ? { ...key } : key;
}

/** The laws of fixed maps, for any engine's. */
export const fixedMapLaws: Laws = {
  "takes all values of another map, its own included, and refuses one with other keys": (make) => {
    const place = make(map(integer(1, 2), sequence(integer(0, 2), 2)), "logs");
    place.get(1).push(1);
    const old = place.get(1);
    place.assign(mapOf([2, 1], (key) => place.get(3 - key)));
    expect(entriesOf(place).map(([key, log]) => [key, ...log])).toEqual([[1], [2, 1]]);
    expect([...old]).toEqual([1]);
    expect(() => old.push(2)).toThrow(SpecError);
    place.assign(place);
    expect(entriesOf(place).map(([key, log]) => [key, ...log])).toEqual([[1], [2, 1]]);
    expect(() => place.assign(mapOf([1], () => seq<number>()))).toThrow("a map without the key 2");
    expect(() => place.assign(mapOf([1, 3], () => seq<number>()))).toThrow(SpecError);
    expect(() => place.assign(mapOf([1, 2], () => seq(7)))).toThrow("its bound is 0..2");
  },

  "has the keys of its domain in their fixed order, and the smallest value at each": (make) => {
    for (const domain of domains) {
      const place = make(map(domain, integer(4, 9)), "votes");
      expect(place.keys()).toEqual([...valuesOf(domain)]);
      expect(place.keys().map((key) => place.get(key))).toEqual(place.keys().map(() => 4));
    }
  },

  "gives back what was set last, by content of the key": (make) => {
    const anyChange = fc.record({ at: fc.nat(99), value: fc.integer({ min: 4, max: 9 }) });
    fc.assert(
      fc.property(fc.constantFrom(...domains), fc.array(anyChange, { maxLength: 10 }), (domain, changes) => {
        const keys = [...valuesOf(domain)];
        const place = make(map(domain, integer(4, 9)), "votes");
        const values = keys.map(() => 4);
        for (const { at, value } of changes) {
          place.set(copyOf(keys[at % keys.length]), value);
          values[at % keys.length] = value;
          expect(place.keys().map((key) => place.get(copyOf(key)))).toEqual(values);
        }
      }),
    );
  },

  "says of every, of some and of how many keys what a list of its entries says": (make) => {
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
  },

  "gives each predicate the value and its key": (make) => {
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
  },

  "holds places that are changed where they are": (make) => {
    const place = make(map(integer(1, 2), sequence(integer(0, 9), 3)), "logs");
    place.get(1).push(7);
    place.get(1).push(8);
    expect([[...place.get(1)], [...place.get(2)]]).toEqual([[7, 8], []]);
    const members = make(map(integer(1, 2), record({ term: integer(0, 9) })), "servers");
    members.get(2).term = 5;
    expect([members.get(1).term, members.get(2).term]).toEqual([0, 5]);
  },

  "copies what it is set to, and what it is filled with": (make) => {
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
    expect([members.get(1).term, members.get(2).term]).toEqual([3, 1]);
  },

  "is iterated by its keys or its entries, and not itself": (make) => {
    const place = votesOf(make, 1, 2);
    expect([...place.keys()]).toEqual([1, 2]);
    expect(entriesOf(place)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const [[key, value] = []] = entriesOf(place);
    expect([key, value]).toEqual([1, 1]);
    // @ts-expect-error: a map might give keys, values or both, so a spec says which it means.
    expect(() => [...place]).toThrow(TypeError);
  },

  "refuses a key outside its domain": (make) => {
    const place = make(map(integer(1, 2), boolean()), "flags");
    expect(() => place.get(3)).toThrow(SpecError);
    expect(() => place.set(0, true)).toThrow(SpecError);
  },

  "is an element by its content": (make) => {
    const nested = setOf(votesOf(make, 0, 1), votesOf(make, 1, 0), votesOf(make, 0, 1));
    expect([nested.size, nested.has(votesOf(make, 1, 0)), nested.has(votesOf(make, 1, 1))]).toEqual([2, true, false]);
  },
};
