import { presentFields } from "../present-fields.ts";
import { nodeOf, type Schema } from "../schema.ts";

/**
 * The type of a schema's expressions in Apalache's notation, or null where that has none: a union is written as
 * records of different fields, which Apalache has no type for.
 */
export function itfTypeOf(schema: Schema): string | null {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "boolean":
      return "Bool";
    case "integer":
      return "Int";
    case "enum":
    case "id":
      return "Str";
    case "option":
      return wrapped(itfTypeOf(node.some), (some) => `None(UNIT) | Some(${some})`);
    case "record": {
      const fields = presentFields(node).map(([name, field]) =>
        wrapped(itfTypeOf(field), (type) => `${name}: ${type}`),
      );
      return fields.includes(null) ? null : `{ ${fields.join(", ")} }`;
    }
    case "map":
      return wrapped(itfTypeOf(node.keys), (keys) =>
        wrapped(itfTypeOf(node.values), (values) => `(${keys} -> ${values})`),
      );
    case "sequence":
      return wrapped(itfTypeOf(node.element), (element) => `Seq(${element})`);
    case "set":
      return wrapped(itfTypeOf(node.element), (element) => `Set(${element})`);
    case "bag":
      return wrapped(itfTypeOf(node.element), (element) => `(${element} -> Int)`);
    case "union":
    case "absent":
      return null;
  }
}

function wrapped(type: string | null, wrap: (type: string) => string | null): string | null {
  return type === null ? null : wrap(type);
}
