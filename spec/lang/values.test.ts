import { describe, expect, it } from "vitest";
import {
  bag,
  boolean,
  id,
  idSet,
  integer,
  map,
  oneOf,
  option,
  part,
  record,
  type Schema,
  sequence,
  set,
  union,
  valuesOf,
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

  it("of maps and bags have no enumeration", () => {
    expect(() => listOf(bag(boolean()))).toThrow("the values of a bag are not listed");
    expect(() => listOf(map(boolean(), boolean()))).toThrow("the values of a map are not listed");
    expect(() => listOf(record({ network: bag(boolean()) }))).toThrow("the values of a bag are not listed");
  });

  it("of a set are refused where its elements are too many", () => {
    expect(listOf(set(integer(1, 12))).length).toBe(2 ** 12);
    expect(() => listOf(set(integer(1, 21)))).toThrow(
      "a set of 21 possible elements has too many values to list: 2^21",
    );
  });
});
