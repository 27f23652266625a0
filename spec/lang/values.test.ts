import { describe, expect, it } from "vitest";
import {
  bag,
  boolean,
  cardinality,
  codecOf,
  domainValues,
  id,
  idSet,
  integer,
  map,
  newInterners,
  oneOf,
  option,
  part,
  type ReadonlyBag,
  type ReadonlyFiniteSet,
  type ReadonlyFixedMap,
  record,
  type Schema,
  sequence,
  set,
  union,
  valuesOf,
  Writer,
} from "./index.ts";

const servers = idSet("s", 2);
const [s1, s2] = servers;

/** Collections as lists, so that whole enumerations can be compared. */
function listed(value: unknown): unknown {
  return typeof value === "object" && value !== null && Symbol.iterator in value
    ? [...(value as Iterable<unknown>)].map(listed)
    : value;
}

function listOf(schema: Schema): readonly unknown[] {
  return [...valuesOf(schema)].map(listed);
}

describe("the values of a schema", () => {
  it("come smallest, first, null and shortest first", () => {
    expect(listOf(boolean())).toEqual([false, true]);
    expect(listOf(integer(-1, 2))).toEqual([-1, 0, 1, 2]);
    expect(listOf(oneOf("idle", "busy"))).toEqual(["idle", "busy"]);
    expect(listOf(id(servers))).toEqual([s1, s2]);
    expect(listOf(option(id(servers)))).toEqual([null, s1, s2]);
    expect(listOf(set(oneOf("a", "b", "c")))).toEqual([
      [],
      ["a"],
      ["b"],
      ["c"],
      ["a", "b"],
      ["a", "c"],
      ["b", "c"],
      ["a", "b", "c"],
    ]);
    expect(listOf(sequence(boolean(), 2))).toEqual([
      [],
      [false],
      [true],
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]);
  });

  it("run fastest in the last field of a record", () => {
    expect(listOf(record({ from: id(servers), on: boolean() }))).toEqual([
      { from: s1, on: false },
      { from: s1, on: true },
      { from: s2, on: false },
      { from: s2, on: true },
    ]);
    expect(listOf(record({}))).toEqual([{}]);
  });

  it("of a union are those of its cases, as declared", () => {
    expect(listOf(union({ Ask: { term: integer(1, 2) }, Stop: {} }))).toEqual([
      { kind: "Ask", term: 1 },
      { kind: "Ask", term: 2 },
      { kind: "Stop" },
    ]);
  });

  it("leave out the parts that the model has switched off", () => {
    expect(listOf(record({ term: integer(0, 1), preVote: part(false, boolean()) }))).toEqual([
      { term: 0 },
      { term: 1 },
    ]);
    expect(listOf(record({ term: integer(0, 1), preVote: part(true, boolean()) })).length).toBe(4);
  });

  it("are made one by one, so that the first of very many are had at once", () => {
    const first = valuesOf(integer(0, 0xffffffff)).next();
    expect(first).toEqual({ done: false, value: 0 });
    expect(listOf(sequence(integer(0, 0xffffffff), 0))).toEqual([[]]);
  });

  it("of maps are every value at every key, the last key running fastest", () => {
    const all = [...valuesOf(map(id(servers), integer(0, 1)))] as ReadonlyFixedMap<unknown, number>[];
    expect(all.map((one) => servers.map((key) => one.get(key)))).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  it("of bags are every number of copies of every element, those with few different elements first", () => {
    const all = [...valuesOf(bag(oneOf("a", "b"), { copies: 2 }))] as ReadonlyBag<string>[];
    expect(all.map((one) => [one.copies("a"), one.copies("b")])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
  });

  const samples: readonly Schema[] = [
    integer(-2, 3),
    option(id(servers)),
    set(integer(1, 5)),
    sequence(option(boolean()), 3),
    bag(integer(0, 2), { copies: 2 }),
    bag(set(boolean()), { copies: 1 }),
    map(boolean(), set(boolean())),
    map(option(boolean()), bag(boolean())),
    set(map(boolean(), boolean())),
    set(set(boolean())),
    set(bag(boolean())),
    sequence(map(boolean(), boolean()), 2),
    union({ A: { n: integer(0, 2), s: set(boolean()) }, B: {} }),
    record({ a: boolean(), gone: part(false, boolean()), b: sequence(boolean(), 1) }),
  ];

  it.each(samples.map((schema) => ({ schema })))(
    "are as many as its cardinality, in the order of their keys: %#",
    ({ schema }) => {
      const codec = codecOf(schema, "");
      const writer = new Writer();
      const keys = [...valuesOf(schema)].map((value) => {
        codec.write(value, writer.start(), null);
        return writer.take();
      });
      expect(keys.length).toBe(cardinality(schema));
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
    },
  );

  it("as the state would hold them are frozen, and in the order of the schema within too", () => {
    const schema = set(oneOf("lo", "mid", "hi"));
    const interners = newInterners();
    const all = domainValues(schema, interners) as readonly ReadonlyFiniteSet<string>[];
    expect(all.map((one) => [...one])).toContainEqual(["lo", "mid", "hi"]);
    expect(all.every((one) => Object.isFrozen(one))).toBe(true);
    expect(domainValues(set(oneOf("lo", "mid", "hi")), interners)).toEqual(all);
    const [pair] = domainValues(record({ a: boolean() }), interners);
    expect(pair).toEqual({ a: false });
    expect(Object.isFrozen(pair)).toBe(true);
  });

  it("may be too many to count", () => {
    expect(cardinality(set(integer(0, 0xffff)))).toBe(Number.POSITIVE_INFINITY);
    expect(cardinality(map(integer(1, 4), integer(0, 9)))).toBe(10_000);
    expect(cardinality(sequence(integer(0, 9), 400))).toBe(Number.POSITIVE_INFINITY);
  });
});
