import type { Bag, FiniteSet, FixedMap, Seq } from "../collections.ts";
import type { Id } from "../ids.ts";
import type { Itf } from "../itf.ts";
import { codecOf } from "../plain/codec.ts";
import { presentFields } from "../present-fields.ts";
import {
  type BagSchema,
  type IdSchema,
  type MapSchema,
  nodeOf,
  type OptionSchema,
  type RecordSchema,
  type Schema,
  type SequenceSchema,
  type SetSchema,
  type UnionSchema,
} from "../schema.ts";
import { nameOf, writeItf } from "./write.ts";

/** Thrown on the way down, caught at the door. */
export class Misfit extends Error {
  readonly path: string;
  readonly expected: string;
  readonly found: string;

  constructor(path: string, expected: string, found: string) {
    super(`${path}: expected ${expected}`);
    this.path = path;
    this.expected = expected;
    this.found = found;
  }
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

/** Reads one value; `path` leads to it from the root. Throws `Misfit`. */
export function readItf(schema: Schema, itf: unknown, path: string): unknown {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return typeof itf === "boolean" ? itf : refuse(path, "true or false", itf);
    case "integer": {
      const number = numberOf(itf);
      const fits = number !== null && number >= node.min && number <= node.max;
      return fits ? number : refuse(path, `a whole number from ${node.min} to ${node.max}`, itf);
    }
    case "enum":
      return typeof itf === "string" && node.names.includes(itf)
        ? itf
        : refuse(path, `one of ${node.names.join(", ")}`, itf);
    case "id":
      return readId(node, itf, path);
    case "option":
      return readOption(node, itf, path);
    case "record":
      return readFields(node, itf, [], path);
    case "union":
      return readUnion(node, itf, path);
    case "map":
      return readMap(node, itf, path);
    case "sequence":
      return readSequence(node, itf, path);
    case "set":
      return readSet(node, itf, path);
    case "bag":
      return readBag(node, itf, path);
    case "absent":
      return refuse(path, "nothing: the model has switched this part off", itf);
  }
}

function refuse(path: string, expected: string, found: unknown): never {
  throw new Misfit(path, expected, shortJson(found));
}

