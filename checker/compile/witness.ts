/**
 * Behaviours, found again: the table knows of each state the fingerprint of a parent, and the reference semantics runs
 * forward from the initial states along these fingerprints. So whatever is reported happened on plain objects, too.
 */
import { BoundError, type Reachable, SpecError } from "../../spec/lang/index.ts";
import { EvaluationError } from "../reference/evaluation-error.ts";
import type { TraceStep } from "../reference/reference.ts";
import type { Semantics, State, Step } from "../reference/semantics.ts";
import { Checks } from "../search/checks.ts";
import type { Finding } from "../search/outcome.ts";
import type { Table } from "../store/table.ts";
import type { Found, FoundStep } from "./findings.ts";

interface Fingerprint {
  readonly low: number;
  readonly high: number;
}

export interface Witnessed {
  readonly finding: Finding;
  readonly trace: readonly TraceStep[];
}

export class Witness {
  readonly #semantics: Semantics;
  readonly #table: Table;
  readonly #fingerprintOf: (state: State) => Fingerprint;

  /** `fingerprintOf` gives lanes as the table keeps them. */
  constructor(semantics: Semantics, table: Table, fingerprintOf: (state: State) => Fingerprint) {
    this.#semantics = semantics;
    this.#table = table;
    this.#fingerprintOf = fingerprintOf;
  }

  /** What the reference says of a finding whose parent is on this level, with the behaviour that leads to it. */
  of(reported: Found, level: number): Witnessed {
    const found = reported.kind === "deadlock" || reported.kind === "step" ? reported : this.#byLeast(reported, level);
    const path = this.#pathToParent(found, level);
    const last = path.at(-1)?.state ?? null;
    switch (found.kind) {
      case "deadlock":
        if (!this.#steps(last).next().done) return disagree("a deadlock");
        return { finding: { kind: "deadlock" }, trace: path };
      case "step":
      case "invariant":
        return this.#violation(found, path, last);
      case "error":
        return this.#error(path, last);
    }
  }

  /** The behaviour that ends in a state which meets this goal, or in a step which does. */
  goalMet({ of, goal }: Reachable, constants: unknown, reported: FoundStep, level: number): readonly TraceStep[] {
    const step = of === "step" ? reported : this.#byLeast(reported, level);
    const path = this.#pathToParent(step, level);
    const last = path.at(-1)?.state ?? null;
    for (const next of this.#stepsWithoutErrors(last)) {
      if (this.#is(next.after, step) && goal(last, next.after, constants)) return [...path, lineOf(next)];
    }
    return disagree("a goal");
  }

  #violation(found: Found, path: readonly TraceStep[], last: State | null): Witnessed {
    const checks = new Checks(this.#semantics);
    for (const step of this.#stepsWithoutErrors(last)) {
      if (!this.#is(step.after, found)) continue;
      const finding = found.kind === "step" ? checks.step(last, step.after) : checks.state(step.after);
      if (finding !== null) return { finding, trace: [...path, lineOf(step)] };
    }
    return disagree(`a false ${found.kind}`);
  }

  /** The first thing of the spec that fails after this behaviour. */
  #error(path: readonly TraceStep[], last: State | null): Witnessed {
    const checks = new Checks(this.#semantics);
    let reached: Step | null = null;
    try {
      for (const step of this.#steps(last)) {
        reached = null;
        this.#settle(step);
        reached = step;
        if (last !== null && checks.step(last, step.after) !== null) continue;
        checks.goalsMetFirst(last, step.after);
        this.#semantics.outside(last, step.after);
        checks.state(step.after);
        reached = null;
      }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return { finding: { kind: "error", error }, trace: reached === null ? path : [...path, lineOf(reached)] };
    }
    return disagree("an error of the spec");
  }

  #settle({ action, choice, after }: Step): void {
    try {
      this.#semantics.encode(after);
    } catch (cause) {
      throw new EvaluationError("action", action.name, choice, cause);
    }
  }

  #steps(state: State | null): Iterator<Step> & Iterable<Step> {
    return state === null ? this.#semantics.initial() : this.#semantics.successors(state);
  }

  /**
   * The steps from a state that do not fail. Where one level has a violation and an error the violation is reported, and
   * the error may be one of a step that the search for the behaviour comes across.
   */
  *#stepsWithoutErrors(state: State | null): Generator<Step> {
    const semantics = this.#semantics;
    const { spec, actions } = semantics.model;
    const key = state === null ? semantics.blank() : semantics.encode(state);
    const before = state ?? semantics.decode(key);
    for (const action of state === null ? [spec.init] : actions) {
      for (const choice of unlessItFails(() => semantics.choices(action, before)) ?? []) {
        const step = unlessItFails(() => semantics.stepOf(action, choice, before, key));
        if (step !== null) yield step;
      }
    }
  }

