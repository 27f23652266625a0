/**
 * From a schema to the source of view classes over the packed words `W`. A view knows its offset `o` and nothing else;
 * the same class serves every place of its shape.
 */
import {
  codecOf,
  type MapSchema,
  nodeOf,
  presentFields,
  type RecordSchema,
  type Schema,
  valuesOf,
  Writer,
} from "../../spec/lang/index.ts";
import { type Cell, cellOf } from "./cells.ts";
import { bagClass, maskSetClass, sequenceClass, sortedSetClass } from "./emit-collections.ts";
import type { Environment } from "./environment.ts";

/** A place of fixed size: how to make its view, and what generated code does to all its words at once. */
export interface Place {
  /** Words. */
  readonly size: number;
  /** The class of its view, or null for a scalar, which has none. */
  readonly view: string | null;
  readonly cell: Cell | null;
  /** Statements that write the initial value at the offset expression. */
  readonly initialise: (at: string) => string;
  /** Statements that call a failure where a word is out of bounds. */
  readonly check: (at: string) => string;
  /** Statements that write the words at `from` to `to` in `R` with ids renamed by `p`. */
  readonly rename: (from: string, to: string) => string;
}

export class Emitter {
  readonly environment: Environment;
  /** Slots that a set or bag of flyweights has. */
  readonly capacity: number;
  readonly #classes: string[] = [];
  #names = 0;

  constructor(environment: Environment, capacity: number) {
    this.environment = environment;
    this.capacity = capacity;
  }

  get source(): string {
    return this.#classes.join("\n");
  }

  /** Adds a class and returns its name. */
  define(kind: string, body: string): string {
    this.#names += 1;
    const name = `${kind}${this.#names}`;
    this.#classes.push(`class ${name} {\n${body}\n}`);
    return name;
  }

  /** A variable name that no other place uses. */
  fresh(): string {
    this.#names += 1;
    return `v${this.#names}`;
  }

  place(schema: Schema, path: string): Place {
    const node = nodeOf(schema);
    switch (node.kind) {
      case "record":
        return this.#record(node, path);
      case "map":
        return this.#map(node, path);
      case "sequence":
        return sequenceClass(this, node, path);
      case "set": {
        const domain = smallDomain(node.element, path);
        return domain === null ? sortedSetClass(this, node, path) : maskSetClass(this, node, path, domain);
      }
      case "bag":
        return bagClass(this, node, path);
      default:
        return scalar(cellOf(schema, path, this.environment));
    }
  }

