/**
 * From a schema to the plain representation of its values: JavaScript scalars, objects, and the plain collections.
 * A codec writes a value as a canonical key (equal keys if and only if equal contents) and reads a key back as a
 * fresh place that an effect may change. Writing checks every bound the schema declares.
 */
import { BoundError, SwitchedOffError } from "../errors.ts";
import { idOf, ordinalOf } from "../ids.ts";
import { presentFields } from "../present-fields.ts";
import type {
  EnumSchema,
  IdSchema,
  IntegerSchema,
  OptionSchema,
  RecordSchema,
  Schema,
  UnionSchema,
} from "../schema.ts";
import { nodeOf } from "../schema.ts";
import type { Assignments } from "./assignments.ts";
import { bagCodec, mapCodec, sequenceCodec, setCodec } from "./collection-codecs.ts";
import { refuseChange } from "./editing.ts";
import { Interners, type PlacedInterner } from "./interner.ts";
import { imageOf, type Permutation } from "./permutation.ts";
import { described } from "./value-text.ts";
import type { Reader, Writer } from "./writer.ts";

export interface Codec<T = unknown> {
  /** Appends the value's code units, with ids renamed by `permutation` where it is not null. Throws `BoundError`. */
  write(value: T, out: Writer, permutation: Permutation | null): void;
  /** Reads one value: a scalar, or a fresh object that shares nothing mutable. */
  read(input: Reader): T;
  /** The value a field has before `init` assigns it: smallest, first, `null`, empty. */
  initial(): T;
  /** True where values are JavaScript primitives, which need no copy. */
  readonly scalar: boolean;
}

/**
 * The codec of a schema. `path` names the place in messages about bounds. Codecs that share `interners` give one object for
 * one value; those of one model do. With `assignments`, what is read remembers who assigns its scalar fields.
 */
export function codecOf(
  schema: Schema,
  path: string,
  interners: Interners = newInterners(),
  assignments: Assignments | null = null,
): Codec {
  const codec = contentCodecOf(schema, path, interners, assignments);
  const isValue = (schema.kind === "option" || schema.kind === "union") && !codec.scalar;
  return isValue ? valueCodec(codec, interners.at(schema, path)) : codec;
}

/** Interners for one model. */
export function newInterners(): Interners {
  return new Interners(contentCodecOf);
}

/** What an option or a union holds is a value: whatever reads one gets the one object that the model has for it. */
function valueCodec(codec: Codec, values: PlacedInterner): Codec {
  return {
    scalar: false,
    initial: () => values.canonical(codec.initial()),
    write: (value, out, permutation) => codec.write(value, out, permutation),
    read(input) {
      const from = input.position;
      codec.read(input);
      return values.interner.elementOf(input.since(from));
    },
  };
}

/** The codec that interners use: it makes a new object for each value of the schema itself. */
function contentCodecOf(
  schema: Schema,
  path: string,
  interners: Interners,
  assignments: Assignments | null = null,
): Codec {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return booleanCodec(path);
    case "integer":
      return integerCodec(node, path);
    case "enum":
      return enumCodec(node, path);
    case "id":
      return idCodec(node, path);
    case "option":
      return optionCodec(node, path, interners);
    case "record":
      return recordCodec(node, path, null, interners, assignments) as Codec;
    case "union":
      return unionCodec(node, path, interners);
    case "map":
      return mapCodec(node, path, interners, assignments);
    case "sequence":
      return sequenceCodec(node, path, interners);
    case "set":
      return setCodec(node, path, interners);
    case "bag":
      return bagCodec(node, path, interners);
    case "absent":
      return absentCodec(path);
  }
}

function booleanCodec(path: string): Codec {
  return {
    scalar: true,
    initial: () => false,
    write(value, out) {
      if (typeof value !== "boolean") throw new BoundError(path, described(value), "true or false");
      out.put(value ? 1 : 0);
    },
    read: (input) => input.next() === 1,
  };
}

function integerCodec({ min, max }: IntegerSchema, path: string): Codec {
  const wide = max - min > 0xffff;
  return {
    scalar: true,
    initial: () => min,
    write(value, out) {
      if (typeof value !== "number" || !(value >= min && value <= max) || !Number.isInteger(value)) {
        throw new BoundError(path, described(value), `${min}..${max}`);
      }
      if (wide) out.put((value - min) >>> 16);
      out.put((value - min) & 0xffff);
    },
    read(input) {
      const high = wide ? input.next() * 0x10000 : 0;
      return min + high + input.next();
    },
  };
}

function enumCodec({ names }: EnumSchema, path: string): Codec {
  const codes = new Map<unknown, number>(names.map((name, code) => [name, code]));
  return {
    scalar: true,
    initial: () => names[0],
    write(value, out) {
      const code = codes.get(value);
      if (code === undefined) throw new BoundError(path, described(value), names.join(" | "));
      out.put(code);
    },
    read: (input) => names[input.next()],
  };
}

