import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codecOf, nodeOf, presentFields, Reader, type Schema, valuesOf } from "../index.ts";
import {
  anySample,
  anySchema,
  contentOf,
  contentsOf,
  contentText,
  keyOf,
  placeOf,
  reordered,
  type Sample,
} from "./contents.suite.ts";

const anyPair = anySchema.chain((schema) =>
  fc.tuple(contentsOf(schema), contentsOf(schema)).map(([left, right]) => ({ schema, left, right })),
);

function keyOfContent({ schema, content }: Sample): string {
  return keyOf(codecOf(schema, "place"), placeOf(schema, content), null);
}

describe("the canonical key of any value of any schema", () => {
  it("reads back as a value of the same content", () => {
    fc.assert(
      fc.property(anySample, ({ schema, content }) => {
        const read = codecOf(schema, "place").read(new Reader(keyOfContent({ schema, content })));
        expect(contentText(schema, contentOf(schema, read))).toBe(contentText(schema, content));
      }),
      { numRuns: 500 },
    );
  });

  it("is written again as it was read, and reading takes all of it", () => {
    fc.assert(
      fc.property(anySample, ({ schema, content }) => {
        const codec = codecOf(schema, "place");
        const key = keyOfContent({ schema, content });
        const reader = new Reader(key);
        expect(keyOf(codec, codec.read(reader), null)).toBe(key);
        expect(reader.next()).toBeNaN();
      }),
      { numRuns: 500 },
    );
  });

  it("is equal where contents are equal, in whatever order they were put in", () => {
    fc.assert(
      fc.property(anySample, ({ schema, content }) => {
        const other = reordered(schema, content);
        expect(contentText(schema, other)).toBe(contentText(schema, content));
        expect(keyOfContent({ schema, content: other })).toBe(keyOfContent({ schema, content }));
      }),
      { numRuns: 500 },
    );
  });

  it("is equal only where contents are equal", () => {
    fc.assert(
      fc.property(anyPair, ({ schema, left, right }) => {
        const sameKey = keyOfContent({ schema, content: left }) === keyOfContent({ schema, content: right });
        expect(sameKey).toBe(contentText(schema, left) === contentText(schema, right));
      }),
      { numRuns: 1000 },
    );
  });

  it("is never the beginning of another key of the schema", () => {
    fc.assert(
      fc.property(anyPair, ({ schema, left, right }) => {
        const [a, b] = [keyOfContent({ schema, content: left }), keyOfContent({ schema, content: right })];
        expect(a.startsWith(b)).toBe(a === b);
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on the codec that made the value", () => {
    fc.assert(
      fc.property(anySample, ({ schema, content }) => {
        const [writes, reads] = [codecOf(schema, "one"), codecOf(schema, "other")];
        const key = keyOf(writes, placeOf(schema, content), null);
        expect(keyOf(writes, reads.read(new Reader(key)), null)).toBe(key);
      }),
    );
  });
});

describe("the values of any schema that can be enumerated", () => {
  /** How many values a schema has, by the rules of counting; null where it is too many to list or has no listing. */
  function sizeOf(schema: Schema): number | null {
    const sample = countOf(schema);
    return sample !== null && sample <= 2_000 ? sample : null;
  }

  it("are as many as counting says, all different, the initial one first", () => {
    let listed = 0;
    fc.assert(
      fc.property(anySchema, (schema) => {
        const size = sizeOf(schema);
        fc.pre(size !== null);
        listed += 1;
        const codec = codecOf(schema, "place");
        const keys = [...valuesOf(schema)].map((value) => keyOf(codec, value, null));
        expect(keys.length).toBe(size);
        expect(new Set(keys).size).toBe(size);
        expect(keys[0]).toBe(keyOf(codec, codec.initial(), null));
      }),
      { numRuns: 200 },
    );
    expect(listed).toBe(200);
  });

  it("contain every content", () => {
    fc.assert(
      fc.property(anySample, ({ schema, content }) => {
        fc.pre(sizeOf(schema) !== null);
        const codec = codecOf(schema, "place");
        const keys = new Set([...valuesOf(schema)].map((value) => keyOf(codec, value, null)));
        expect(keys.has(keyOfContent({ schema, content }))).toBe(true);
      }),
    );
  });
});

function countOf(schema: Schema): number | null {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return 2;
    case "integer":
      return node.max - node.min + 1;
    case "enum":
      return node.names.length;
    case "id":
      return node.set.length;
    case "option":
      return plus(1, countOf(node.some));
    case "record":
      return presentFields(node).reduce<number | null>((count, [, field]) => times(count, countOf(field)), 1);
    case "union":
      return Object.values(node.cases).reduce<number | null>((count, fields) => plus(count, countOf(fields)), 0);
    case "set": {
      const elements = countOf(node.element);
      return elements === null || elements > 11 ? null : 2 ** elements;
    }
    case "sequence": {
      const elements = countOf(node.element);
      if (elements === null) return null;
      return Array.from({ length: node.max + 1 }, (_, length) => elements ** length).reduce((sum, some) => sum + some);
    }
    default:
      return null;
  }
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}
