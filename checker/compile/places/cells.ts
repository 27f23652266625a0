/** How a value that is no collection is kept: as a code, a small number from zero, in a few bits of a word. */
import {
  BoundError,
  type Codec,
  codecOf,
  described,
  nodeOf,
  type OptionSchema,
  type Permutation,
  type Schema,
} from "../../../spec/lang/index.ts";
import type { Environment } from "../environment.ts";
import type { Flyweights } from "../flyweights.ts";

export interface Cell {
  /** The codes in range, both included. */
  readonly least: number;
  readonly most: number;
  /** The table whose numbers are the codes, where their contents and not the numbers make up a fingerprint. */
  readonly table: Flyweights | null;
  readonly initial: number;
  /** True where a field of a record may be out of range until the effect ends. */
  readonly isScalar: boolean;
  readonly decode: (code: number) => unknown;
  /** Throws `BoundError` for what is no value of the schema. */
  readonly encode: (value: unknown) => number;
  /** The code with ids renamed. */
  readonly rename: (code: number, permutation: Permutation) => number;
}

type Coding = Omit<Cell, "initial" | "isScalar">;

const same = (code: number): number => code;

/** The cell of a value at `path`. */
export function cellOf(schema: Schema, path: string, environment: Environment): Cell {
  const codec = codecOf(schema, path, environment.interners);
  const coding = codingOf(schema, path, codec, environment);
  return { ...coding, initial: coding.encode(codec.initial()), isScalar: codec.scalar };
}

function codingOf(schema: Schema, path: string, codec: Codec, environment: Environment): Coding {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return {
        ...codes(2),
        decode: (code) => code !== 0,
        encode(value) {
          if (typeof value !== "boolean") throw new BoundError(path, described(value), "true or false");
          return value ? 1 : 0;
        },
      };
    case "integer":
      return integers(node.min, node.max, path);
    case "enum": {
      const { names } = node;
      const byName = new Map<unknown, number>(names.map((name, code) => [name, code]));
      return {
        ...codes(names.length),
        decode: (code) => names[code],
        encode(value) {
          const code = byName.get(value);
          if (code === undefined) throw new BoundError(path, described(value), names.join(" | "));
          return code;
        },
      };
    }
    case "id": {
      const { prefix, length } = node.set;
      const { encode } = integers(1, length, path, `${prefix}1..${prefix}${length}`);
      return {
        ...codes(length),
        decode: (code) => code + 1,
        encode,
        rename: (code, { images }) => (images.get(node.set)?.[code] ?? code + 1) - 1,
      };
    }
    case "option":
      return optional(node, path, codec, environment);
    default:
      return flyweight(schema, path, environment);
  }
}

function integers(min: number, max: number, path: string, bound = `${min}..${max}`): Coding {
  // A range of more than 31 bits is kept as it is.
  const from = max - min < 2 ** 30 ? min : 0;
  return {
    ...codes(2),
    least: min - from,
    most: max - from,
    decode: (code) => code + from,
    encode(value) {
      if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
        throw new BoundError(path, described(value), bound);
      return (value - from) | 0;
    },
  };
}

/** `null` beside a scalar is code 0, before the codes of the scalar; beside anything larger it is one more flyweight. */
function optional(node: OptionSchema, path: string, codec: Codec, environment: Environment): Coding {
  const { kind } = node.some;
  if (!codec.scalar || kind === "option") return flyweight(node, path, environment);
  const inner = cellOf(node.some, path, environment);
  if (inner.least !== 0 || inner.most >= 2 ** 30) return flyweight(node, path, environment);
  return {
    ...inner,
    most: inner.most + 1,
    decode: (code) => (code === 0 ? null : inner.decode(code - 1)),
    encode: (value) => (value === null ? 0 : 1 + inner.encode(value)),
    rename: (code, permutation) => (code === 0 ? 0 : 1 + inner.rename(code - 1, permutation)),
  };
}

function codes(count: number): Pick<Cell, "least" | "most" | "table" | "rename"> {
  return { least: 0, most: count - 1, table: null, rename: same };
}

function flyweight(schema: Schema, path: string, environment: Environment): Coding {
  const table = environment.flyweights(schema);
  const first = table.enumerated ? 1 : 0;
  return {
    least: 0,
    most: table.enumerated ? table.values.length - 2 : 2 ** 31 - 1,
    table: table.enumerated ? null : table,
    decode: (code) => table.values[code + first],
    encode: (value) => table.numberAt(path, value) - first,
    rename: (code, permutation) => (code + first === 0 ? 0 : table.imageOf(code + first, permutation) - first),
  };
}
