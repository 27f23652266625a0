/**
 * Random schemas, and random contents of them, as a dumb twin of the codecs: contents are plain data (a set is an
 * array in any order, a bag an array of elements and copies, a map an array in the order of its keys), and two contents
 * are equal exactly where their texts are.
 */
import fc from "fast-check";
import {
  type Bag,
  bag,
  boolean,
  type Codec,
  codecOf,
  type FiniteSet,
  type FixedMap,
  type Id,
  id,
  idSet,
  integer,
  map,
  nodeOf,
  oneOf,
  option,
  type Permutation,
  part,
  presentFields,
  record,
  type Schema,
  type Seq,
  sequence,
  set,
  union,
  valuesOf,
  Writer,
} from "../index.ts";
import { imageOf } from "./permutation.ts";

export const servers = idSet("s", 3);
export const clients = idSet("c", 2);

export type Content = unknown;
type Fields = Readonly<Record<string, Content>>;

const anyRange = fc.oneof(
  fc.tuple(fc.integer({ min: -3, max: 3 }), fc.nat(4)),
  fc.tuple(fc.constantFrom(-70_000, 0, 9), fc.constantFrom(0xffff, 0x10000, 1_000_000, 0xffffffff)),
);
const anyInteger = anyRange.map(([min, span]): Schema => integer(min, min + span));
const anyScalar: fc.Arbitrary<Schema> = fc.oneof(
  fc.constant(boolean()),
  anyInteger,
  fc.constantFrom(oneOf("idle"), oneOf("idle", "busy", "done")),
  fc.constantFrom(id(servers), id(clients)),
);
const anyKey: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(boolean(), id(servers), id(clients), integer(-1, 1), option(id(servers))),
  fc.constant(record({ from: id(servers), to: id(clients) })),
);

export const { anySchema } = fc.letrec<{ anySchema: Schema; anyPart: Schema }>((tie) => {
  const anyFields = fc.dictionary(fc.constantFrom("a", "b", "c"), tie("anyPart"), {
    maxKeys: 3,
    noNullPrototype: true,
  });
  return {
    anyPart: fc.oneof({ weight: 5, arbitrary: tie("anySchema") }, fc.constant(part(false, boolean()))),
    anySchema: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      anyScalar,
      tie("anySchema").map((some) => (some.kind === "option" ? some : option(some))),
      anyFields.map((fields) => record(fields)),
      fc.tuple(anyKey, tie("anySchema")).map(([keys, values]) => map(keys, values)),
      fc.tuple(tie("anySchema"), fc.nat(3)).map(([element, max]) => sequence(element, max)),
      tie("anySchema").map((element) => set(element)),
      fc.tuple(tie("anySchema"), fc.integer({ min: 1, max: 3 })).map(([element, copies]) => bag(element, { copies })),
      fc.tuple(anyFields, anyFields).map(([ask, answer]) => union({ Ask: ask, Answer: answer })),
    ),
  };
});

/** The contents of a schema, at random. */
export function contentsOf(schema: Schema): fc.Arbitrary<Content> {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.oneof(fc.integer({ min: node.min, max: node.max }), fc.constantFrom(node.min, node.max));
    case "enum":
      return fc.constantFrom(...node.names);
    case "id":
      return fc.constantFrom(...node.set);
    case "option":
      return fc.oneof(fc.constant(null), contentsOf(node.some));
    case "record":
      return fc.record(Object.fromEntries(presentFields(node).map(([name, field]) => [name, contentsOf(field)])));
    case "union":
      return fc.oneof(
        ...Object.entries(node.cases).map(([kind, fields]) =>
          contentsOf(fields).map((content) => ({ kind, ...(content as Fields) })),
        ),
      );
    case "map":
      return fc.tuple(...[...valuesOf(node.keys)].map(() => contentsOf(node.values)));
    case "sequence":
      return fc.array(contentsOf(node.element), { maxLength: node.max });
    case "set":
      return unlike(node.element, contentsOf(node.element), (content) => content);
    case "bag": {
      const anyCount = fc.integer({ min: 1, max: node.copies });
      return unlike(node.element, fc.tuple(contentsOf(node.element), anyCount), ([content]) => content);
    }
    case "absent":
      throw new Error("a part that is switched off has no contents");
  }
}

function unlike<T>(schema: Schema, any: fc.Arbitrary<T>, content: (one: T) => Content): fc.Arbitrary<T[]> {
  return fc.uniqueArray(any, { maxLength: 3, selector: (one) => contentText(schema, content(one)) });
}

export interface Sample {
  readonly schema: Schema;
  readonly content: Content;
}

/** A schema, and contents of it. */
export const anySample: fc.Arbitrary<Sample> = anySchema.chain((schema) =>
  contentsOf(schema).map((content) => ({ schema, content })),
);

/** Equal texts exactly where the contents are equal. */
export function contentText(schema: Schema, content: Content): string {
  return JSON.stringify(sortedContent(schema, content));
}

