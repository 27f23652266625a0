/** The door of the compiled engines. */
import { type Model, nodeOf, type Schema } from "../../spec/lang/index.ts";
import type { Run } from "../search/modes.ts";
import type { Limits, PackedEngine, Remembered, World } from "../search/outcome.ts";
import { type Keeper, keepsNothing } from "./keeper.ts";
import { searchAlone } from "./local.ts";
import type { Spilling } from "./on-disk.ts";

export { explain } from "./explain.ts";
export { type Footprint, Footprints } from "./footprints.ts";
export { type Keeper, keepsNothing } from "./keeper.ts";
export type { Spilling } from "./on-disk.ts";

/** Level by level on packed states, by one thread. */
export function breadthFirstOn(
  engine: PackedEngine,
  model: Model,
  limits: Limits,
  world: World,
  keeper: Keeper = keepsNothing,
  remembered: Remembered = "fingerprints",
  spilling: Spilling | null = null,
): Run {
  return searchAlone(model, engine, limits, world, keeper, remembered, spilling);
}

const numberMost = 2 ** 31 - 1;
const copiesMost = 255;

/** Why packed states cannot hold this model's, as the end of a sentence; or null where they can. */
export function packedRefusal(model: Model): string | null {
  if (model.spec.view !== null) return "the spec declares a view, which only the reference engine evaluates";
  return refusalOf(model.schema, "");
}

function refusalOf(schema: Schema, path: string): string | null {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "integer":
      return node.min < -numberMost || node.max > numberMost
        ? `${path} is integer(${node.min}, ${node.max}), and this engine keeps numbers from -${numberMost} to ${numberMost}`
        : null;
    case "option":
      return refusalOf(node.some, path);
    case "record":
      return firstOf(fieldsAt(node.fields, path));
    case "map":
      return firstOf([
        [node.keys, `a key of ${path}`],
        [node.values, `${path}[]`],
      ]);
    case "sequence":
    case "set":
      return refusalOf(node.element, `${path}[]`);
    case "bag":
      return node.copies > copiesMost
        ? `${path} takes ${node.copies} copies of an element, and this engine counts to ${copiesMost}`
        : refusalOf(node.element, `${path}[]`);
    case "union":
      return firstOf(Object.entries(node.cases).map(([kind, fields]) => [fields, `${path}(${kind})`]));
    default:
      return null;
  }
}

function fieldsAt(fields: Readonly<Record<string, Schema>>, path: string): readonly Placed[] {
  return Object.entries(fields).map(([name, field]) => [field, path === "" ? name : `${path}.${name}`]);
}

type Placed = readonly [schema: Schema, path: string];

function firstOf(schemas: readonly Placed[]): string | null {
  for (const [schema, path] of schemas) {
    const refusal = refusalOf(schema, path);
    if (refusal !== null) return refusal;
  }
  return null;
}
