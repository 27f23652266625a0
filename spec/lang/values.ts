import { DeclarationError } from "./errors.ts";
import { bagOf } from "./operators/bags.ts";
import { mapOf } from "./operators/maps.ts";
import { seq } from "./plain/seq.ts";
import { setOf } from "./plain/set.ts";
import { presentFields } from "./present-fields.ts";
import { nodeOf, type RecordSchema, type Schema } from "./schema.ts";

/**
 * Every value of a finite schema, in a fixed order: integers ascending, enums and ids as declared, `null` before
 * values, records and maps with their last field running fastest, sets, bags and sequences shortest first. It is the order
 * of their canonical keys. `cardinality` says how many there are; ask it first.
 */
export function* valuesOf(schema: Schema): Generator<unknown> {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      yield* [false, true];
      return;
    case "integer":
      for (let value = node.min; value <= node.max; value += 1) yield value;
      return;
    case "enum":
      yield* node.names;
      return;
    case "id":
      yield* node.set;
      return;
    case "option":
      yield null;
      yield* valuesOf(node.some);
      return;
    case "record":
      yield* records(node);
      return;
    case "union":
      for (const [kind, fields] of Object.entries(node.cases)) {
        for (const value of records(fields)) yield { kind, ...value };
      }
      return;
    case "set":
      yield* subsets([...valuesOf(node.element)]);
      return;
    case "sequence": {
      const elements = node.max === 0 ? [] : [...valuesOf(node.element)];
      for (let length = 0; length <= node.max; length += 1)
        for (const chosen of tuples(elements, length, [])) yield seq(...chosen);
      return;
    }
    case "bag":
      yield* bags([...valuesOf(node.element)], node.copies);
      return;
    case "map":
      yield* maps([...valuesOf(node.keys)], [...valuesOf(node.values)]);
      return;
    case "absent":
      throw new DeclarationError(
        "a part that this model switches off has no values",
        "Switch the action off too: part: (c) => c.flag.",
      );
  }
}

/** How many values a schema has: infinity where the number is too large for arithmetic. */
export function cardinality(schema: Schema): number {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return 2;
    case "integer":
      return node.max - node.min + 1;
    case "enum":
      return node.names.length;
    case "id":
      return node.set.length;
    case "option":
      return 1 + cardinality(node.some);
    case "record":
      return ofRecord(node);
    case "union":
      return Object.values(node.cases).reduce((sum, fields) => sum + ofRecord(fields), 0);
    case "set":
      return 2 ** cardinality(node.element);
    case "bag":
      return (1 + node.copies) ** cardinality(node.element);
    case "map":
      return cardinality(node.values) ** cardinality(node.keys);
    case "sequence":
      return ofSequence(cardinality(node.element), node.max);
    case "absent":
      return 0;
  }
}

function ofRecord(schema: RecordSchema): number {
  return presentFields(schema).reduce((product, [, field]) => product * cardinality(field), 1);
}

function ofSequence(elements: number, max: number): number {
  if (elements === 1) return max + 1;
  let sum = 0;
  // More than a number can tell is reached after a few hundred lengths, whatever the bound.
  for (let length = 0; length <= max && Number.isFinite(sum); length += 1) sum += elements ** length;
  return sum;
}

function* records(schema: RecordSchema): Generator<Record<string, unknown>> {
  let partial: Record<string, unknown>[] = [{}];
  for (const [name, field] of presentFields(schema)) {
    const values = [...valuesOf(field)];
    partial = partial.flatMap((value) => values.map((next) => ({ ...value, [name]: next })));
  }
  yield* partial;
}

/** The smallest first, then by the order of the elements: the order of their canonical keys. */
function* subsets(elements: readonly unknown[]): Generator<unknown> {
  for (let size = 0; size <= elements.length; size += 1) {
    for (const chosen of combinations(elements, size, 0)) yield setOf(...chosen);
  }
}

function* combinations(elements: readonly unknown[], size: number, from: number): Generator<readonly unknown[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let position = from; position + size <= elements.length; position += 1) {
    for (const rest of combinations(elements, size - 1, position + 1)) yield [elements[position], ...rest];
  }
}

/** Those with the fewest different elements first, then by the elements, each with one copy before several. */
function* bags(elements: readonly unknown[], copies: number): Generator<unknown> {
  for (let size = 0; size <= elements.length; size += 1) {
    for (const chosen of counted(elements, size, copies, 0)) yield bagOf(...chosen);
  }
}

function* counted(
  elements: readonly unknown[],
  size: number,
  copies: number,
  from: number,
): Generator<readonly unknown[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let position = from; position + size <= elements.length; position += 1) {
    for (let count = 1; count <= copies; count += 1) {
      const same = Array.from({ length: count }, () => elements[position]);
      for (const rest of counted(elements, size - 1, copies, position + 1)) yield [...same, ...rest];
    }
  }
}

function* maps(keys: readonly unknown[], values: readonly unknown[]): Generator<unknown> {
  for (const chosen of tuples(values, keys.length, [])) {
    let position = 0;
    yield mapOf(keys, () => chosen[position++]);
  }
}

/** Every list of so many of these elements, the last place running fastest. */
function* tuples(
  elements: readonly unknown[],
  length: number,
  prefix: readonly unknown[],
): Generator<readonly unknown[]> {
  if (prefix.length === length) {
    yield prefix;
    return;
  }
  for (const element of elements) yield* tuples(elements, length, [...prefix, element]);
}
