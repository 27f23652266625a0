/** Which engine runs a model. */
import type { Model } from "../spec/lang/index.ts";
import { breadthFirstOnViews, viewsRefusal } from "./compile/index.ts";
import { breadthFirst, type Run } from "./search/modes.ts";
import type { EngineName, Limits, World } from "./search/outcome.ts";

export const engineNames: readonly EngineName[] = ["reference", "views"];

/** Why this engine cannot run the model, as the end of a sentence; or null where it can. */
export function engineRefusal(engine: EngineName, model: Model): string | null {
  return engine === "views" ? viewsRefusal(model) : null;
}

/** Level by level on this engine, which must take the model. */
export function breadthFirstBy(engine: EngineName, model: Model, limits: Limits, world: World): Run {
  return engine === "views" ? breadthFirstOnViews(model, limits, world) : breadthFirst(model, limits, world);
}
