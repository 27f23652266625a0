/** From a schema to its shape: which cells and bags a value of it takes, and which place a spec sees there. */
import {
  cardinality,
  copied,
  domainOf,
  domainValues,
  type MapSchema,
  nodeOf,
  PlainMap,
  presentFields,
  prototypeWithAbsent,
  type RecordSchema,
  refuseChange,
  type Schema,
  type SequenceSchema,
  type SetSchema,
} from "../../../spec/lang/index.ts";

import type { Environment } from "../environment.ts";
import { BagPlace } from "./bag.ts";
import { cellOf } from "./cells.ts";
import { MapPlace } from "./map.ts";
import { RecordSlot } from "./record.ts";
import { SequencePlace } from "./sequence.ts";
import { MaskPlace, TableSetPlace } from "./set.ts";
import type { BagShape, Field, MapShape, MaskShape, RecordShape, SequenceShape, Shape } from "./shape.ts";
import type { Slot } from "./slot.ts";

/** A set of at most this many possible elements is a mask. */
const maskMax = 128;

/** The shape of a schema whose place is at `path`. */
export function shapeOf(schema: Schema, path: string, environment: Environment): Shape {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "record":
      return recordShape(node, path, environment);
    case "map":
      return mapShape(node, path, environment);
    case "sequence":
      return sequenceShape(node, path, environment);
    case "set":
      return cardinality(node.element) <= maskMax
        ? maskShape(node, path, environment)
        : bagShape(node.element, path, 1, "set", environment);
    case "bag":
      return bagShape(node.element, path, node.copies, "bag", environment);
    default:
      return { kind: "cell", cells: 1, bags: 0, cell: cellOf(schema, path, environment) };
  }
}

function recordShape(schema: RecordSchema, path: string, environment: Environment): RecordShape {
  const fields: Field[] = [];
  let cells = 0;
  let bags = 0;
  for (const [name, field] of presentFields(schema)) {
    const fieldPath = path === "" ? name : `${path}.${name}`;
    const shape = shapeOf(field, fieldPath, environment);
    fields.push({ name, shape, cell: cells, bag: bags });
    cells += shape.cells;
    bags += shape.bags;
  }
  const shape: RecordShape = {
    kind: "record",
    cells,
    bags,
    fields,
    prototype: prototypeWithAbsent(schema, path) ?? Object.prototype,
    at: (access, cell, bag) => new RecordSlot(shape, access, cell, bag),
  };
  return shape;
}

function mapShape(schema: MapSchema, path: string, environment: Environment): MapShape {
  const { interners } = environment;
  const value = shapeOf(schema.values, `${path}[]`, environment);
  const domain = domainOf(schema, path, interners);
  const { keys } = domain;
  // A value is never changed, and has no use for copies.
  const noCopy = (): never => refuseChange("value");
  const shape: MapShape = {
    kind: "map",
    cells: keys.length * value.cells,
    bags: keys.length * value.bags,
    keys,
    value,
    path,
    textOf: (key) => domain.textOf(key),
    keysText: domain.keysText,
    positionOf: (key) => domain.positionOf(key) ?? 0,
    imageOf: (position, permutation) => domain.positionOf(domain.image(keys[position], permutation)) ?? 0,
    copyOf: (content) => new PlainMap(domain, content, noCopy)[copied](),
    at: (access, cell, bag): Slot => new MapPlace(shape, access, cell, bag),
  };
  return shape;
}

function sequenceShape(schema: SequenceSchema, path: string, environment: Environment): SequenceShape {
  const { max } = schema;
  const shape: SequenceShape = {
    kind: "sequence",
    cells: max + 1,
    bags: 0,
    element: cellOf(schema.element, `${path}[]`, environment),
    elements: environment.interners.at(schema.element, `${path}[]`),
    max,
    path,
    at: (access, cell, bag) => new SequencePlace(shape, access, cell, bag),
  };
  return shape;
}

function maskShape(schema: SetSchema, path: string, environment: Environment): MaskShape {
  const { interners } = environment;
  const element = cellOf(schema.element, `${path}[]`, environment);
  const domain = domainValues(schema.element, interners);
  const shape: MaskShape = {
    kind: "mask",
    cells: Math.ceil(domain.length / 32),
    bags: 0,
    element,
    elements: interners.at(schema.element, `${path}[]`),
    size: domain.length,
    path,
    order: domain.map((value) => element.encode(value) - element.least),
    at: (access, cell, bag) => new MaskPlace(shape, access, cell, bag),
  };
  return shape;
}

function bagShape(
  element: Schema,
  path: string,
  copies: number,
  kind: "set" | "bag",
  environment: Environment,
): BagShape {
  const elementPath = `${path}[]`;
  const table = environment.flyweights(element);
  const shape: BagShape = {
    kind: "bag",
    cells: 0,
    bags: 1,
    table,
    elements: environment.interners.at(element, elementPath),
    numberOf: (value) => table.numberAt(elementPath, value),
    copies,
    path,
    at: (access, cell, bag) =>
      kind === "set" ? new TableSetPlace(shape, access, cell, bag) : new BagPlace(shape, access, cell, bag),
  };
  return shape;
}