  /** Whether this is the state of the fingerprint. One that is out of bounds has none. */
  #is(state: State, { low, high }: Fingerprint): boolean {
    try {
      const own = this.#fingerprintOf(state);
      return own.low === low && own.high === high;
    } catch (error) {
      if (error instanceof BoundError) return false;
      throw error;
    }
  }

  /**
   * The step to the same state from the parent that the table keeps, where the step led to a state that was new. It was
   * reported by the parent that came first, which is another one with other threads or in another order of the steps.
   */
  #byLeast<F extends FoundStep>(step: F, level: number): F {
    for (const { high, parent } of this.#table.find(step.low, level + 1)) {
      if (high !== step.high || level === 0) continue;
      const [least, ...others] = this.#table.find(parent, level);
      // The table keeps one lane of a parent: where two states share it, the one that was reported is known to be right.
      if (least !== undefined && others.length === 0) return { ...step, parentLow: parent, parentHigh: least.high };
    }
    return step;
  }

  /** The behaviour to the parent of a step, which is on this level; empty where there is none. */
  #pathToParent({ parentLow, parentHigh }: FoundStep, level: number): readonly TraceStep[] {
    if (parentLow === 0 && parentHigh === 0) return [];
    for (const chain of this.#chains({ low: parentLow, high: parentHigh }, level)) {
      const path = this.#follow(chain);
      if (path !== null) return path;
    }
    return disagree("a state");
  }

  /** The ways back from a state of this level, first state first. More than one where low lanes are equal by chance. */
  *#chains(last: Fingerprint, level: number): Generator<readonly Fingerprint[]> {
    const open: { readonly chain: readonly Fingerprint[]; readonly level: number }[] = [{ chain: [last], level }];
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      const [first] = top.chain;
      if (first === undefined) continue;
      const own = this.#table.find(first.low, top.level).filter(({ high }) => high === first.high);
      if (top.level === 1) {
        if (own.length > 0) yield top.chain;
        continue;
      }
      for (const { parent } of own) {
        for (const { high } of this.#table.find(parent, top.level - 1))
          open.push({ chain: [{ low: parent, high }, ...top.chain], level: top.level - 1 });
      }
    }
  }

  #follow(chain: readonly Fingerprint[]): readonly TraceStep[] | null {
    const trace: TraceStep[] = [];
    let state: State | null = null;
    for (const fingerprint of chain) {
      const step = this.#stepTo(state, fingerprint);
      if (step === null) return null;
      state = step.after;
      trace.push(lineOf(step));
    }
    return trace;
  }

  #stepTo(state: State | null, fingerprint: Fingerprint): Step | null {
    for (const step of this.#stepsWithoutErrors(state)) if (this.#is(step.after, fingerprint)) return step;
    return null;
  }
}

/** What this gives, or null where the spec throws. */
function unlessItFails<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

function lineOf({ action, choice, after }: Step): TraceStep {
  return { action: action.name, choice, state: after };
}

function disagree(what: string): never {
  throw new SpecError(
    `the engine found ${what} that the reference does not find again: the spec is not a function of the state`,
  );
}
