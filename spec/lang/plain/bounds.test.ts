import { describe, expect, it } from "vitest";
import {
  type Bag,
  BoundError,
  bag,
  boolean,
  type Codec,
  codecOf,
  type FixedMap,
  id,
  idOf,
  idSet,
  integer,
  map,
  oneOf,
  option,
  part,
  Reader,
  record,
  type Schema,
  SpecError,
  seq,
  sequence,
  set,
  setOf,
  union,
  Writer,
} from "../index.ts";

const servers = idSet("s", 3);

function write(schema: Schema, value: unknown, path: string): string {
  const writer = new Writer();
  codecOf(schema, path).write(value, writer, null);
  return writer.take();
}

interface Overstep {
  readonly name: string;
  readonly schema: Schema;
  readonly value: unknown;
  readonly error: BoundError;
}

const oversteps: readonly Overstep[] = [
  {
    name: "an integer above its range",
    schema: integer(0, 3),
    value: 4,
    error: new BoundError("x", "4", "0..3"),
  },
  {
    name: "an integer below its range",
    schema: integer(-2, 3),
    value: -3,
    error: new BoundError("x", "-3", "-2..3"),
  },
  {
    name: "a fraction",
    schema: integer(0, 3),
    value: 1.5,
    error: new BoundError("x", "1.5", "0..3"),
  },
  {
    name: "what is no number",
    schema: integer(0, 3),
    value: Number.NaN,
    error: new BoundError("x", "NaN", "0..3"),
  },
  {
    name: "a field that was never given",
    schema: record({ term: integer(0, 3) }),
    value: {},
    error: new BoundError("x.term", "undefined", "0..3"),
  },
  {
    name: "a wide integer above its range",
    schema: integer(0, 0xffffffff),
    value: 2 ** 32,
    error: new BoundError("x", "4294967296", "0..4294967295"),
  },
  {
    name: "a name that is not one of the enum's",
    schema: oneOf("idle", "busy"),
    value: "done",
    error: new BoundError("x", "done", "idle | busy"),
  },
  {
    name: "an id outside its set",
    schema: id(servers),
    value: idOf(4),
    error: new BoundError("x", "4", "s1..s3"),
  },
  {
    name: "null where a value must be",
    schema: id(servers),
    value: null,
    error: new BoundError("x", "null", "s1..s3"),
  },
  {
    name: "an option's value outside its range",
    schema: option(integer(1, 2)),
    value: 3,
    error: new BoundError("x", "3", "1..2"),
  },
  {
    name: "a field of a record in a record",
    schema: record({ vote: record({ term: integer(0, 3) }) }),
    value: { vote: { term: 9 } },
    error: new BoundError("x.vote.term", "9", "0..3"),
  },
  {
    name: "a kind that the union does not have",
    schema: union({ Ask: {}, Answer: {} }),
    value: { kind: "Shout" },
    error: new BoundError("x", "kind Shout", "Ask | Answer"),
  },
  {
    name: "a field of one case of a union",
    schema: union({ Ask: { term: integer(0, 3) } }),
    value: { kind: "Ask", term: 4 },
    error: new BoundError("x.Ask.term", "4", "0..3"),
  },
  {
    name: "an element of a sequence",
    schema: sequence(record({ term: integer(0, 3) }), 2),
    value: seq({ term: 1 }, { term: 4 }),
    error: new BoundError("x[].term", "4", "0..3"),
  },
  {
    name: "a sequence literal that is longer than its place",
    schema: sequence(integer(0, 3), 2),
    value: seq(1, 2, 3),
    error: new BoundError("x", "a sequence of 3 elements", "at most 2 elements"),
  },
  {
    name: "a sequence literal inside a message that is longer than its place",
    schema: set(union({ Append: { entries: sequence(integer(0, 3), 1) } })),
    value: setOf({ kind: "Append", entries: seq(1, 2) }),
    error: new BoundError("x[].Append.entries", "a sequence of 2 elements", "at most 1 elements"),
  },
  {
    name: "an element of a set literal",
    schema: set(integer(0, 3)),
    value: setOf(2, 7),
    error: new BoundError("x[]", "7", "0..3"),
  },
];

