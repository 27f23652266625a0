import { DeclarationError } from "./errors.ts";
import type { Schema, SchemaNode } from "./schema.ts";

/** What a schema contains whose values are not listed, as a word; null where all its values are. */
function unlistable(schema: Schema): "bag" | "map" | "part that is switched off" | null {
  // Every schema is one of the closed union: `nodeOf` says why. Importing it from there would make a circle.
  const node = schema as SchemaNode;
  switch (node.kind) {
    case "bag":
    case "map":
      return node.kind;
    case "absent":
      return "part that is switched off";
    case "option":
      return unlistable(node.some);
    case "set":
    case "sequence":
      return unlistable(node.element);
    case "record":
      return firstOf(Object.values(node.fields).filter(({ kind }) => kind !== "absent"));
    case "union":
      return firstOf(Object.values(node.cases));
    default:
      return null;
  }
}

function firstOf(schemas: readonly Schema[]): ReturnType<typeof unlistable> {
  for (const schema of schemas) {
    const found = unlistable(schema);
    if (found !== null) return found;
  }
  return null;
}

/** Throws `DeclarationError` where something needs the list of all values and there is none. `why` says what needs it. */
export function refuseUnlistable(schema: Schema, why: string): void {
  const found = unlistable(schema);
  if (found === null) return;
  throw new DeclarationError(
    `${why}, and the values of a ${found} are not listed`,
    "a schema of scalars, options, records, unions, sets and sequences, or for a parameter found((s) => ...)",
  );
}
