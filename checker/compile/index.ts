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

/** Why packed states cannot hold this model's, as the end of a sentence; or null where they can. */
export function packedRefusal(model: Model): string | null {
  if (model.spec.view !== null) return "the spec declares a view, which only the reference engine evaluates";
  return refusalOf(model.schema);
}

function refusalOf(schema: Schema): string | null {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "integer":
      return node.min <= -(2 ** 31) || node.max >= 2 ** 31 ? "an integer of the state does not fit in 32 bits" : null;
    case "option":
      return refusalOf(node.some);
    case "record":
      return firstOf(Object.values(node.fields));
    case "map":
      return firstOf([node.keys, node.values]);
    case "sequence":
    case "set":
      return refusalOf(node.element);
    case "bag":
      return node.copies > 255 ? "a bag takes more than 255 copies of an element" : refusalOf(node.element);
    case "union":
      return firstOf(Object.values(node.cases));
    default:
      return null;
  }
}

function firstOf(schemas: readonly Schema[]): string | null {
  for (const schema of schemas) {
    const refusal = refusalOf(schema);
    if (refusal !== null) return refusal;
  }
  return null;
}