describe("a value that leaves its bound", () => {
  for (const { name, schema, value, error } of oversteps) {
    it(`is refused with place, value and bound: ${name}`, () => {
      expect(() => write(schema, value, "x")).toThrow(error);
      const subject = error.path === "x[]" ? "an element of x" : error.path;
      const isWhole = /^-?\d+$/.test(error.found) || !/^\d+\.\.\d+$/.test(error.bound);
      const why = isWhole ? "" : error.found === "1.5" ? ", which is not a whole number" : ", which is no number";
      expect(error.message).toBe(`${subject} became ${error.found}${why}; its bound is ${error.bound}`);
    });
  }

  it("is called the value where it is the whole of it", () => {
    expect(() => write(integer(0, 3), 4, "")).toThrow("the value became 4; its bound is 0..3");
  });

  it("is an error of the spec", () => {
    const error = new BoundError("log", "a sequence of 3 elements", "at most 2 elements");
    expect([error instanceof SpecError, error.name, error.path, error.found, error.bound]).toEqual([
      true,
      "BoundError",
      "log",
      "a sequence of 3 elements",
      "at most 2 elements",
    ]);
  });

  it("names fields from the root of the state", () => {
    const state = record({ servers: map(id(servers), record({ log: sequence(integer(0, 1), 1) })) });
    const place = codecOf(state, "").initial() as {
      servers: FixedMap<unknown, unknown, { log: { push(element: number): void } }>;
    };
    place.servers.get(idOf(2)).log.push(1);
    expect(() => place.servers.get(idOf(2)).log.push(1)).toThrow(
      "servers[].log became a sequence of 2 elements; its bound is at most 1 elements",
    );
  });

  it("is refused by the map that it is set to, at once", () => {
    const place = codecOf(map(id(servers), sequence(integer(0, 1), 1)), "logs").initial() as FixedMap<unknown, unknown>;
    const error = (key: string) => new BoundError(`logs[${key}]`, "a sequence of 2 elements", "at most 1 elements");
    expect(() => place.set(idOf(2), seq(0, 1))).toThrow(error("s2"));
    expect(() => place.fill(seq(0, 1))).toThrow(error("s1"));
    expect(() => place.get(idOf(4))).toThrow("logs has no key 4: its keys are s1..s3");
  });

  it("is refused as a whole: after an error the next key is that of the next value", () => {
    const log = codecOf(sequence(record({ a: integer(0, 1), b: integer(0, 1) }), 2), "log");
    const place = log.initial() as { push(entry: unknown): void };
    expect(() => place.push({ a: 1, b: 2 })).toThrow(new BoundError("log[].b", "2", "0..1"));
    place.push({ a: 0, b: 1 });
    expect([...(log.read(new Reader(keyOf(log, place))) as Iterable<unknown>)]).toEqual([{ a: 0, b: 1 }]);
  });

  it("is refused in a bag whose copies came from a larger bag", () => {
    const [large, small] = [bag(boolean(), { copies: 3 }), bag(boolean(), { copies: 2 })];
    const place = codecOf(large, "large").initial() as Bag<boolean>;
    for (let copy = 0; copy < 3; copy += 1) place.add(true);
    expect(() => write(small, place, "small")).toThrow(
      new BoundError("small", "a bag with 3 copies of true", "at most 2 of each element"),
    );
  });
});

describe("a wide integer", () => {
  const bounds: readonly (readonly [number, number])[] = [
    [0, 0xffff],
    [0, 0x10000],
    [-1, 0xffff],
    [-(2 ** 31), 2 ** 31 - 1],
    [2 ** 40, 2 ** 40 + 0xffffffff],
    [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER + 0xffffffff],
  ];
  for (const [min, max] of bounds) {
    it(`from ${min} to ${max} reads back exactly, and its keys order as it does`, () => {
      const codec = codecOf(integer(min, max), "x");
      const values = [min, min + 1, min + 0xfffe, min + 0xffff, max - 1, max].filter((value) => value >= min);
      const ascending = [...new Set(values)].sort((a, b) => a - b);
      const keys = ascending.map((value) => keyOf(codec, value));
      expect(keys.map((key) => codec.read(new Reader(key)))).toEqual(ascending);
      expect([...keys].sort()).toEqual(keys);
      expect(new Set(keys.map((key) => key.length))).toEqual(new Set([max - min > 0xffff ? 2 : 1]));
    });
  }

  it("spans at most 2^32 values", () => {
    expect(() => integer(0, 2 ** 32)).toThrow("integer(0, 4294967296): the range has more than 2^32 values");
  });
});

describe("a part of the state that is switched off", () => {
  const state = record({ term: integer(0, 3), peers: record({ preVote: part(false, boolean()) }) });
  const refusal = (path: string): string => `${path} belongs to a part of the state that this model has switched off`;

  it("takes no room", () => {
    expect(write(state, { term: 2, peers: {} }, "")).toBe("\u0002");
    expect(write(record({ term: part(true, integer(0, 3)) }), { term: 2 }, "")).toBe("\u0002");
  });

  it("may not be read or assigned", () => {
    const place = codecOf(state, "").initial() as { peers: { preVote: boolean } };
    expect(() => place.peers.preVote).toThrow(refusal("peers.preVote"));
    expect(() => {
      place.peers.preVote = true;
    }).toThrow(refusal("peers.preVote"));
  });

  it("may not be read in a message either", () => {
    const codec = codecOf(union({ Ask: { from: boolean(), preVote: part(false, boolean()) } }), "message");
    const read = codec.read(new Reader(keyOf(codec, { kind: "Ask", from: true }))) as { preVote: boolean };
    expect(read).toEqual({ kind: "Ask", from: true });
    expect(() => read.preVote).toThrow(refusal("Ask.preVote"));
  });

  it("may not be the value of a map, which would have none", () => {
    expect(() => codecOf(map(boolean(), part(false, boolean())), "flags").initial()).toThrow(refusal("flags[]"));
  });
});

function keyOf(codec: Codec, value: unknown): string {
  const writer = new Writer();
  codec.write(value, writer, null);
  return writer.take();
}
