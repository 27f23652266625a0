/** Which engine runs a model. */
import type { Model } from "../spec/lang/index.ts";
import { breadthFirstOn, type Keeper, keepsNothing, packedRefusal, type Spilling } from "./compile/index.ts";
import { type Crew, searchTogether } from "./parallel/index.ts";
import { blamed } from "./search/disagreement.ts";
import { breadthFirst, type Run } from "./search/modes.ts";
import type { EngineName, Limits, Remembered, World } from "./search/outcome.ts";

/** The fastest first. */
export const engineNames: readonly EngineName[] = ["lowered", "views", "reference"];

/** Why this engine cannot run the model, as the end of a sentence; or null where it can. */
export function engineRefusal(engine: EngineName, model: Model): string | null {
  return engine === "reference" ? null : packedRefusal(model);
}

/**
 * Level by level on this engine, which must take the model. A crew shares the work; the reference works alone, and keeps
 * nothing of itself: it remembers all states, in memory, whatever it is told to.
 */
export function breadthFirstBy(
  engine: EngineName,
  model: Model,
  limits: Limits,
  world: World,
  crew: Crew | null,
  keeper: Keeper = keepsNothing,
  remembered: Remembered = "fingerprints",
  spilling: Spilling | null = null,
): Run {
  if (engine === "reference") return blamed(breadthFirst(model, limits, world), model);
  // Its slots refer to an archive that no checkpoint holds: whoever went on from one would take states for others.
  if (remembered === "states" && keeper !== keepsNothing) throw new RangeError("an exact search keeps no checkpoints");
  if (remembered === "states" && spilling !== null) throw new RangeError("an exact search keeps nothing on disk");
  const run =
    crew === null
      ? breadthFirstOn(engine, model, limits, world, keeper, remembered, spilling)
      : searchTogether(model, engine, limits, world, crew, keeper, remembered, spilling);
  return blamed(run, model);
}
