import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bag,
  boolean,
  type Codec,
  codecOf,
  type FixedMap,
  fromItf,
  id,
  idOf,
  idSet,
  integer,
  itfTypeOf,
  map,
  nodeOf,
  oneOf,
  option,
  part,
  record,
  type Schema,
  seq,
  sequence,
  set,
  setOf,
  toItf,
  union,
  valuesOf,
  Writer,
} from "./index.ts";

const servers = idSet("s", 3);
const server = id(servers);
const message = union({ Vote: { from: server, granted: boolean() }, Stop: {} });
const stateSchema = record({
  roles: map(server, oneOf("follower", "leader")),
  votedFor: option(server),
  log: sequence(record({ term: integer(1, 3) }), 2),
  voters: set(server),
  messages: bag(message, { copies: 2 }),
  durable: part(false, integer(0, 9)),
});

const [s1, s2, s3] = [idOf<"s">(1), idOf<"s">(2), idOf<"s">(3)];

const stateItf = {
  roles: {
    "#map": [
      ["s1", "follower"],
      ["s2", "leader"],
      ["s3", "follower"],
    ],
  },
  votedFor: { tag: "Some", value: "s2" },
  log: [{ term: 1 }, { term: 3 }],
  voters: { "#set": ["s1", "s3"] },
  messages: {
    "#map": [
      [{ kind: "Vote", from: "s1", granted: true }, 2],
      [{ kind: "Stop" }, 1],
    ],
  },
};

describe("values as ITF expressions", () => {
  it("write every kind of value in the form that ITF has for it", () => {
    const read = fromItf(stateSchema, stateItf);
    expect(read.ok && toItf(stateSchema, read.value)).toEqual(stateItf);
  });

  it("leave out what the model has switched off, and a switched-off part has no expression", () => {
    const read = fromItf(stateSchema, { ...stateItf, durable: 1 });
    expect(read).toEqual({
      ok: false,
      path: "",
      expected: "a record of roles, votedFor, log, voters, messages",
      found: "the field durable",
    });
  });

  it("write equal sets alike, in whatever order they were built", () => {
    expect(toItf(set(server), setOf(s3, s1, s2))).toEqual(toItf(set(server), setOf(s1, s2, s3)));
  });

  it("read what Quint and Apalache write: big integers, tuples, any value of None", () => {
    expect(fromItf(integer(0, 5), { "#bigint": "4" })).toEqual({ ok: true, value: 4 });
    expect(fromItf(option(integer(0, 5)), { tag: "None", value: {} })).toEqual({ ok: true, value: null });
    const tuple = fromItf(sequence(integer(0, 5), 3), { "#tup": [{ "#bigint": "1" }, 2] });
    expect(tuple.ok && toItf(sequence(integer(0, 5), 3), tuple.value)).toEqual([1, 2]);
  });
});

describe("an expression that does not fit", () => {
  const cases: readonly (readonly [
    says: string,
    schema: Schema,
    itf: unknown,
    path: string,
    expected: string,
    found: string,
  ])[] = [
    [
      "an integer outside its range",
      record({ log: sequence(record({ term: integer(1, 3) }), 2) }),
      { log: [{ term: 1 }, { term: 9 }] },
      "log[2].term",
      "a whole number from 1 to 3",
      "9",
    ],
    ["a fraction", integer(0, 3), 1.5, "", "a whole number from 0 to 3", "1.5"],
    [
      "an unknown id in a map",
      map(server, integer(0, 1)),
      { "#map": [["s9", 1]] },
      " key",
      "one of s1, s2, s3",
      '"s9"',
    ],
    [
      "a map that misses a key",
      map(server, boolean()),
      {
        "#map": [
          ["s1", true],
          ["s2", true],
        ],
      },
      "",
      "a value for every key of the domain",
      'none for "s3"',
    ],
    [
      "a map with a key twice",
      map(boolean(), boolean()),
      {
        "#map": [
          [false, true],
          [true, true],
          [false, false],
        ],
      },
      "",
      "each key of the domain once",
      "the key false twice",
    ],
    [
      "a value deep in a map",
      map(server, option(server)),
      {
        "#map": [
          ["s1", { tag: "None" }],
          ["s2", "s1"],
          ["s3", { tag: "None" }],
        ],
      },
      "[s2]",
      'an option: {"tag": "None"} or {"tag": "Some", "value": ...}',
      '"s1"',
    ],
    [
      "a sequence past its maximum",
      sequence(boolean(), 1),
      [true, true],
      "",
      "a list of at most 1 elements",
      "a list of 2",
    ],
    ["a list for a set", set(server), ["s1"], "", 'a set: {"#set": [...]}', '["s1"]'],
    [
      "too many copies",
      bag(server, { copies: 2 }),
      { "#map": [["s1", 3]] },
      "{1}",
      "each element once, with 1 to 2 copies",
      "3",
    ],
    ["a union without its kind", message, { from: "s1" }, "", "a record with a kind of Vote, Stop", '{"from":"s1"}'],
    [
      "a record without a field",
      message,
      { kind: "Vote", from: "s1" },
      "",
      "a record of kind, from, granted",
      "no field granted",
    ],
    [
      "null, which ITF does not have",
      option(server),
      null,
      "",
      'an option: {"tag": "None"} or {"tag": "Some", "value": ...}',
      "null",
    ],
  ];
  for (const [says, schema, itf, path, expected, found] of cases) {
    it(`is refused with its place: ${says}`, () => {
      expect(fromItf(schema, itf)).toEqual({ ok: false, path, expected, found });
    });
  }
});

