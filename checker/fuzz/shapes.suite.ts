/** The schemas of random programs, as data: what expressions and statements are made by. */
import { key, type Names } from "./names.suite.ts";
import { type Random, weighted } from "./random.suite.ts";

type Field = readonly [name: string, shape: Shape];

export type Shape =
  | { readonly kind: "boolean" }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "enum"; readonly names: readonly string[] }
  | { readonly kind: "id"; readonly set: string; readonly size: number }
  | { readonly kind: "option"; readonly some: Shape }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  | { readonly kind: "map"; readonly keys: Shape; readonly values: Shape }
  | { readonly kind: "sequence"; readonly element: Shape; readonly max: number }
  | { readonly kind: "set"; readonly element: Shape }
  | { readonly kind: "bag"; readonly element: Shape; readonly copies: number }
  | { readonly kind: "union"; readonly cases: readonly (readonly [kind: string, fields: readonly Field[]])[] };

/** A record or a collection inside the state is edited in place; all else is a value. */
export function isPlace({ kind }: Shape): boolean {
  return kind === "record" || kind === "map" || kind === "sequence" || kind === "set" || kind === "bag";
}

/** What is written around the text of a schema. */
export type Around = (shape: Shape, text: string) => string;

const nothing: Around = (_, text) => text;

/** The schema in the words of the vocabulary. Equal texts mean equal shapes, where nothing is written around them. */
export function textOf(shape: Shape, around: Around = nothing): string {
  return around(shape, plainText(shape, around));
}

function plainText(shape: Shape, around: Around): string {
  switch (shape.kind) {
    case "boolean":
      return "boolean()";
    case "integer":
      return `integer(${shape.min}, ${shape.max})`;
    case "enum":
      return `oneOf(${shape.names.map((name) => JSON.stringify(name)).join(", ")})`;
    case "id":
      return `id(${shape.set})`;
    case "option":
      return `option(${textOf(shape.some, around)})`;
    case "record":
      return `record(${fieldsOf(shape.fields, around)})`;
    case "map":
      return `map(${textOf(shape.keys)}, ${textOf(shape.values, around)})`;
    case "sequence":
      return `sequence(${textOf(shape.element, around)}, ${shape.max})`;
    case "set":
      return `set(${textOf(shape.element, around)})`;
    case "bag":
      return `bag(${textOf(shape.element, around)}, { copies: ${shape.copies} })`;
    case "union":
      return unionText(shape.cases, around);
  }
}

/** A union of two kinds or more; where their names say so, the last one belongs to a part that is on, and another to one that is off. */
function unionText(cases: Extract<Shape, { readonly kind: "union" }>["cases"], around: Around): string {
  const texts = cases.map(([kind, fields]) => `${key(kind)}: ${fieldsOf(fields, around)}`);
  const length = cases.reduce((sum, [kind]) => sum + kind.length, 0);
  if (texts.length < 2 || length % 3 !== 0) return `union({ ${texts.join(", ")} })`;
  const off = `...kinds(false, { ${key(`${cases[0]?.[0]}Off`)}: {} })`;
  return `union({ ${texts.slice(0, -1).join(", ")}, ${off}, ...kinds(true, { ${texts.at(-1)} }) })`;
}

function fieldsOf(fields: readonly Field[], around: Around): string {
  return `{ ${fields.map(([name, shape]) => `${key(name)}: ${textOf(shape, around)}`).join(", ")} }`;
}

/** How many values a shape has, or some number above `cardinalityMax`. */
const cardinalityMax = 1e6;

export function cardinality(shape: Shape): number {
  switch (shape.kind) {
    case "boolean":
      return 2;
    case "integer":
      return shape.max - shape.min + 1;
    case "enum":
      return shape.names.length;
    case "id":
      return shape.size;
    case "option":
      return cardinality(shape.some) + 1;
    case "record":
      return product(shape.fields);
    case "map":
      return Math.min(cardinality(shape.values) ** cardinality(shape.keys), cardinalityMax * 2);
    case "sequence": {
      let count = 0;
      for (let length = 0; length <= shape.max; length += 1) count += cardinality(shape.element) ** length;
      return Math.min(count, cardinalityMax * 2);
    }
    case "set":
      return Math.min(2 ** cardinality(shape.element), cardinalityMax * 2);
    case "bag":
      return Math.min((shape.copies + 1) ** cardinality(shape.element), cardinalityMax * 2);
    case "union":
      return shape.cases.reduce((sum, [, fields]) => sum + product(fields), 0);
  }
}

