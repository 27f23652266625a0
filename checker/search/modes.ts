/** The three ways to search, on the one loop. */
import type { Model } from "../../spec/lang/index.ts";
import { blamed } from "./disagreement.ts";
import type { Engine } from "./engine.ts";
import { BreadthFirst, DepthFirst, RandomWalks, seededRandom } from "./frontier.ts";
import type { Limits, Outcome, Progress, WalkStatistics, World } from "./outcome.ts";
import { ReferenceEngine } from "./reference-engine.ts";
import { type Command, search } from "./search.ts";

/** A search under way: hands out progress, takes commands, ends with the outcome. */
export type Run = Generator<Progress, Outcome, Command>;

/** Level by level on the reference engine: counterexamples are shortest. */
export function breadthFirst(model: Model, limits: Limits, world: World): Run {
  return breadthFirstOn(new ReferenceEngine(model), limits, world);
}

/** Level by level on any engine. */
export function* breadthFirstOn(engine: Engine, limits: Limits, world: World): Run {
  const found = yield* search(engine, new BreadthFirst(limits.depth ?? Number.POSITIVE_INFINITY), limits, world);
  return { ...found, mode: "breadth-first", shortest: found.verdict === "violated", walks: null, spilled: null };
}

/** Deepest first to `limits.depth` levels (no bound where absent): finds deep violations early, not shortest ones. */
export function* depthFirst(model: Model, limits: Limits, world: World): Run {
  const frontier = new DepthFirst(limits.depth ?? Number.POSITIVE_INFINITY);
  const found = yield* blamed(search(new ReferenceEngine(model), frontier, limits, world), model);
  return { ...found, mode: "depth-first", shortest: false, walks: null, spilled: null };
}

export interface WalkOptions {
  readonly seed: number;
  readonly walks: number;
  /** Steps of a walk at most. */
  readonly lengthMax: number;
}

/** Random walks. They never exhaust anything: without a violation the verdict is `incomplete`. */
export function* simulate(model: Model, options: WalkOptions, limits: Limits, world: World): Run {
  const frontier = new RandomWalks(seededRandom(options.seed), options.walks, options.lengthMax);
  const { depth: _, ...bounds } = limits;
  const found = yield* blamed(search(new ReferenceEngine(model), frontier, bounds, world), model);
  const ended = found.verdict === "holds";
  return {
    ...found,
    mode: "simulation",
    shortest: false,
    verdict: ended ? "incomplete" : found.verdict,
    stopped: ended ? { by: "walks", limit: options.walks, frontier: 0 } : found.stopped,
    walks: statistics(frontier.lengths),
    spilled: null,
  };
}

function statistics(lengths: readonly number[]): WalkStatistics | null {
  if (lengths.length === 0) return null;
  let total = 0;
  let lengthMin = Number.POSITIVE_INFINITY;
  let lengthMax = 0;
  for (const length of lengths) {
    total += length;
    lengthMin = Math.min(lengthMin, length);
    lengthMax = Math.max(lengthMax, length);
  }
  return { walks: lengths.length, lengthMin, lengthMax, lengthMean: total / lengths.length };
}