describe("the law of ITF", () => {
  it("reads back every value of every schema, through JSON", () => {
    fc.assert(
      fc.property(
        schemas(3).chain((schema) => fc.tuple(fc.constant(schema), valuesOfSchema(schema))),
        ([schema, value]) => {
          const itf: unknown = JSON.parse(JSON.stringify(toItf(schema, value)));
          const back = fromItf(schema, itf);
          expect(back.ok && keyOf(schema, back.value)).toBe(keyOf(schema, value));
          expect(back.ok && toItf(schema, back.value)).toEqual(itf);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the types of ITF expressions", () => {
  it("are written as Apalache writes them", () => {
    expect(itfTypeOf(stateSchema)).toBe(null);
    expect(itfTypeOf(record({ a: map(server, set(integer(0, 1))), b: option(boolean()), c: bag(server) }))).toBe(
      "{ a: (Str -> Set(Int)), b: None(UNIT) | Some(Bool), c: (Str -> Int) }",
    );
  });
});

function keyOf(schema: Schema, value: unknown): string {
  const writer = new Writer();
  codecOf(schema, "").write(value, writer, null);
  return writer.take();
}

const scalars: readonly fc.Arbitrary<Schema>[] = [
  fc.constant<Schema>(boolean()),
  fc
    .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 70_000 }))
    .map(([min, more]) => integer(min, min + more)),
  fc.constant<Schema>(oneOf("a", "b", "c")),
  fc.constant<Schema>(server),
];
/** Small enough to be the domain of a map. */
const keys: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(boolean(), server, integer(2, 5), option(server));

function schemas(depth: number): fc.Arbitrary<Schema> {
  if (depth === 0) return fc.oneof(...scalars);
  const inner = schemas(depth - 1);
  const fields = fc.dictionary(fc.constantFrom("x", "y", "z", "tag", "value"), inner, { maxKeys: 3 });
  return fc.oneof(
    ...scalars,
    inner.map((some) => (some.kind === "option" ? some : option(some))),
    fields.map((some) => record(some)),
    fields.map((some) => record({ ...some, off: part(false, boolean()) })),
    fc.tuple(fields, fields).map(([A, B]) => union({ A, B })),
    fc.tuple(keys, inner).map(([key, value]) => map(key, value)),
    inner.map((element) => sequence(element, 3)),
    inner.map((element) => set(element)),
    inner.map((element) => bag(element, { copies: 2 })),
  );
}

function valuesOfSchema(schema: Schema): fc.Arbitrary<unknown> {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
    case "enum":
    case "id":
      return fc.constantFrom(...valuesOf(schema));
    case "integer":
      return fc.integer({ min: node.min, max: node.max });
    case "option":
      return fc.oneof(fc.constant(null), valuesOfSchema(node.some));
    case "record":
      return recordValues(node.fields);
    case "union":
      return fc.oneof(
        ...Object.entries(node.cases).map(([kind, { fields }]) =>
          recordValues(fields).map((value) => ({ kind, ...value })),
        ),
      );
    case "map": {
      const domain = [...valuesOf(node.keys)];
      return fc.tuple(...domain.map(() => valuesOfSchema(node.values))).map((values) => {
        const place = (codecOf(schema, "") as Codec<FixedMap<unknown, unknown>>).initial();
        for (const [position, key] of domain.entries()) place.set(key, values[position]);
        return place;
      });
    }
    case "sequence":
      return fc.array(valuesOfSchema(node.element), { maxLength: node.max }).map((items) => seq(...items));
    case "set":
      return fc.array(valuesOfSchema(node.element), { maxLength: 3 }).map((items) => {
        const place = (codecOf(schema, "") as Codec<{ add(element: unknown): void }>).initial();
        for (const item of items) place.add(item);
        return place;
      });
    case "bag":
      return fc.array(valuesOfSchema(node.element), { maxLength: 3 }).map((items) => {
        const place = (
          codecOf(schema, "") as Codec<{ add(element: unknown): void; copies(element: unknown): number }>
        ).initial();
        for (const item of items) if (place.copies(item) < node.copies) place.add(item);
        return place;
      });
    case "absent":
      return fc.constant(undefined);
  }
}

function recordValues(fields: Readonly<Record<string, Schema>>): fc.Arbitrary<Record<string, unknown>> {
  const present = Object.entries(fields).filter(([, field]) => field.kind !== "absent");
  return fc.record(Object.fromEntries(present.map(([name, field]) => [name, valuesOfSchema(field)])));
}