function product(fields: readonly Field[]): number {
  return Math.min(
    fields.reduce((all, [, shape]) => all * cardinality(shape), 1),
    cardinalityMax * 2,
  );
}

/** Whether the value that a place has at first names an id: the first id of a set is not like the others. */
export function beginsWithId(shape: Shape): boolean {
  switch (shape.kind) {
    case "id":
      return true;
    case "record":
      return shape.fields.some(([, field]) => beginsWithId(field));
    case "map":
      return beginsWithId(shape.values);
    case "union":
      return (shape.cases[0]?.[1] ?? []).some(([, field]) => beginsWithId(field));
    default:
      return false;
  }
}

/** What shapes are made of. */
export interface ShapeSource {
  readonly random: Random;
  readonly names: Names;
  readonly ids: readonly Extract<Shape, { readonly kind: "id" }>[];
  readonly oneOfs: readonly Extract<Shape, { readonly kind: "enum" }>[];
}

export function scalarShape({ random, ids, oneOfs }: ShapeSource): Shape {
  return weighted<() => Shape>(random, [
    [2, () => ({ kind: "boolean" })],
    [
      4,
      () =>
        random.pick<Shape>([
          { kind: "integer", min: 0, max: 1 },
          { kind: "integer", min: 0, max: 2 },
          { kind: "integer", min: 1, max: 3 },
          { kind: "integer", min: -1, max: 1 },
        ]),
    ],
    [3, () => random.pick(oneOfs)],
    [3, () => random.pick(ids)],
  ])();
}

/** A shape with at most `depth` schemas around one another. */
export function anyShape(source: ShapeSource, depth: number): Shape {
  if (depth <= 1) return scalarShape(source);
  const { random } = source;
  const inner = (): Shape => anyShape(source, random.chance(0.6) ? depth - 1 : 1);
  return weighted<() => Shape>(random, [
    [2, () => scalarShape(source)],
    [2, () => optionOf(inner())],
    [4, () => recordShape(source, inner)],
    [4, () => ({ kind: "map", keys: keyShape(source), values: inner() })],
    [3, () => ({ kind: "sequence", element: inner(), max: 1 + random.below(2) })],
    [4, () => ({ kind: "set", element: inner() })],
    [3, () => ({ kind: "bag", element: inner(), copies: 1 + random.below(2) })],
    [3, () => unionShape(source, inner)],
  ])();
}

function optionOf(some: Shape): Shape {
  return some.kind === "option" ? some : { kind: "option", some };
}

function recordShape({ random, names }: ShapeSource, inner: () => Shape): Shape {
  const group = `record ${random.below(1e9)}`;
  const count = random.chance(0.04) ? 0 : 1 + random.below(2);
  return { kind: "record", fields: Array.from({ length: count }, () => [names.fresh(group, "f"), inner()] as const) };
}

/** What a network has: a set or a bag of messages of some kinds. */
export function messagesShape(source: ShapeSource): Shape {
  const element = unionShape(source, () => scalarShape(source), 2 + source.random.below(2));
  return source.random.chance(0.4) ? { kind: "set", element } : { kind: "bag", element, copies: 1 };
}

function unionShape({ random, names }: ShapeSource, inner: () => Shape, length: number = 1 + random.below(2)): Shape {
  const kinds = `union ${random.below(1e9)}`;
  const cases = Array.from({ length }, () => {
    const group = `case ${random.below(1e9)}`;
    const fields = Array.from({ length: random.below(3) }, () => [names.fresh(group, "g", ["kind"]), inner()] as const);
    return [names.fresh(kinds, "K"), fields] as const;
  });
  return { kind: "union", cases };
}

function keyShape(source: ShapeSource): Shape {
  const { random } = source;
  const keys = random.chance(0.85) ? scalarShape(source) : anyShape(source, 2);
  return cardinality(keys) <= 4 ? keys : scalarShape(source);
}
