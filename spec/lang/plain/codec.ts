/**
 * From a schema to the plain representation of its values: JavaScript scalars, objects, and the plain collections.
 * A codec writes a value as a canonical key (equal keys if and only if equal contents) and reads a key back as a
 * fresh place that an effect may change. Writing checks every bound the schema declares.
 */
import { BoundError, SpecError } from "../errors.ts";
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
import { bagCodec, mapCodec, sequenceCodec, setCodec } from "./collection-codecs.ts";
import { imageOf, type Permutation } from "./permutation.ts";
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

/** The codec of a schema. `path` names the place in messages about bounds. */
export function codecOf(schema: Schema, path: string): Codec {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return booleanCodec;
    case "integer":
      return integerCodec(node, path);
    case "enum":
      return enumCodec(node, path);
    case "id":
      return idCodec(node, path);
    case "option":
      return optionCodec(node, path);
    case "record":
      return recordCodec(node, path, null) as Codec;
    case "union":
      return unionCodec(node, path);
    case "map":
      return mapCodec(node, path);
    case "sequence":
      return sequenceCodec(node, path);
    case "set":
      return setCodec(node, path);
    case "bag":
      return bagCodec(node, path);
    case "absent":
      return absentCodec(path);
  }
}

const booleanCodec: Codec = {
  scalar: true,
  initial: () => false,
  write: (value, out) => out.put(value === true ? 1 : 0),
  read: (input) => input.next() === 1,
};

function integerCodec({ min, max }: IntegerSchema, path: string): Codec {
  const wide = max - min > 0xffff;
  if (max - min > 0xffffffff) throw new SpecError(`${path}: integer(${min}, ${max}) spans more than 2^32 values`);
  return {
    scalar: true,
    initial: () => min,
    write(value, out) {
      if (typeof value !== "number" || !(value >= min && value <= max) || !Number.isInteger(value)) {
        throw new BoundError(path, String(value), `${min}..${max}`);
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
      if (code === undefined) throw new BoundError(path, String(value), names.join(" | "));
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
      if (!known.has(value)) throw new BoundError(path, String(value), `${set.prefix}1..${set.prefix}${set.length}`);
      const id = value as (typeof set)[number];
      out.put(ordinalOf(permutation === null ? id : imageOf(permutation, set, id)));
    },
    read: (input) => idOf(input.next()),
  };
}

function optionCodec({ some }: OptionSchema, path: string): Codec {
  const inner = codecOf(some, path);
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

/** `tag` is the kind that a case of a union begins with, null for a record that stands alone. */
function recordCodec(schema: RecordSchema, path: string, tag: string | null): Codec<PlainRecord> {
  const fields = presentFields(schema);
  const names = fields.map(([name]) => name);
  const codecs = fields.map(([name, field]) => codecOf(field, path === "" ? name : `${path}.${name}`));
  const prototype = prototypeWithAbsent(schema, path);
  const build = (value: (codec: Codec) => unknown): PlainRecord => {
    const place = prototype === null ? {} : (Object.create(prototype) as PlainRecord);
    if (tag !== null) place["kind"] = tag;
    for (let i = 0; i < names.length; i += 1) {
      const codec = codecs[i];
      const name = names[i];
      if (codec !== undefined && name !== undefined) place[name] = value(codec);
    }
    return place;
  };
  return {
    scalar: false,
    initial: () => build((codec) => codec.initial()),
    write(place, out, permutation) {
      for (let i = 0; i < names.length; i += 1) codecs[i]?.write(place[names[i] ?? ""], out, permutation);
    },
    read: (input) => build((codec) => codec.read(input)),
  };
}

/** Accessors that say so when a switched-off part is read or assigned; null where every part is on. */
function prototypeWithAbsent(schema: RecordSchema, path: string): object | null {
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
  throw new SpecError(`${path} belongs to a part of the state that this model has switched off`);
}

function absentCodec(path: string): Codec {
  const refuse = (): never => refuseAbsent(path);
  return { scalar: true, initial: refuse, write: refuse, read: refuse };
}

function unionCodec({ cases }: UnionSchema, path: string): Codec {
  const kinds = Object.keys(cases);
  const codecs = Object.entries(cases).map(([kind, fields]) => recordCodec(fields, `${path}.${kind}`, kind));
  const codecAt = (code: number): Codec<PlainRecord> => {
    const codec = codecs[code];
    if (codec === undefined) throw new SpecError(`${path}: there is no case with the code ${code}`);
    return codec;
  };
  const codes = new Map<unknown, number>(kinds.map((kind, code) => [kind, code]));
  return {
    scalar: false,
    initial: () => codecAt(0).initial(),
    write(value, out, permutation) {
      const place = value as PlainRecord;
      const kind = place["kind"];
      const code = codes.get(kind);
      if (code === undefined) throw new BoundError(path, `kind ${String(kind)}`, kinds.join(" | "));
      out.put(code);
      codecAt(code).write(place, out, permutation);
    },
    read: (input) => codecAt(input.next()).read(input),
  };
}