function sortedContent(schema: Schema, content: Content): unknown {
  const node = nodeOf(schema);
  const items = Array.isArray(content) ? content : [];
  switch (node.kind) {
    case "option":
      return content === null ? null : [sortedContent(node.some, content)];
    case "record":
      return presentFields(node).map(([name, field]) => sortedContent(field, (content as Fields)[name]));
    case "union": {
      const kind = String((content as Fields)["kind"]);
      const fields = node.cases[kind];
      return fields === undefined ? content : [kind, sortedContent(fields, content)];
    }
    case "map":
      return items.map((item) => sortedContent(node.values, item));
    case "sequence":
      return items.map((item) => sortedContent(node.element, item));
    case "set":
      return items.map((item) => contentText(node.element, item)).sort();
    case "bag":
      return items.map(([item, copies]) => `${contentText(node.element, item)} * ${copies}`).sort();
    default:
      return content;
  }
}

/** A value with this content, its collections filled in the order of the content. */
export function placeOf(schema: Schema, content: Content): unknown {
  const node = nodeOf(schema);
  const items = Array.isArray(content) ? content : [];
  const place = codecOf(schema, "place").initial();
  switch (node.kind) {
    case "option":
      return content === null ? null : placeOf(node.some, content);
    case "record":
      return Object.fromEntries(
        presentFields(node).map(([name, field]) => [name, placeOf(field, (content as Fields)[name])]),
      );
    case "union": {
      const kind = String((content as Fields)["kind"]);
      const fields = node.cases[kind];
      return fields === undefined ? content : { kind, ...(placeOf(fields, content) as Fields) };
    }
    case "map":
      [...valuesOf(node.keys)].forEach((key, position) => {
        (place as FixedMap<unknown, unknown>).set(key, placeOf(node.values, items[position]));
      });
      return place;
    case "sequence":
      for (const item of items) (place as Seq<unknown>).push(placeOf(node.element, item));
      return place;
    case "set":
      for (const item of items) (place as FiniteSet<unknown>).add(placeOf(node.element, item));
      return place;
    case "bag":
      for (const [item, copies] of items) {
        for (let copy = 0; copy < copies; copy += 1) (place as Bag<unknown>).add(placeOf(node.element, item));
      }
      return place;
    default:
      return content;
  }
}

/** The content of a value, read through its interface. */
export function contentOf(schema: Schema, value: unknown): Content {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "option":
      return value === null ? null : contentOf(node.some, value);
    case "record":
      return Object.fromEntries(
        presentFields(node).map(([name, field]) => [name, contentOf(field, (value as Fields)[name])]),
      );
    case "union": {
      const kind = String((value as Fields)["kind"]);
      const fields = node.cases[kind];
      return fields === undefined ? value : { kind, ...(contentOf(fields, value) as Fields) };
    }
    case "map": {
      const place = value as FixedMap<unknown, unknown>;
      return [...valuesOf(node.keys)].map((key) => contentOf(node.values, place.get(key)));
    }
    case "sequence":
    case "set":
      return [...(value as Iterable<unknown>)].map((element) => contentOf(node.element, element));
    case "bag": {
      const place = value as Bag<unknown>;
      return [...place].map((element) => [contentOf(node.element, element), place.copies(element)]);
    }
    default:
      return value;
  }
}

/** The content with its ids renamed. */
export function renamed(schema: Schema, content: Content, permutation: Permutation): Content {
  const node = nodeOf(schema);
  const items = Array.isArray(content) ? content : [];
  switch (node.kind) {
    case "id":
      return imageOf(permutation, node.set, content as Id);
    case "option":
      return content === null ? null : renamed(node.some, content, permutation);
    case "record":
      return Object.fromEntries(
        presentFields(node).map(([name, field]) => [name, renamed(field, (content as Fields)[name], permutation)]),
      );
    case "union": {
      const kind = String((content as Fields)["kind"]);
      const fields = node.cases[kind];
      return fields === undefined ? content : { kind, ...(renamed(fields, content, permutation) as Fields) };
    }
    case "map": {
      const texts = [...valuesOf(node.keys)].map((key) => contentText(node.keys, key));
      const result: Content[] = [];
      [...valuesOf(node.keys)].forEach((key, position) => {
        const target = texts.indexOf(contentText(node.keys, renamed(node.keys, key, permutation)));
        result[target] = renamed(node.values, items[position], permutation);
      });
      return result;
    }
    case "sequence":
    case "set":
      return items.map((item) => renamed(node.element, item, permutation));
    case "bag":
      return items.map(([item, copies]) => [renamed(node.element, item, permutation), copies]);
    default:
      return content;
  }
}

/** The same content, with the elements of sets and bags in the opposite order. */
export function reordered(schema: Schema, content: Content): Content {
  const node = nodeOf(schema);
  const items = Array.isArray(content) ? content : [];
  switch (node.kind) {
    case "option":
      return content === null ? null : reordered(node.some, content);
    case "record":
      return Object.fromEntries(
        presentFields(node).map(([name, field]) => [name, reordered(field, (content as Fields)[name])]),
      );
    case "union": {
      const kind = String((content as Fields)["kind"]);
      const fields = node.cases[kind];
      return fields === undefined ? content : { ...(reordered(fields, content) as Fields), kind };
    }
    case "map":
      return items.map((item) => reordered(node.values, item));
    case "sequence":
      return items.map((item) => reordered(node.element, item));
    case "set":
      return items.map((item) => reordered(node.element, item)).reverse();
    case "bag":
      return items.map(([item, copies]) => [reordered(node.element, item), copies]).reverse();
    default:
      return content;
  }
}

export function keyOf(codec: Codec, value: unknown, permutation: Permutation | null): string {
  const writer = new Writer();
  codec.write(value, writer, permutation);
  return writer.take();
}
