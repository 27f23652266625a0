import { presentFields } from "../present-fields.ts";
import { nodeOf, type RecordSchema, type Schema } from "../schema.ts";
import { structuralKey } from "./structure.ts";

/** A value as messages show it, with the names of its ids: what does not fit the schema is shown by its structure. */
export function valueText(schema: Schema, value: unknown): string {
  const node = nodeOf(schema);
  const isObject = typeof value === "object" && value !== null;
  switch (node.kind) {
    case "id":
      return typeof value === "number" ? `${node.set.prefix}${value}` : described(value);
    case "option":
      return value === null ? "null" : valueText(node.some, value);
    case "record":
      return isObject ? fieldsText(node, value, []) : described(value);
    case "union": {
      const kind = isObject && "kind" in value ? value.kind : undefined;
      const fields = typeof kind === "string" && Object.hasOwn(node.cases, kind) ? node.cases[kind] : undefined;
      return fields === undefined || !isObject
        ? described(value)
        : fieldsText(fields, value, [`kind: "${String(kind)}"`]);
    }
    case "sequence":
      return isObject && Symbol.iterator in value
        ? `[${[...(value as Iterable<unknown>)].map((element) => valueText(node.element, element)).join(", ")}]`
        : described(value);
    default:
      return described(value);
  }
}

/** A value as a message shows it that knows no schema of it. */
export function described(value: unknown): string {
  return typeof value === "object" && value !== null ? structuralKey(value) : String(value);
}

function fieldsText(schema: RecordSchema, value: object, before: readonly string[]): string {
  const texts = presentFields(schema).map(
    ([name, field]) => `${name}: ${valueText(field, (value as Readonly<Record<string, unknown>>)[name])}`,
  );
  return `{ ${[...before, ...texts].join(", ")} }`;
}
