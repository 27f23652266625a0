/**
 * From a schema to its shape, and to the source of the view classes through which a spec sees a packed state. A view
 * knows the number `o` of its first cell and `q` of its first bag; one class serves every place of its shape. Cells are
 * read and written by `rd` and `wr`, which the program is given: there is a fast pair and one that takes notes.
 */
import {
  cardinality,
  codecOf,
  type MapSchema,
  nodeOf,
  presentFields,
  type RecordSchema,
  type Schema,
  valuesOf,
  Writer,
} from "../../spec/lang/index.ts";
import { cellOf } from "./cells.ts";
import { bagShape, maskShape, sequenceShape } from "./emit-collections.ts";
import type { Environment } from "./environment.ts";
import type { MapShape, RecordShape, Shape } from "./shape.ts";

/** A set of at most this many possible elements is a mask. */
const maskMax = 128;

export class Emitter {
  readonly environment: Environment;
  readonly #classes: string[] = [];

  constructor(environment: Environment) {
    this.environment = environment;
  }

  get source(): string {
    return this.#classes.join("\n");
  }

  /** Adds a class and returns its name. */
  define(kind: string, body: string): string {
    const name = `${kind}${this.#classes.length}`;
    this.#classes.push(`class ${name} {\n${body}\n}`);
    return name;
  }

  shape(schema: Schema, path: string): Shape {
    const node = nodeOf(schema);
    switch (node.kind) {
      case "record":
        return this.#record(node, path);
      case "map":
        return this.#map(node, path);
      case "sequence":
        return sequenceShape(this, node, path);
      case "set":
        return cardinality(node.element) <= maskMax
          ? maskShape(this, node, path)
          : bagShape(this, node.element, path, 1, "set");
      case "bag":
        return bagShape(this, node.element, path, node.copies, "bag");
      default:
        return { kind: "cell", cells: 1, bags: 0, cell: cellOf(schema, path, this.environment) };
    }
  }

  #record(schema: RecordSchema, path: string): RecordShape {
    const members: string[] = [];
    const constructs: string[] = [];
    const assigns: string[] = [];
    const fields: { readonly name: string; readonly shape: Shape }[] = [];
    let cells = 0;
    let bags = 0;
    for (const [name, field] of Object.entries(schema.fields)) {
      const fieldPath = path === "" ? name : `${path}.${name}`;
      const key = JSON.stringify(name);
      if (field.kind === "absent") {
        const text = JSON.stringify(`${fieldPath} belongs to a part of the state that this model has switched off`);
        members.push(`get ${key}(){ return fail(${text}); }`);
        continue;
      }
      const shape = this.shape(field, fieldPath);
      if (shape.kind === "cell") {
        const { decode, encodeField } = shape.cell;
        const at = `this.o+${cells}`;
        members.push(
          `get ${key}(){ const w = rd(${at}); return ${decode("w")}; } set ${key}(x){ wr(${at}, ${encodeField("x")}); }`,
        );
        assigns.push(`this[${key}] = x[${key}];`);
      } else {
        constructs.push(`this[${key}] = new ${shape.view}(o+${cells}, q+${bags});`);
        assigns.push(`this[${key}].$assign(x[${key}]);`);
      }
      fields.push({ name, shape });
      cells += shape.cells;
      bags += shape.bags;
    }
    const names = presentFields(schema)
      .map(([name]) => name)
      .sort();
    const view = this.define(
      "Record",
      `constructor(o, q){ this.o = o; ${constructs.join(" ")} }\n${members.join("\n")}\n$assign(x){ ${assigns.join(" ")} }
$detach(){ fail("a record of the state is no value of a parameter"); }
[structure](){ return "{" + ${JSON.stringify(names)}.map((n) => JSON.stringify(n) + ":" + structuralKey(this[n])).join(",") + "}"; }`,
    );
    return { kind: "record", cells, bags, view, fields };
  }

  #map(schema: MapSchema, path: string): MapShape {
    const { environment } = this;
    const keys = [...valuesOf(schema.keys)];
    const value = this.shape(schema.values, `${path}[]`);
    const keyCell = cellOf(schema.keys, `${path} key`, environment);
    const list = environment.add(keys);
    const fail = environment.add((key: unknown): never => environment.outOfDomain(key));
    const node = nodeOf(schema.keys);
    const first = node.kind === "id" ? 1 : node.kind === "integer" ? node.min : null;
    const table = environment.add(positionOf(schema.keys, keys));
    const position = (k: string) =>
      first === null ? `(${table}(${k})??${fail}(${k}))` : `place(${k},${first},${keys.length},${fail})`;
    const n = keys.length;
    const access =
      value.kind === "cell"
        ? {
            setup: "",
            at: (i: string) => value.cell.decode(`rd(this.o+${i})`),
            put: (i: string, x: string) => `wr(this.o+${i}, ${value.cell.encodeField(x)});`,
          }
        : {
            setup: `this.v = []; for (let i = 0; i < ${n}; i++) this.v.push(new ${value.view}(o+i*${value.cells}, q+i*${value.bags}));`,
            at: (i: string) => `this.v[${i}]`,
            put: (i: string, x: string) => `this.v[${i}].$assign(${x});`,
          };
    const view = this.define(
      "Map",
      `constructor(o, q){ this.o = o; ${access.setup} }
$at(i){ return ${access.at("i")}; }
get(k){ return this.$at(${position("k")}); }
set(k, x){ const i = ${position("k")}; ${access.put("i", "x")} }
fill(x){ for (let i = 0; i < ${n}; i++) { ${access.put("i", "x")} } }
every(f){ for (let i = 0; i < ${n}; i++) if (!f(this.$at(i), ${list}[i])) return false; return true; }
some(f){ for (let i = 0; i < ${n}; i++) if (f(this.$at(i), ${list}[i])) return true; return false; }
count(f){ let c = 0; for (let i = 0; i < ${n}; i++) if (f(this.$at(i), ${list}[i])) c++; return c; }
keys(){ return ${list}; }
[structure](){ return "map{" + ${list}.map((k) => structuralKey(k) + ":" + structuralKey(this.get(k))).sort().join(",") + "}"; }
$detach(){ fail("a map of the state is no value of a parameter"); }
$assign(x){ for (let i = 0; i < ${n}; i++) { ${access.put("i", `x.get(${list}[i])`)} } }`,
    );
    return { kind: "map", cells: n * value.cells, bags: n * value.bags, view, keys, keyCell, value };
  }
}

/** Positions of keys that are no small integers: by value for primitives, by content otherwise. */
function positionOf(schema: Schema, keys: readonly unknown[]): (key: unknown) => number | undefined {
  const codec = codecOf(schema, "key");
  const writer = new Writer();
  const textOf = (key: unknown): string => {
    codec.write(key, writer.start(), null);
    return writer.take();
  };
  const byValue = new Map(keys.map((key, position) => [key, position]));
  const byText = new Map(keys.map((key, position) => [textOf(key), position]));
  return (key) => byValue.get(key) ?? (typeof key === "object" && key !== null ? byText.get(textOf(key)) : undefined);
}