function idCodec({ set }: IdSchema, path: string): Codec {
  const known = new Set<unknown>(set);
  return {
    scalar: true,
    initial: () => set[0],
    write(value, out, permutation) {
      if (!known.has(value)) throw new BoundError(path, described(value), `${set.prefix}1..${set.prefix}${set.length}`);
      const id = value as (typeof set)[number];
      out.put(ordinalOf(permutation === null ? id : imageOf(permutation, set, id)));
    },
    read: (input) => idOf(input.next()),
  };
}

function optionCodec({ some }: OptionSchema, path: string, interners: Interners): Codec {
  const inner = codecOf(some, path, interners);
  return {
    scalar: inner.scalar,
    initial: () => null,
    write(value, out, permutation) {
      out.put(value === null ? 0 : 1);
      if (value !== null) inner.write(value, out, permutation);
    },
    read: (input) => (input.next() === 0 ? null : inner.read(input)),
  };
}

type PlainRecord = Record<string, unknown>;
type Define = (place: PlainRecord, value: unknown) => void;

/** `tag` is the kind that a case of a union begins with, null for a record that is none. */
function recordCodec(
  schema: RecordSchema,
  path: string,
  tag: string | null,
  interners: Interners,
  assignments: Assignments | null,
): Codec<PlainRecord> {
  const fields = presentFields(schema).map(([name, field]) => {
    const fieldPath = path === "" ? name : `${path}.${name}`;
    const codec = codecOf(field, fieldPath, interners, assignments);
    const isWatched = assignments !== null && codec.scalar;
    const define: Define = isWatched
      ? (place, value) => assignments.define(place, name, value)
      : definition(name, field, codec, fieldPath, interners);
    return { name, codec, define };
  });
  const prototype = prototypeWithAbsent(schema, path);
  const build = (value: (codec: Codec) => unknown): PlainRecord => {
    const place = prototype === null ? {} : (Object.create(prototype) as PlainRecord);
    if (tag !== null) place["kind"] = tag;
    for (const { define, codec } of fields) define(place, value(codec));
    return place;
  };
  return {
    scalar: false,
    initial: () => build((codec) => codec.initial()),
    write(place, out, permutation) {
      if (typeof place !== "object" || place === null) throw new BoundError(path, described(place), "a record");
      for (const { name, codec } of fields) codec.write(place[name], out, permutation);
    },
    read: (input) => build((codec) => codec.read(input)),
  };
}

/** How a field comes to a record. An option or a union is copied when it is assigned; a scalar needs no copy. */
function definition(name: string, field: Schema, codec: Codec, path: string, interners: Interners): Define {
  if ((field.kind === "option" || field.kind === "union") && !codec.scalar) {
    const values = interners.at(field, path);
    return (place, first) => {
      let value = first;
      Object.defineProperty(place, name, {
        get: () => value,
        set: (next: unknown) => {
          if (Object.isFrozen(place)) refuseChange("readonly");
          value = values.canonical(next);
        },
        enumerable: true,
        configurable: true,
      });
    };
  }
  if (name !== "__proto__") {
    return (place, value) => {
      place[name] = value;
    };
  }
  // An assignment to this name would change the record's prototype.
  return (place, value) => {
    Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
  };
}

/** Accessors that say so when a switched-off part is read or assigned; null where every part is on. */
export function prototypeWithAbsent(schema: RecordSchema, path: string): object | null {
  const absent = Object.entries(schema.fields).filter(([, field]) => field.kind === "absent");
  if (absent.length === 0) return null;
  const prototype = {};
  for (const [name] of absent) {
    const refuse = (): never => refuseAbsent(path === "" ? name : `${path}.${name}`);
    Object.defineProperty(prototype, name, { get: refuse, set: refuse });
  }
  return prototype;
}

function refuseAbsent(path: string): never {
  throw new SwitchedOffError(path);
}

function absentCodec(path: string): Codec {
  const refuse = (): never => refuseAbsent(path);
  return { scalar: true, initial: refuse, write: refuse, read: refuse };
}

function unionCodec({ cases }: UnionSchema, path: string, interners: Interners): Codec {
  const kinds = Object.keys(cases);
  const codecs = Object.entries(cases).map(([kind, fields]) =>
    recordCodec(fields, path === "" ? kind : `${path}.${kind}`, kind, interners, null),
  );
  const codecAt = (code: number): Codec<PlainRecord> => {
    const codec = codecs[code];
    if (codec === undefined) throw new Error(`${path}: there is no case with the code ${code}`);
    return codec;
  };
  const codes = new Map<unknown, number>(kinds.map((kind, code) => [kind, code]));
  return {
    scalar: false,
    initial: () => codecAt(0).initial(),
    write(value, out, permutation) {
      const isRecord = typeof value === "object" && value !== null;
      const place = isRecord ? (value as PlainRecord) : {};
      const kind = place["kind"];
      const code = codes.get(kind);
      if (code === undefined) {
        throw new BoundError(path, isRecord ? `kind ${String(kind)}` : described(value), kinds.join(" | "));
      }
      out.put(code);
      codecAt(code).write(place, out, permutation);
    },
    read: (input) => codecAt(input.next()).read(input),
  };
}