/** JSON numbers, and `{ "#bigint": "12" }`, which Quint writes for integers of any size. */
function numberOf(itf: unknown): number | null {
  const digits = isObject(itf) ? itf["#bigint"] : undefined;
  const number = typeof digits === "string" && /^-?\d+$/.test(digits) ? Number(digits) : itf;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

function isObject(itf: unknown): itf is Readonly<Record<string, unknown>> {
  return typeof itf === "object" && itf !== null && !Array.isArray(itf);
}

function readId(schema: IdSchema, itf: unknown, path: string): Id {
  const { set } = schema;
  const id = set.find((member) => nameOf(schema, member) === itf);
  return id ?? refuse(path, `one of ${set.map((member) => nameOf(schema, member)).join(", ")}`, itf);
}

function readOption({ some }: OptionSchema, itf: unknown, path: string): unknown {
  if (isObject(itf) && itf["tag"] === "None") return null;
  if (isObject(itf) && itf["tag"] === "Some") return readItf(some, itf["value"], path);
  return refuse(path, 'an option: {"tag": "None"} or {"tag": "Some", "value": ...}', itf);
}

/** Exactly the fields of the record, besides `others`. */
function readFields(
  schema: RecordSchema,
  itf: unknown,
  others: readonly string[],
  path: string,
): Record<string, unknown> {
  const fields = presentFields(schema);
  const names = [...others, ...fields.map(([name]) => name)];
  if (!isObject(itf)) return refuse(path, `a record of ${names.join(", ")}`, itf);
  const surplus = Object.keys(itf).find((name) => !names.includes(name));
  if (surplus !== undefined) throw new Misfit(path, `a record of ${names.join(", ")}`, `the field ${surplus}`);
  const missing = names.find((name) => !Object.hasOwn(itf, name));
  if (missing !== undefined) throw new Misfit(path, `a record of ${names.join(", ")}`, `no field ${missing}`);
  return Object.fromEntries(fields.map(([name, field]) => [name, readItf(field, itf[name], join(path, name))]));
}

function readUnion({ cases }: UnionSchema, itf: unknown, path: string): unknown {
  const kind = isObject(itf) ? itf["kind"] : undefined;
  const fields = typeof kind === "string" && Object.hasOwn(cases, kind) ? cases[kind] : undefined;
  if (fields === undefined) return refuse(path, `a record with a kind of ${Object.keys(cases).join(", ")}`, itf);
  return { kind, ...readFields(fields, itf, ["kind"], path) };
}

function readMap(schema: MapSchema, itf: unknown, path: string): unknown {
  const entries = pairsOf(itf, path);
  const place = codecOf(schema, path).initial() as FixedMap<unknown, unknown>;
  const textOf = (key: unknown): string => JSON.stringify(writeItf(schema.keys, key));
  const texts = entries.map(([key]) => textOf(readItf(schema.keys, key, `${path} key`)));
  const domain = place.keys().map((key) => ({ key, itf: writeItf(schema.keys, key) }));
  for (const { key, itf: name } of domain) {
    const text = JSON.stringify(name);
    const entry = entries[texts.indexOf(text)];
    if (entry === undefined) throw new Misfit(path, "a value for every key of the domain", `none for ${text}`);
    place.set(key, readItf(schema.values, entry[1], `${path}[${bare(name)}]`));
  }
  const twice = texts.find((text, position) => texts.indexOf(text) !== position);
  if (twice !== undefined) throw new Misfit(path, "each key of the domain once", `the key ${twice} twice`);
  return place;
}

function readSequence(schema: SequenceSchema, itf: unknown, path: string): unknown {
  const items = isObject(itf) ? itf["#tup"] : itf;
  if (!Array.isArray(items)) return refuse(path, "a list", itf);
  if (items.length > schema.max) {
    throw new Misfit(path, `a list of at most ${schema.max} elements`, `a list of ${items.length}`);
  }
  const place = codecOf(schema, path).initial() as Seq<unknown>;
  items.forEach((item: unknown, position) => {
    place.push(readItf(schema.element, item, `${path}[${position + 1}]`));
  });
  return place;
}

function readSet(schema: SetSchema, itf: unknown, path: string): unknown {
  const items = isObject(itf) ? itf["#set"] : undefined;
  if (!Array.isArray(items)) return refuse(path, 'a set: {"#set": [...]}', itf);
  const place = codecOf(schema, path).initial() as FiniteSet<unknown>;
  items.forEach((item: unknown, position) => {
    place.add(readItf(schema.element, item, `${path}{${position + 1}}`));
  });
  return place;
}

function readBag(schema: BagSchema, itf: unknown, path: string): unknown {
  const place = codecOf(schema, path).initial() as Bag<unknown>;
  pairsOf(itf, path).forEach(([item, copies], position) => {
    const where = `${path}{${position + 1}}`;
    const element = readItf(schema.element, item, where);
    const count = numberOf(copies);
    if (count === null || count < 1 || count > schema.copies || place.has(element)) {
      throw new Misfit(where, `each element once, with 1 to ${schema.copies} copies`, shortJson(copies));
    }
    for (let copy = 0; copy < count; copy += 1) place.add(element);
  });
  return place;
}

function pairsOf(itf: unknown, path: string): readonly (readonly [unknown, unknown])[] {
  const pairs = isObject(itf) ? itf["#map"] : undefined;
  const isMap = Array.isArray(pairs) && pairs.every((pair: unknown) => Array.isArray(pair) && pair.length === 2);
  return isMap ? pairs : refuse(path, 'a map: {"#map": [[key, value], ...]}', itf);
}

function bare(itf: Itf): string {
  return typeof itf === "string" ? itf : JSON.stringify(itf);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
