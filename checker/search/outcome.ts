/** What a search found. Plain data: reporters turn it into text, JSON, JUnit and the rest. */
import type { AlwaysEventually, Invariant, LeadsTo, Model, Reachable, StepInvariant } from "../../spec/lang/index.ts";
import type { EvaluationError } from "../reference/evaluation-error.ts";
import type { TraceStep } from "../reference/reference.ts";

/** `holds`: the bounded space was exhausted. `incomplete`: a limit stopped the search. `failed`: the spec itself threw. */
export type Verdict = "holds" | "violated" | "incomplete" | "failed";

export type Finding =
  | { readonly kind: "invariant"; readonly property: Invariant }
  | { readonly kind: "step"; readonly property: StepInvariant }
  | { readonly kind: "deadlock" }
  | { readonly kind: "error"; readonly error: EvaluationError };

/** What ended a search early, and how much it left undone. */
export interface Stop {
  readonly by: "states" | "depth" | "time" | "memory" | "interrupt" | "walks";
  /** The limit that was reached: states, levels, seconds, bytes or walks; null for an interrupt. */
  readonly limit: number | null;
  /** States that were found and not expanded. */
  readonly frontier: number;
}

export interface ActionCount {
  readonly name: string;
  /** Transitions taken. */
  readonly fired: number;
  /** Transitions that led to a state not seen before. */
  readonly fresh: number;
}

export interface GoalResult {
  readonly property: Reachable;
  /** A behaviour that ends in the first state found to meet the goal; null where none was found. */
  readonly witness: readonly TraceStep[] | null;
}

/** Successors of a state, repeats and self-loops included, over all expanded states. */
export interface OutDegree {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** 95 of 100 states have at most this many. */
  readonly p95: number;
}

export interface WalkStatistics {
  readonly walks: number;
  /** Steps of a walk. */
  readonly lengthMin: number;
  readonly lengthMean: number;
  readonly lengthMax: number;
}

/** What a search wrote to disk because it was short of memory. */
export interface Spilled {
  readonly bytes: number;
  /** Sorted runs of fingerprints, those included that were merged and removed; 0 where only the frontier was written. */
  readonly runs: number;
  /** The level that was being expanded when the memory was used up. */
  readonly fromLevel: number;
}

/** The engines that pack states into words. */
export type PackedEngine = "views" | "lowered";
export type EngineName = "reference" | PackedEngine;

/** What a search on packed states remembers of those it has seen, and tells them apart by. */
export type Remembered = "fingerprints" | "states";

export type Mode = "breadth-first" | "depth-first" | "simulation";

export interface Outcome {
  readonly model: Model;
  readonly engine: EngineName;
  /** True where states were compared in full, and none can have been taken for another. */
  readonly exact: boolean;
  /** The chance at most that some state was taken for another and not explored; 0 where states are compared in full. */
  readonly omission: number;
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly finding: Finding | null;
  /** The behaviour that ends in the finding; empty where there is none. */
  readonly trace: readonly TraceStep[];
  /** True where no shorter behaviour ends in a violation of this kind: a deadlock is found one level later than others. */
  readonly shortest: boolean;
  readonly stopped: Stop | null;
  /** Different states within the constraints. */
  readonly distinct: number;
  /** Initial states and every successor, repeats, self-loops and states outside the constraints included. */
  readonly generated: number;
  /** Levels of the graph, the initial one included; for other modes than breadth-first, the longest behaviour seen. */
  readonly depth: number;
  /** Generated states that a constraint kept out, by the name of the constraint, repeats included. */
  readonly outside: Readonly<Record<string, number>>;
  readonly outDegree: OutDegree | null;
  readonly actions: readonly ActionCount[];
  readonly goals: readonly GoalResult[];
  /** Names of properties with an antecedent that was never true. */
  readonly vacuous: readonly string[];
  readonly walks: WalkStatistics | null;
  /** What was written to disk because memory was short; null where nothing was. */
  readonly spilled: Spilled | null;
}

/** How far a search is. Handed out often; a reader that does not want it drops it. */
export interface Progress {
  readonly distinct: number;
  readonly generated: number;
  /** The level being expanded, from one. */
  readonly depth: number;
  /** States waiting to be expanded. */
  readonly queue: number;
  /** Of the level being expanded: states done, and states in all. */
  readonly levelDone: number;
  readonly levelSize: number;
  /** Where the search goes on on disk: bytes written, and whether it waits because the disk is full. */
  readonly disk?: { readonly bytes: number; readonly isFull: boolean };
}

/** The bounds of a run; an absent one does not bind. */
export interface Limits {
  readonly states?: number;
  /** Levels, the initial one included. */
  readonly depth?: number;
  readonly seconds?: number;
  readonly memoryBytes?: number;
}

/** What the search needs to know of the world, as parameters. */
export interface World {
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
  /** Bytes of memory in use. */
  readonly memoryBytes: () => number;
  /** Is told how far a search is before each state that it expands, which is more often than it pauses. */
  readonly glimpsed?: (progress: Progress) => void;
  /**
   * True once the search is to end, by its time or by its caller, who says so at the next pause. Work that can be long
   * between two pauses asks it and is left where it stands; absent where the caller lets such work come to its end.
   */
  readonly isToEnd?: () => boolean;
}

/** Properties that are declared and that this version does not check yet. */
export function temporalProperties(model: Pick<Model, "properties">): readonly (LeadsTo | AlwaysEventually)[] {
  return model.properties.filter((p) => p.kind === "leads-to" || p.kind === "always-eventually");
}
