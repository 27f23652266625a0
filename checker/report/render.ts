/** Values in one line, as a person would write them down: ids by their names, unions by their kind, bags with counts. */
import {
  type Id,
  nodeOf,
  ordinalOf,
  presentFields,
  type ReadonlyBag,
  type ReadonlyFixedMap,
  type RecordSchema,
  type Schema,
} from "../../spec/lang/index.ts";

/** Equal texts if and only if equal values of this schema: collections come in their canonical order. */
export function renderValue(schema: Schema, value: unknown): string {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
    case "integer":
    case "enum":
      return String(value);
    case "id":
      return `${node.set.prefix}${ordinalOf(value as Id)}`;
    case "option":
      return value === null ? "null" : renderValue(node.some, value);
    case "record":
      return renderRecord(node, value);
    case "union": {
      const kind = kindOf(value);
      const fields = node.cases[kind];
      return fields === undefined || Object.keys(fields.fields).length === 0
        ? kind
        : kind + renderRecord(fields, value);
    }
    case "map": {
      const map = value as ReadonlyFixedMap<unknown, unknown>;
      const entries = map
        .keys()
        .map((key) => `${renderValue(node.keys, key)}: ${renderValue(node.values, map.get(key))}`);
      return `{${entries.join(", ")}}`;
    }
    case "sequence":
      return `[${elementsOf(value)
        .map((element) => renderValue(node.element, element))
        .join(", ")}]`;
    case "set":
      return `{${elementsOf(value)
        .map((element) => renderValue(node.element, element))
        .join(", ")}}`;
    case "bag":
      return `{${bagEntries(node.element, value)
        .map(({ text, copies }) => withCopies(text, copies))
        .join(", ")}}`;
    case "absent":
      return "absent";
  }
}

export function fieldOf(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

export function kindOf(value: unknown): string {
  return String(fieldOf(value, "kind"));
}

export function elementsOf(value: unknown): readonly unknown[] {
  return [...(value as Iterable<unknown>)];
}

/** The distinct elements of a bag in their canonical order, each with its number of copies. */
export function bagEntries(
  element: Schema,
  value: unknown,
): readonly { readonly text: string; readonly copies: number }[] {
  const bag = value as ReadonlyBag<unknown>;
  return [...bag].map((item) => ({ text: renderValue(element, item), copies: bag.copies(item) }));
}

export function withCopies(text: string, copies: number): string {
  return copies === 1 ? text : `${text} ×${copies}`;
}

/**
 * A value whose schema nobody knows, which happens to parameters that a spec computes from its state. An id shows as
 * its number here: without a schema nothing tells it from a number.
 */
export function renderUntyped(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Symbol.iterator in value) return `[${elementsOf(value).map(renderUntyped).join(", ")}]`;
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${renderUntyped(field)}`);
  return `{${fields.join(", ")}}`;
}

function renderRecord(schema: RecordSchema, value: unknown): string {
  const fields = presentFields(schema).map(([name, field]) => `${name}: ${renderValue(field, fieldOf(value, name))}`);
  return `{${fields.join(", ")}}`;
}
