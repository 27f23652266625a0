/**
 * The search loop. The frontier decides the order (breadth-first, depth-first, random walks), everything else is the
 * same: each state is checked once, each transition every time it is taken.
 *
 * The loop is a generator so that its caller stays in charge: between any two states the caller may draw progress,
 * let signals in, and end the run by answering `"stop"`.
 */
import type { Model } from "../../spec/lang/index.ts";
import { EvaluationError } from "../reference/evaluation-error.ts";
import { refuseTemporal, type TraceStep } from "../reference/reference.ts";
import type { State, Step } from "../reference/semantics.ts";
import { Checks } from "./checks.ts";
import { type Engine, noNode } from "./engine.ts";
import type { Frontier } from "./frontier.ts";
import type { Finding, GoalResult, Limits, Outcome, Progress, Stop, Verdict, World } from "./outcome.ts";
import { isSampled, trySymmetry } from "./symmetry-check.ts";
import { Tally } from "./tally.ts";

/** The caller's answer to progress; anything else than "stop" means go on. */
export type Command = "stop" | undefined;

/** Of so many states one is tried for symmetry. */
const symmetryTriedEvery = 64;

/** States expanded between two looks at the clock and the caller, and so many renamings as make one of them as dear as two. */
const expansionsPerPause = 64;
const dearRenamings = 100;

/** What a run found, before the modes add what only they know. */
export type SearchOutcome = Omit<Outcome, "mode" | "shortest" | "walks" | "spilled">;

export function* search(
  engine: Engine,
  frontier: Frontier,
  limits: Limits,
  world: World,
): Generator<Progress, SearchOutcome, Command> {
  return yield* new Search(engine, frontier, limits, world).run();
}

class Search {
  readonly #model: Model;
  readonly #engine: Engine;
  readonly #frontier: Frontier;
  readonly #limits: Limits;
  readonly #world: World;
  readonly #isToEnd: () => boolean;
  readonly #checks: Checks;
  readonly #tally: Tally;
  readonly #witnesses = new Map<string, readonly TraceStep[]>();
  /** The level being expanded. */
  #level = 1;
  #expansions = 0;
  /** The step taken in last. */
  #reaching: Step | null = null;
  #finding: { readonly finding: Finding; readonly trace: readonly TraceStep[] } | null = null;
  /** True where the state taken last was not expanded to its end, because the search is to end. */
  #isCut = false;

