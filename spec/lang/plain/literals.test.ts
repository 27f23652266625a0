import { describe, expect, it } from "vitest";
import {
  codecOf,
  type FiniteSet,
  type FixedMap,
  integer,
  map,
  option,
  record,
  seq,
  sequence,
  set,
  setOf,
  structuralKey,
} from "../index.ts";

describe("a literal", () => {
  it("of a set holds each content once", () => {
    const literal = setOf<unknown>({ a: 1, b: null }, { b: null, a: 1 }, 1, "1", true, "true", null, "null");
    expect(literal.size).toBe(7);
    expect([literal.has({ b: null, a: 1 }), literal.has({ a: 1, b: 0 }), literal.has(1), literal.has(2)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("of a sequence has no maximum, and its place has one", () => {
    const place = codecOf(sequence(integer(0, 9), 2), "log").initial() as { assign(of: Iterable<number>): void };
    expect(seq(1, 2, 3).length).toBe(3);
    expect(() => place.assign(seq(1, 2, 3))).toThrow(
      "log became a sequence of 3 elements; its bound is at most 2 elements",
    );
  });

  it("of a set orders its elements by content alone", () => {
    expect([...setOf(10, 2, 1)]).toEqual([...setOf(1, 10, 2)]);
  });
});

describe("the structural key", () => {
  const numbers = codecOf(set(integer(0, 20)), "numbers").initial() as FiniteSet<number>;
  numbers.assign([10, 2, 1]);
  const flags = (first: number): unknown => {
    const place = codecOf(map(integer(1, 2), integer(0, 9)), "flags").initial() as FixedMap<number, number>;
    place.set(1, first);
    return place;
  };

  it("is equal for equal contents, whether literal or place", () => {
    const pairs: readonly (readonly [unknown, unknown])[] = [
      [
        { a: 1, b: [2, "x"] },
        { b: [2, "x"], a: 1 },
      ],
      [numbers, setOf(1, 2, 10)],
      [setOf(numbers), setOf(setOf(2, 10, 1))],
      [seq(1, 2), seq(1, 2)],
      [flags(3), flags(3)],
      [0, -0],
    ];
    for (const [left, right] of pairs) expect(structuralKey(left)).toBe(structuralKey(right));
  });

  it("is different for all of these", () => {
    const values: readonly unknown[] = [
      ...[null, undefined, true, "true", 1, "1", "", "null", [], {}, [null], [[]], [1, 2], [12], ["1,2"], ["1", "2"]],
      ...[{ a: 1 }, { a: "1" }, { a: 1, b: 2 }, { "a:1,b": 2 }, { a: [1] }],
      ...[setOf(), setOf(1), setOf(1, 2), setOf("1,2"), setOf(setOf()), setOf(setOf(1), setOf(2)), numbers],
      ...[seq(2, 1), flags(0), flags(1), flags(2), seq(flags(0), flags(1)), seq(flags(1), flags(0))],
    ];
    expect(new Set(values.map(structuralKey)).size).toBe(values.length);
  });

  it("of a sequence is that of a list, which it equals", () => {
    expect(structuralKey(seq<unknown>(1, seq(2)))).toBe(structuralKey([1, [2]]));
  });

  it("looks at the content of a state, not at the objects that hold it", () => {
    const codec = codecOf(record({ log: sequence(option(integer(0, 3)), 2), of: set(integer(0, 3)) }), "");
    const place = codec.initial() as { log: { push(value: number | null): void } };
    const before = structuralKey(place);
    place.log.push(null);
    expect([before, structuralKey(place)]).toEqual(['{"log":[],"of":set{}}', '{"log":[null],"of":set{}}']);
  });
});