  #record(schema: RecordSchema, path: string): Place {
    const members: string[] = [];
    const constructs: string[] = [];
    const assigns: string[] = [];
    const parts: { readonly offset: number; readonly place: Place }[] = [];
    let size = 0;
    for (const [name, field] of Object.entries(schema.fields)) {
      const fieldPath = path === "" ? name : `${path}.${name}`;
      const key = JSON.stringify(name);
      if (field.kind === "absent") {
        const text = JSON.stringify(`${fieldPath} belongs to a part of the state that this model has switched off`);
        members.push(`get ${key}(){ return fail(${text}); }`);
        continue;
      }
      const place = this.place(field, fieldPath);
      const { cell } = place;
      if (cell === null) {
        constructs.push(`this[${key}] = new ${place.view}(o+${size});`);
        assigns.push(`this[${key}].$assign(x[${key}]);`);
      } else {
        const word = `W[this.o+${size}]`;
        members.push(
          `get ${key}(){ return ${cell.decode(word)}; } set ${key}(x){ ${word} = ${cell.encodeField("x")}; }`,
        );
        assigns.push(`this[${key}] = x[${key}];`);
      }
      parts.push({ offset: size, place });
      size += place.size;
    }
    const view = this.define(
      "Record",
      `constructor(o){ this.o = o; ${constructs.join(" ")} }\n${members.join("\n")}\n$assign(x){ ${assigns.join(" ")} }
[structure](){ return "{" + ${JSON.stringify(
        presentFields(schema)
          .map(([name]) => name)
          .sort(),
      )}.map((n) => JSON.stringify(n) + ":" + structuralKey(this[n])).join(",") + "}"; }`,
    );
    const all = (emit: (place: Place, offset: number) => string) => parts.map((p) => emit(p.place, p.offset)).join(" ");
    return {
      size,
      view,
      cell: null,
      initialise: (at) => all((place, offset) => place.initialise(`${at}+${offset}`)),
      check: (at) => all((place, offset) => place.check(`${at}+${offset}`)),
      rename: (from, to) => all((place, offset) => place.rename(`${from}+${offset}`, `${to}+${offset}`)),
    };
  }

  #map(schema: MapSchema, path: string): Place {
    const keys = [...valuesOf(schema.keys)];
    const value = this.place(schema.values, `${path}[]`);
    const keyCell = cellOf(schema.keys, `${path} key`, this.environment);
    const positions = new Map(keys.map((key, position) => [key, position]));
    const list = this.environment.add(keys);
    const bad = (key: unknown): never => this.environment.outOfDomain(key);
    const fail = this.environment.add(bad);
    const node = nodeOf(schema.keys);
    const simple = node.kind === "id" ? 1 : node.kind === "integer" ? node.min : null;
    const table = this.environment.add(positionsOf(schema.keys, keys, positions));
    const position =
      simple === null
        ? (k: string) => `(${table}(${k})??${fail}(${k}))`
        : (k: string) => `place(${k},${simple},${keys.length},${fail})`;
    const n = keys.length;
    const { cell, size: stride } = value;
    const access =
      cell === null
        ? {
            setup: `this.v = []; for (let i = 0; i < ${n}; i++) this.v.push(new ${value.view}(o+i*${stride}));`,
            at: (i: string) => `this.v[${i}]`,
            put: (i: string, x: string) => `this.v[${i}].$assign(${x});`,
          }
        : {
            setup: "",
            at: (i: string) => cell.decode(`W[this.o+${i}]`),
            put: (i: string, x: string) => `W[this.o+${i}] = ${cell.encodeField(x)};`,
          };
    const view = this.define(
      "Map",
      `constructor(o){ this.o = o; ${access.setup} }
get(k){ const i = ${position("k")}; return ${access.at("i")}; }
set(k, x){ const i = ${position("k")}; ${access.put("i", "x")} }
fill(x){ for (let i = 0; i < ${n}; i++) { ${access.put("i", "x")} } }
every(f){ for (let i = 0; i < ${n}; i++) if (!f(${access.at("i")}, ${list}[i])) return false; return true; }
some(f){ for (let i = 0; i < ${n}; i++) if (f(${access.at("i")}, ${list}[i])) return true; return false; }
count(f){ let c = 0; for (let i = 0; i < ${n}; i++) if (f(${access.at("i")}, ${list}[i])) c++; return c; }
keys(){ return ${list}; }
[structure](){ return "map{" + ${list}.map((k) => structuralKey(k) + ":" + structuralKey(this.get(k))).sort().join(",") + "}"; }
$assign(x){ for (let i = 0; i < ${n}; i++) { ${access.put("i", `x.get(${list}[i])`)} } }`,
    );
    const loop = (body: (i: string) => string): string => {
      const i = this.fresh();
      return `for (let ${i} = 0; ${i} < ${n}; ${i}++) { ${body(i)} }`;
    };
    const image = (i: string) => `${position(keyCell.decode(keyCell.rename(keyCell.encode(`${list}[${i}]`))))}`;
    return {
      size: n * stride,
      view,
      cell: null,
      initialise: (at) => loop((i) => value.initialise(`${at}+${i}*${stride}`)),
      check: (at) => (value.check("0") === "" ? "" : loop((i) => value.check(`${at}+${i}*${stride}`))),
      rename: (from, to) => loop((i) => value.rename(`${from}+${i}*${stride}`, `${to}+${image(i)}*${stride}`)),
    };
  }
}

function scalar(cell: Cell): Place {
  const { outOfBounds } = cell;
  return {
    size: 1,
    view: null,
    cell,
    initialise: (at) => `W[${at}] = ${cell.initial("")};`,
    check: (at) => (outOfBounds === null ? "" : `${outOfBounds(`W[${at}]`)};`),
    rename: (from, to) => `R[${to}] = ${cell.rename(`W[${from}]`)};`,
  };
}

/** The elements of a set that is small enough for a bit mask, in their canonical order; or null. */
function smallDomain(element: Schema, path: string): readonly unknown[] | null {
  const node = nodeOf(element);
  if (node.kind !== "boolean" && node.kind !== "integer" && node.kind !== "enum" && node.kind !== "id") return null;
  const domain = [...valuesOf(element)];
  return domain.length <= 1024 && path !== "" ? domain : null;
}

/** Positions of keys that are no small integers: by value for primitives, by content otherwise. */
function positionsOf(
  schema: Schema,
  keys: readonly unknown[],
  positions: Map<unknown, number>,
): (key: unknown) => number | undefined {
  const codec = codecOf(schema, "key");
  const writer = new Writer();
  const textOf = (key: unknown): string => {
    codec.write(key, writer.start(), null);
    return writer.take();
  };
  const byText = new Map(keys.map((key, position) => [textOf(key), position]));
  return (key) => positions.get(key) ?? (typeof key === "object" && key !== null ? byText.get(textOf(key)) : undefined);
}