  constructor(engine: Engine, frontier: Frontier, limits: Limits, world: World) {
    this.#engine = engine;
    this.#model = engine.semantics.model;
    refuseTemporal(this.#model);
    this.#frontier = frontier;
    this.#limits = limits;
    this.#world = world;
    this.#isToEnd = world.isToEnd ?? (() => false);
    this.#checks = new Checks(engine.semantics);
    this.#tally = new Tally(this.#model);
  }

  *run(): Generator<Progress, SearchOutcome, Command> {
    const deadline = this.#world.now() + (this.#limits.seconds ?? Number.POSITIVE_INFINITY) * 1000;
    this.#start();
    const dearness = 1 + Math.floor(this.#engine.semantics.permutations.length / dearRenamings);
    const perPause = Math.max(1, Math.floor(expansionsPerPause / dearness));
    for (let expansions = 0; this.#finding === null; expansions += 1) {
      // A state that was cut is in no frontier, and is never gone on with: the caller who wants the end is asked until it says so.
      while (this.#isCut || expansions % perPause === 0) {
        const command = yield this.#progress();
        const stop = command === "stop" ? stopped("interrupt", null) : this.#limitReached(deadline);
        const waiting = this.#frontier.size + (this.#isCut ? 1 : 0);
        if (stop !== null && waiting > 0) return this.#outcome({ ...stop, frontier: waiting });
        if (!this.#isCut) break;
      }
      const next = this.#frontier.take();
      if (next === null) break;
      this.#expand(next.node, next.depth);
    }
    const { cut } = this.#frontier;
    return this.#outcome(cut === 0 ? null : { by: "depth", limit: this.#limits.depth ?? null, frontier: cut });
  }

  #start(): void {
    this.#guarded(noNode, () => {
      for (const step of this.#engine.initial()) {
        this.#reach(step, null, noNode, 1);
        if (this.#finding !== null) return;
      }
    });
  }

  #expand(node: number, depth: number): void {
    this.#level = depth;
    this.#world.glimpsed?.(this.#progress());
    const before = this.#engine.load(node);
    this.#expansions += 1;
    this.#guarded(node, () => {
      if (!this.#isTried(before)) {
        this.#isCut = true;
        return;
      }
      let successors = 0;
      for (const step of this.#engine.successors()) {
        if (this.#isToEnd()) {
          this.#isCut = true;
          return;
        }
        successors += 1;
        this.#reach(step, before, node, depth + 1);
        if (this.#finding !== null) return;
      }
      this.#tally.expanded(successors);
      if (successors === 0 && this.#model.checksDeadlock) {
        this.#finding = { finding: { kind: "deadlock" }, trace: this.#engine.traceTo(node) };
      }
    });
  }

  /** Tries some of the states for symmetry; false where the search is to end before one of them is done. */
  #isTried(state: State): boolean {
    if (!isSampled(this.#expansions, symmetryTriedEvery)) return true;
    return trySymmetry(this.#engine.semantics, state, this.#isToEnd);
  }

  /** Checks one generated state, and offers it to the frontier where it is within the constraints. */
  #reach(step: Step, before: State | null, parent: number, depth: number): void {
    const { after } = step;
    this.#tally.generated += 1;
    this.#settle(step, before);
    this.#reaching = step;
    const broken = this.#checks.step(before, after, step.action.name);
    if (broken !== null) {
      this.#found(broken, parent, step);
      return;
    }
    for (const goal of this.#checks.goalsMetFirst(before, after))
      this.#witnesses.set(goal.name, this.#engine.behaviour(parent, step));
    const outside = this.#engine.semantics.outside(before, after);
    if (outside !== null) {
      this.#tally.keptOut(outside);
      this.#tally.fired(step.action, false);
      const finding = this.#checks.state(after);
      if (finding !== null) this.#found(finding, parent, step);
      return;
    }
    const { node, fresh } = this.#engine.add(parent);
    this.#tally.fired(step.action, fresh);
    if (fresh) {
      this.#tally.depth = Math.max(this.#tally.depth, depth);
      const finding = this.#checks.state(after);
      if (finding !== null) this.#found(finding, parent, step);
    }
    this.#frontier.offer(node, depth, fresh);
  }

  /** A bound that the effect broke is reported with the action that broke it. */
  #settle(step: Step, before: State | null): void {
    try {
      this.#engine.settle(step);
    } catch (cause) {
      throw this.#engine.semantics.errorOf(step, before, cause);
    }
  }

  #found(finding: Finding, parent: number, last: Step): void {
    this.#finding = { finding, trace: this.#engine.behaviour(parent, last) };
  }

  /**
   * Runs a piece of the search that goes on from a node. An error of the spec ends the run with the behaviour that led
   * to it: up to the node where an action failed, to the state reached where a property or a constraint of it did.
   */
  #guarded(node: number, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const last = error.part === "action" || error.part === "parameter" ? null : this.#reaching;
      const trace = last === null ? this.#engine.traceTo(node) : this.#engine.behaviour(node, last);
      this.#finding = { finding: { kind: "error", error }, trace };
    }
  }

  #limitReached(deadline: number): Omit<Stop, "frontier"> | null {
    const { states, memoryBytes, seconds } = this.#limits;
    if (states !== undefined && this.#engine.size >= states) return stopped("states", states);
    if (this.#engine.isFull) return stopped("states", this.#engine.size);
    if (memoryBytes !== undefined && this.#world.memoryBytes() >= memoryBytes) return stopped("memory", memoryBytes);
    if (seconds !== undefined && this.#world.now() >= deadline) return stopped("time", seconds);
    return null;
  }

  #progress(): Progress {
    const { level, size } = this.#frontier;
    return {
      distinct: this.#engine.size,
      generated: this.#tally.generated,
      depth: this.#level,
      queue: size,
      levelDone: level.done,
      levelSize: level.size,
    };
  }

  #outcome(stop: Stop | null): SearchOutcome {
    return {
      model: this.#model,
      engine: this.#engine.name,
      exact: this.#engine.omission === 0,
      omission: this.#engine.omission,
      verdict: verdictOf(this.#finding?.finding ?? null, stop),
      finding: this.#finding?.finding ?? null,
      trace: this.#finding?.trace ?? [],
      stopped: this.#finding === null ? stop : null,
      distinct: this.#engine.size,
      generated: this.#tally.generated,
      depth: this.#tally.depth,
      outside: this.#tally.outside,
      outDegree: this.#tally.outDegree(),
      actions: this.#tally.actions(),
      goals: this.#goalResults(),
      vacuous: this.#checks.vacuous,
    };
  }

  #goalResults(): readonly GoalResult[] {
    return this.#model.properties
      .filter((property) => property.kind === "reachable")
      .map((property) => ({ property, witness: this.#witnesses.get(property.name) ?? null }));
  }
}

function stopped(by: Stop["by"], limit: number | null): Omit<Stop, "frontier"> {
  return { by, limit };
}

function verdictOf(finding: Finding | null, stop: Stop | null): Verdict {
  if (finding !== null) return finding.kind === "error" ? "failed" : "violated";
  return stop === null ? "holds" : "incomplete";
}
