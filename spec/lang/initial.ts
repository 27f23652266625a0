/** The values that fields begin with, where their schema declares others than the smallest, the first, `null` and empty. */
import type { Bag, FixedMap, ReadonlyBag, ReadonlyFixedMap } from "./collections.ts";
import { BoundError, DeclarationError } from "./errors.ts";
import { mapOf } from "./operators/maps.ts";
import { codecOf } from "./plain/codec.ts";
import { deepFreeze } from "./plain/editing.ts";
import { structuralKey } from "./plain/structure.ts";
import { Reader, Writer } from "./plain/writer.ts";
import { presentFields } from "./present-fields.ts";
import { nodeOf, type RecordSchema, type Schema } from "./schema.ts";
import { valuesOf } from "./values.ts";

/**
 * The same schema, whose fields begin with this value where `init` assigns no other. Of a field of a record, a value of a
 * map, and whatever else a state is made of; elements of collections have no beginning, and are not concerned.
 */
export function initially<View, S extends Schema<View>>(schema: S & Schema<View>, value: View): S {
  const codec = codecOf(schema, "");
  const writer = new Writer();
  try {
    codec.write(value, writer.start(), null);
  } catch (error) {
    if (!(error instanceof BoundError)) throw error;
    const what = error.path === "" ? "the value" : error.path;
    throw new DeclarationError(
      `initially: ${what} is ${error.found}; its bound is ${error.bound}`,
      `Write an initial value within ${error.bound}, or a schema with a wider bound.`,
    );
  }
  const canonical = deepFreeze(codec.read(new Reader(writer.take())));
  return { ...schema, initial: { value: canonical, text: structuralKey(canonical) } };
}

/** What the schema of a state says of the state that initial states are made from. */
export interface Start {
  /** Gives the fields of a blank draft what their schema declares. */
  put(draft: unknown, c: unknown): void;
  /** The blank state as `Init` sees it: the given one where the schema declares nothing. */
  seen(blank: unknown, c: unknown): unknown;
}

export function startOf(stateOf: (c: unknown) => RecordSchema): Start {
  const known = new WeakMap<object, RecordSchema | null>();
  /** The schema under these constants; null where it declares no value. */
  const schemaOf = (c: unknown): RecordSchema | null => {
    const key = typeof c === "object" && c !== null ? c : known;
    const before = known.get(key);
    if (before !== undefined) return before;
    const schema = stateOf(c);
    const found = declaresInitial(schema) ? schema : null;
    known.set(key, found);
    return found;
  };
  return {
    put: (draft, c) => {
      const schema = schemaOf(c);
      if (schema !== null) begin(schema, draft);
    },
    seen: (blank, c) => {
      const schema = schemaOf(c);
      if (schema === null) return blank;
      const draft = codecOf(schema, "").initial();
      begin(schema, draft);
      return draft;
    },
  };
}

function begin(schema: RecordSchema, draft: unknown): void {
  const value = first(schema);
  for (const [name, field] of presentFields(schema)) {
    if (schema.initial !== undefined || declaresInitial(field)) put(draft, name, field, fieldOf(value, name));
  }
}

function declaresInitial(schema: Schema): boolean {
  if (schema.initial !== undefined) return true;
  const node = nodeOf(schema);
  switch (node.kind) {
    case "record":
      return presentFields(node).some(([, field]) => declaresInitial(field));
    case "map":
      return declaresInitial(node.values);
    case "union": {
      const [least] = Object.values(node.cases);
      return least !== undefined && declaresInitial(least);
    }
    default:
      return false;
  }
}

/** The value that a field of this schema begins with. */
function first(schema: Schema): unknown {
  if (schema.initial !== undefined) return schema.initial.value;
  const node = nodeOf(schema);
  if (!declaresInitial(schema)) return codecOf(schema, "").initial();
  switch (node.kind) {
    case "record":
      return Object.fromEntries(presentFields(node).map(([name, field]) => [name, first(field)]));
    case "map":
      return mapOf(valuesOf(node.keys), () => first(node.values));
    case "union": {
      const [[kind, fields] = ["", undefined]] = Object.entries(node.cases);
      return { kind, ...(fields === undefined ? {} : (first(fields) as object)) };
    }
    default:
      return codecOf(schema, "").initial();
  }
}

/** Puts a value into a field of a draft: places are changed where they are, anything else is assigned. */
function put(place: unknown, name: string, schema: Schema, value: unknown): void {
  const node = nodeOf(schema);
  const at = fieldOf(place, name);
  switch (node.kind) {
    case "record":
      for (const [inner, field] of presentFields(node)) put(at, inner, field, fieldOf(value, inner));
      return;
    case "map": {
      const map = at as FixedMap<unknown, unknown>;
      for (const key of map.keys()) map.set(key, (value as ReadonlyFixedMap<unknown, unknown>).get(key));
      return;
    }
    case "sequence":
    case "set":
      (at as { assign(elements: unknown): void }).assign(value);
      return;
    case "bag":
      fill(at as Bag<unknown>, value as ReadonlyBag<unknown>);
      return;
    default:
      (place as Record<string, unknown>)[name] = value;
  }
}

function fill(bag: Bag<unknown>, elements: ReadonlyBag<unknown>): void {
  bag.clear();
  for (const element of elements) for (let copy = elements.copies(element); copy > 0; copy -= 1) bag.add(element);
}

function fieldOf(place: unknown, name: string): unknown {
  return (place as Readonly<Record<string, unknown>>)[name];
}
