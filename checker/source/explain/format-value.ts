import { plain, type Shape } from "./shape.ts";

/** A value as an explanation prints it, on one line: ids by their names, long values cut. */
export function formatValue(value: unknown, shape: Shape): string {
  const text = format(value, shape);
  return text.length <= textMax ? text : `${text.slice(0, textMax - 3)}...`;
}

const textMax = 80;

/** A value that fits beside others: no record, no collection. */
export function isScalar(value: unknown): boolean {
  return typeof value !== "object" && typeof value !== "function";
}

function format(value: unknown, shape: Shape): string {
  if (typeof value === "number" && shape.kind === "id") return `${shape.prefix}${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (isMap(value)) return formatMap(value, shape);
  if (isIterable(value)) return formatElements(value, shape);
  return formatRecord(value, shape);
}

/** A case of a union by its kind: `Vote{from: s1}`. */
function formatRecord(value: object, shape: Shape): string {
  const fields = fieldsOf(value, shape);
  const tag = "kind" in value && typeof value.kind === "string" ? value.kind : null;
  const shown = Object.entries(value).filter(([name]) => tag === null || name !== "kind");
  const parts = shown.map(([name, field]) => `${name}: ${format(field, fields.get(name) ?? plain)}`);
  return tag !== null && parts.length === 0 ? tag : `${tag ?? ""}{${parts.join(", ")}}`;
}

interface MapLike {
  keys(): Iterable<unknown>;
  get(key: unknown): unknown;
}

function isMap(value: object): value is MapLike {
  return "keys" in value && "get" in value && typeof value.keys === "function" && typeof value.get === "function";
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

function formatMap(map: MapLike, shape: Shape): string {
  const [keyShape, valueShape] = shape.kind === "map" ? [shape.key, shape.value] : [plain, plain];
  const parts: string[] = [];
  for (const key of map.keys()) parts.push(`${format(key, keyShape)}: ${format(map.get(key), valueShape)}`);
  return `{${parts.join(", ")}}`;
}

/** Sequences and arrays in brackets, sets and bags in braces, with the copies of a bag's elements. */
function formatElements(elements: Iterable<unknown>, shape: Shape): string {
  const elementShape = shape.kind === "elements" ? shape.element : plain;
  const parts: string[] = [];
  for (const element of elements) {
    const copies = copiesOf(elements, element);
    parts.push(format(element, elementShape) + (copies > 1 ? ` ×${copies}` : ""));
  }
  return "length" in elements ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`;
}

function copiesOf(elements: Iterable<unknown>, element: unknown): number {
  if (!("copies" in elements) || typeof elements.copies !== "function") return 1;
  return Number(elements.copies(element));
}

function fieldsOf(value: object, shape: Shape): ReadonlyMap<string, Shape> {
  if (shape.kind === "record") return shape.fields;
  if (shape.kind !== "cases" || !("kind" in value)) return new Map();
  const found = shape.cases.get(String(value.kind));
  return found?.kind === "record" ? found.fields : new Map();
}
