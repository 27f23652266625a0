import type { ReadonlyBag, ReadonlyFixedMap } from "../collections.ts";
import { type Id, ordinalOf } from "../ids.ts";
import type { Itf } from "../itf.ts";
import { presentFields } from "../present-fields.ts";
import { type IdSchema, nodeOf, type RecordSchema, type Schema } from "../schema.ts";

const none: Itf = { tag: "None", value: { "#tup": [] } };

export function writeItf(schema: Schema, value: unknown): Itf {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
    case "integer":
    case "enum":
      return value as Itf;
    case "id":
      return nameOf(node, value as Id);
    case "option":
      return value === null ? none : { tag: "Some", value: writeItf(node.some, value) };
    case "record":
      return writeFields(node, value, {});
    case "union": {
      const kind = (value as { readonly kind: string }).kind;
      return writeFields(node.cases[kind] ?? noFields, value, { kind });
    }
    case "map": {
      const map = value as ReadonlyFixedMap<unknown, unknown>;
      return { "#map": map.keys().map((key) => [writeItf(node.keys, key), writeItf(node.values, map.get(key))]) };
    }
    case "sequence":
      return writeAll(node.element, value);
    case "set":
      return { "#set": writeAll(node.element, value) };
    case "bag": {
      const bag = value as ReadonlyBag<unknown>;
      return { "#map": [...bag].map((element) => [writeItf(node.element, element), bag.copies(element)]) };
    }
    case "absent":
      throw new RangeError("a part that is switched off has no values");
  }
}

const noFields: RecordSchema = { kind: "record", fields: {} };

function writeFields(schema: RecordSchema, value: unknown, start: Readonly<Record<string, Itf>>): Itf {
  const content = value as Readonly<Record<string, unknown>>;
  const fields = presentFields(schema).map(([name, field]) => [name, writeItf(field, content[name])] as const);
  return { ...start, ...Object.fromEntries(fields) };
}

function writeAll(element: Schema, value: unknown): readonly Itf[] {
  return [...(value as Iterable<unknown>)].map((item) => writeItf(element, item));
}

export function nameOf({ set }: IdSchema, id: Id): string {
  return `${set.prefix}${ordinalOf(id)}`;
}
