/** How a value that takes one word is written and read: expressions of generated code. */
import { nodeOf, type OptionSchema, type Schema } from "../../spec/lang/index.ts";
import type { Environment } from "./environment.ts";

export interface Cell {
  /** From an expression for the word to one for the value. */
  readonly decode: (word: string) => string;
  /** From an expression for the value to one for the word; an element of a collection is checked against every bound. */
  readonly encode: (value: string) => string;
  /** The same for a field that an effect may leave out of range until it ends: only whole numbers are asked for. */
  readonly encodeField: (value: string) => string;
  /** A condition that is true where the word is out of range, or null where it cannot be. */
  readonly outOfBounds: ((word: string) => string) | null;
  /** The word with ids renamed; `p` is the permutation in scope. */
  readonly rename: (word: string) => string;
  readonly initial: (word: string) => string;
}

/** The word that stands for `null` in an option of a scalar. */
const none = "-2147483648";

/** The cell of a schema whose values fit one word: scalars by themselves, everything else as a flyweight's number. */
export function cellOf(schema: Schema, path: string, environment: Environment): Cell {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return plain(
        (w) => `${w}!==0`,
        (v) => `(${v}?1:0)`,
        "0",
      );
    case "integer": {
      const fail = environment.add((v: unknown) => environment.outOfBounds(path, v, `${node.min}..${node.max}`));
      const whole = (v: string) => `whole(${v},${fail})`;
      return {
        ...plain(
          (w) => w,
          (v) => `ranged(${v},${node.min},${node.max},${fail})`,
          String(node.min),
        ),
        encodeField: whole,
        outOfBounds: (w) => `(${w}<${node.min}||${w}>${node.max})&&${fail}(${w})`,
      };
    }
    case "enum": {
      const names = environment.add(node.names);
      const codes = new Map<unknown, number>(node.names.map((name, code) => [name, code]));
      const code = environment.add(
        (v: unknown) => codes.get(v) ?? environment.outOfBounds(path, v, node.names.join(" | ")),
      );
      const chain = (v: string) => `enumCode(${v},${names},${code})`;
      return plain((w) => `${names}[${w}]`, chain, "0");
    }
    case "id": {
      const { prefix, length } = node.set;
      const fail = environment.add((v: unknown) => environment.outOfBounds(path, v, `${prefix}1..${prefix}${length}`));
      const images = environment.images(node.set);
      return {
        ...plain(
          (w) => w,
          (v) => `ranged(${v},1,${length},${fail})`,
          "1",
        ),
        rename: (w) => `${images}[p.index][${w}]`,
      };
    }
    case "option":
      return optionCell(node, path, environment);
    default:
      return flyweight(schema, path, environment);
  }
}

/** `null` beside a scalar has a word of its own; beside anything larger it is one more flyweight. */
function optionCell(node: OptionSchema, path: string, environment: Environment): Cell {
  const { kind } = node.some;
  if (kind !== "boolean" && kind !== "integer" && kind !== "enum" && kind !== "id")
    return flyweight(node, path, environment);
  const inner = cellOf(node.some, path, environment);
  const unlessNone = (make: (w: string) => string) => (w: string) => `(${w}===${none}?${none}:${make(w)})`;
  const { outOfBounds } = inner;
  return {
    decode: (w) => `(${w}===${none}?null:${inner.decode(w)})`,
    encode: (v) => `(${v}===null?${none}:${inner.encode(v)})`,
    encodeField: (v) => `(${v}===null?${none}:${inner.encodeField(v)})`,
    outOfBounds: outOfBounds === null ? null : (w) => `${w}!==${none}&&${outOfBounds(w)}`,
    rename: unlessNone(inner.rename),
    initial: () => none,
  };
}

function plain(decode: Cell["decode"], encode: Cell["encode"], initial: string): Cell {
  return { decode, encode, encodeField: encode, outOfBounds: null, rename: (w) => w, initial: () => initial };
}

function flyweight(schema: Schema, path: string, environment: Environment): Cell {
  const table = environment.flyweights(schema, path);
  return {
    ...plain(
      (w) => `${table}.values[${w}]`,
      (v) => `${table}.numberOf(${v})`,
      `${table}.initial()`,
    ),
    rename: (w) => `(${w}===0?0:${table}.imageOf(${w},p))`,
  };
}
