import { refuseUnlistable } from "./enumeration.ts";
import { DeclarationError } from "./errors.ts";
import { seq } from "./plain/seq.ts";
import { setOf } from "./plain/set.ts";
import { presentFields } from "./present-fields.ts";
import { nodeOf, type RecordSchema, type Schema } from "./schema.ts";

/**
 * Every value of a finite schema, in a fixed order: integers ascending, enums and ids as declared, `null` before
 * values, records and maps with their last field running fastest, sets and sequences shortest first. Bags and maps
 * have no enumeration: quantify over what they are made of.
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
      for (let length = 0; length <= node.max; length += 1) yield* sequences(elements, length, []);
      return;
    }
    default:
      refuseUnlistable(schema, "every value is needed here");
  }
}

function* records(schema: RecordSchema): Generator<Record<string, unknown>> {
  let partial: Record<string, unknown>[] = [{}];
  for (const [name, field] of presentFields(schema)) {
    const values = [...valuesOf(field)];
    partial = partial.flatMap((value) => values.map((next) => ({ ...value, [name]: next })));
  }
  yield* partial;
}

function* subsets(elements: readonly unknown[]): Generator<unknown> {
  if (elements.length > 20) {
    throw new DeclarationError(
      `a set of ${elements.length} possible elements has too many values to list: 2^${elements.length}`,
      "a set of 20 possible elements at most",
    );
  }
  const masks = Array.from({ length: 2 ** elements.length }, (_, mask) => mask);
  masks.sort((a, b) => bitCount(a) - bitCount(b) || a - b);
  for (const mask of masks) yield setOf(...elements.filter((_, position) => (mask & (1 << position)) !== 0));
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function* sequences(elements: readonly unknown[], length: number, prefix: readonly unknown[]): Generator<unknown> {
  if (prefix.length === length) {
    yield seq(...prefix);
    return;
  }
  for (const element of elements) yield* sequences(elements, length, [...prefix, element]);
}
