import { presentFields } from "./present-fields.ts";
import { nodeOf, type RecordSchema, type Schema } from "./schema.ts";

/** The number of values, or infinity where they are too many to count or have no enumeration. Beyond 2^53 it is rounded. */
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
    case "sequence":
      return ofSequence(cardinality(node.element), node.max);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function ofRecord(record: RecordSchema): number {
  return presentFields(record).reduce((product, [, field]) => product * cardinality(field), 1);
}

function ofSequence(elements: number, max: number): number {
  if (elements === 1) return max + 1;
  let sum = 0;
  // More than a number can tell is reached after a few hundred lengths, whatever the bound.
  for (let length = 0; length <= max && sum < Number.POSITIVE_INFINITY; length += 1) sum += elements ** length;
  return sum;
}
