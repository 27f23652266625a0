/**
 * How a value that is no collection is kept: as a code, a small number from zero, in a few bits of a word. Expressions
 * of generated code turn codes into values and back.
 */
import { nodeOf, type OptionSchema, type Permutation, type Schema } from "../../spec/lang/index.ts";
import type { Environment } from "./environment.ts";
import type { Flyweights } from "./flyweights.ts";

export interface Cell {
  /** The codes in range, both included. */
  readonly least: number;
  readonly most: number;
  /** The table whose numbers are the codes, where their contents and not the numbers make up a fingerprint. */
  readonly table: Flyweights | null;
  readonly initial: number;
  /** From an expression for the code to one for the value. */
  readonly decode: (code: string) => string;
  /** From an expression for the value to one for the code; an element of a collection is checked against every bound. */
  readonly encode: (value: string) => string;
  /** The same for a field that an effect may leave out of range until it ends: only whole numbers are asked for. */
  readonly encodeField: (value: string) => string;
  /** The code with ids renamed. */
  readonly rename: (code: number, permutation: Permutation) => number;
  /** The value of a code. */
  readonly valueOf: (code: number) => unknown;
}

const same = (code: number): number => code;

export function cellOf(schema: Schema, path: string, environment: Environment): Cell {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return {
        ...codes(2),
        decode: (w) => `(${w}!==0)`,
        encode: (v) => `(${v}===true?1:0)`,
        encodeField: (v) => `(${v}===true?1:0)`,
        valueOf: (code) => code !== 0,
      };
    case "integer":
      return integerCell(node.min, node.max, path, environment);
    case "enum": {
      const names = environment.add(node.names);
      const byName = new Map<unknown, number>(node.names.map((name, code) => [name, code]));
      const slow = environment.add(
        (v: unknown) => byName.get(v) ?? environment.outOfBounds(path, v, node.names.join(" | ")),
      );
      const encode = (v: string) => `enumCode(${v},${names},${slow})`;
      return {
        ...codes(node.names.length),
        decode: (w) => `${names}[${w}]`,
        encode,
        encodeField: encode,
        valueOf: (code) => node.names[code],
      };
    }
    case "id": {
      const { prefix, length } = node.set;
      const fail = environment.add((v: unknown) => environment.outOfBounds(path, v, `${prefix}1..${prefix}${length}`));
      const encode = (v: string) => `(ranged(${v},1,${length},${fail})-1)`;
      return {
        ...codes(length),
        decode: (w) => `(${w}+1)`,
        encode,
        encodeField: encode,
        rename: (code, { images }) => (images.get(node.set)?.[code] ?? code + 1) - 1,
        valueOf: (code) => code + 1,
      };
    }
    case "option":
      return optionCell(node, path, environment);
    default:
      return flyweight(schema, path, environment);
  }
}

function integerCell(min: number, max: number, path: string, environment: Environment): Cell {
  const fail = environment.add((v: unknown) => environment.outOfBounds(path, v, `${min}..${max}`));
  // A range of more than 31 bits is kept as it is.
  const from = max - min < 2 ** 30 ? min : 0;
  const less = from === 0 ? "" : from < 0 ? `+${-from}` : `-${from}`;
  return {
    ...codes(2),
    least: min - from,
    most: max - from,
    initial: min - from,
    decode: (w) => (from === 0 ? w : `(${w}+${from})`),
    encode: (v) => `(ranged(${v},${min},${max},${fail})${less})`,
    encodeField: (v) => `(whole(${v},${fail})${less})`,
    valueOf: (code) => code + from,
  };
}

/** `null` beside a scalar is code 0, before the codes of the scalar; beside anything larger it is one more flyweight. */
function optionCell(node: OptionSchema, path: string, environment: Environment): Cell {
  const { kind } = node.some;
  if (kind !== "boolean" && kind !== "integer" && kind !== "enum" && kind !== "id")
    return flyweight(node, path, environment);
  const inner = cellOf(node.some, path, environment);
  if (inner.least !== 0 || inner.most >= 2 ** 30) return flyweight(node, path, environment);
  return {
    ...inner,
    most: inner.most + 1,
    initial: 0,
    // A code below zero is a number below its range, on its way back or to an error.
    decode: (w) => `(${w}===0?null:${inner.decode(`(${w}<0?${w}:${w}-1)`)})`,
    encode: (v) => `(${v}===null?0:1+${inner.encode(v)})`,
    encodeField: (v) => `(${v}===null?0:optional(${inner.encodeField(v)}))`,
    rename: (code, permutation) => (code === 0 ? 0 : 1 + inner.rename(code - 1, permutation)),
    valueOf: (code) => (code === 0 ? null : inner.valueOf(code - 1)),
  };
}

function codes(count: number): Pick<Cell, "least" | "most" | "table" | "initial" | "rename"> {
  return { least: 0, most: count - 1, table: null, initial: 0, rename: same };
}

function flyweight(schema: Schema, path: string, environment: Environment): Cell {
  const { name, table } = environment.flyweights(schema, path);
  const first = table.enumerated ? 1 : 0;
  const encode = (v: string) => (first === 1 ? `(${name}.numberOf(${v})-1)` : `${name}.numberOf(${v})`);
  return {
    least: 0,
    most: table.enumerated ? table.values.length - 2 : 2 ** 31 - 1,
    table: table.enumerated ? null : table,
    initial: table.initial() - first,
    decode: (w) => `${name}.values[${first === 1 ? `${w}+1` : w}]`,
    encode,
    encodeField: encode,
    rename: (code, p) => (code + first === 0 ? 0 : table.imageOf(code + first, p) - first),
    valueOf: (code) => table.values[code + first],
  };
}
