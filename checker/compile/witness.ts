/**
 * Behaviours, found again: the table knows of each state the fingerprint of a parent, and the reference semantics runs
 * forward from the initial states along these fingerprints. So whatever is reported happened on plain objects, too.
 */
import { BoundError, type Reachable } from "../../spec/lang/index.ts";
import { EvaluationError } from "../reference/evaluation-error.ts";
import type { TraceStep } from "../reference/reference.ts";
import type { Semantics, State, Step } from "../reference/semantics.ts";
import { Checks } from "../search/checks.ts";
import { Disagreement } from "../search/disagreement.ts";
import type { Finding } from "../search/outcome.ts";
import type { VisitedStates } from "../store/visited-states.ts";
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
  #states: VisitedStates;
  readonly #fingerprintOf: (state: State) => Fingerprint;

  /** `fingerprintOf` gives lanes as the table keeps them. */
  constructor(semantics: Semantics, states: VisitedStates, fingerprintOf: (state: State) => Fingerprint) {
    this.#semantics = semantics;
    this.#states = states;
    this.#fingerprintOf = fingerprintOf;
  }

  /** From now on others remember the states that were seen, the same ones. */
  useStates(states: VisitedStates): void {
    this.#states = states;
  }

  /** What the reference says of a finding whose parent is on this level, with the behaviour that leads to it. */
  of(reported: Found, level: number): Witnessed {
    const isOfNewState = reported.kind === "invariant" || reported.kind === "error";
    let missing = "a state";
    for (const found of isOfNewState ? this.#origins(reported, level) : [reported]) {
      for (const path of this.#pathsToParent(found, level)) {
        const witnessed = this.#atEndOf(path, found);
        if (witnessed !== null) return witnessed;
        missing = whatIs(reported.kind);
      }
    }
    return disagree(missing);
  }

  /** The behaviour that ends in a state which meets this goal, or in a step which does. */
  goalMet({ of, goal }: Reachable, constants: unknown, reported: FoundStep, level: number): readonly TraceStep[] {
    let missing = "a state";
    for (const step of of === "step" ? [reported] : this.#origins(reported, level)) {
      for (const path of this.#pathsToParent(step, level)) {
        const last = path.at(-1)?.state ?? null;
        for (const next of this.#stepsWithoutErrors(last)) {
          if (this.#is(next.after, step) && goal(last, next.after, constants)) return [...path, lineOf(next)];
        }
        missing = "a goal";
      }
    }
    return disagree(missing);
  }

  /** The finding as the reference finds it after this behaviour, or null where it does not. */
  #atEndOf(path: readonly TraceStep[], found: Found): Witnessed | null {
    const last = path.at(-1)?.state ?? null;
    if (found.kind === "error") return this.#error(path, last);
    if (found.kind !== "deadlock") return this.#violation(found, path, last);
    return this.#steps(last).next().done === true ? { finding: { kind: "deadlock" }, trace: path } : null;
  }

  #violation(found: Found, path: readonly TraceStep[], last: State | null): Witnessed | null {
    const checks = new Checks(this.#semantics);
    for (const step of this.#stepsWithoutErrors(last)) {
      if (!this.#is(step.after, found)) continue;
      const ofStep = found.kind === "step" || last === null ? checks.step(last, step.after, step.action.name) : null;
      const finding = found.kind === "step" ? ofStep : (ofStep ?? checks.state(step.after));
      if (finding !== null) return { finding, trace: [...path, lineOf(step)] };
    }
    return null;
  }

  /** The first thing of the spec that fails after this behaviour. */
  #error(path: readonly TraceStep[], last: State | null): Witnessed | null {
    const checks = new Checks(this.#semantics);
    let reached: Step | null = null;
    try {
      for (const step of this.#steps(last)) {
        reached = null;
        this.#settle(step, last);
        reached = step;
        if (checks.step(last, step.after, step.action.name) !== null) continue;
        checks.goalsMetFirst(last, step.after);
        this.#semantics.outside(last, step.after);
        checks.state(step.after);
        reached = null;
      }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return { finding: { kind: "error", error }, trace: reached === null ? path : [...path, lineOf(reached)] };
    }
    return null;
  }

  #settle(step: Step, before: State | null): void {
    try {
      this.#semantics.encode(step.after);
    } catch (cause) {
      throw this.#semantics.errorOf(step, before, cause);
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

  /** Whether this state has this fingerprint. */
  #is(state: State, fingerprint: Fingerprint): boolean {
    return this.#nameOf(state) === nameOf(fingerprint);
  }

  /** The state's fingerprint as a word, or null for one that is out of bounds and has none. */
  #nameOf(state: State): string | null {
    try {
      return nameOf(this.#fingerprintOf(state));
    } catch (error) {
      if (error instanceof BoundError) return null;
      throw error;
    }
  }

  /**
   * The step to the same state from the parent that the table keeps, where the step led to a state that was new: it was
   * reported by the parent that came first, which is another one with other threads or in another order of the steps.
   * Then the step as it was reported, which is known to be right.
   */
  *#origins<F extends FoundStep>(step: F, level: number): Generator<F> {
    for (const { high, parent } of level === 0 ? [] : this.#states.find(step.low, level + 1)) {
      if (high !== step.high) continue;
      const [least, ...others] = this.#states.find(parent, level);
      // The table keeps one lane of a parent: where two states share it, nobody knows which it was.
      if (least !== undefined && others.length === 0) yield { ...step, parentLow: parent, parentHigh: least.high };
    }
    yield step;
  }

  /**
   * The behaviours to the parent of a step, which is on this level; an empty one where there is none. There is more than
   * one where fingerprints, or the lanes that stand for parents, are equal by chance: the one that was explored is among
   * them, so that chance costs time here and nothing else.
   */
  *#pathsToParent({ parentLow: low, parentHigh: high }: FoundStep, level: number): Generator<readonly TraceStep[]> {
    if (low === 0 && high === 0) {
      yield [];
      return;
    }
    const layers = this.#layers({ low, high }, level);
    const seen = layers.map(() => new Set<string>());
    const path: TraceStep[] = [];
    const open = [this.#stepsWithoutErrors(null)];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const step = this.#nextInto(layers[path.length], seen[path.length], top);
      if (step === null) {
        open.pop();
        path.pop();
        continue;
      }
      path.push(lineOf(step));
      if (path.length < layers.length) {
        open.push(this.#stepsWithoutErrors(step.after));
        continue;
      }
      yield [...path];
      path.pop();
    }
  }

  /** By level the fingerprints that a behaviour may have there which ends in the last one: initial states first. */
  #layers(last: Fingerprint, level: number): readonly ReadonlySet<string>[] {
    let layer = [last];
    const layers: ReadonlySet<string>[] = [];
    for (let at = level; at >= 1; at -= 1) {
      const known = layer.map((one) => this.#states.find(one.low, at).filter(({ high }) => high === one.high));
      layers.unshift(new Set(layer.filter((_, index) => (known[index] ?? []).length > 0).map(nameOf)));
      const parents = new Set(known.flat().map(({ parent }) => parent));
      layer = [...parents].flatMap((low) => this.#states.find(low, at - 1).map(({ high }) => ({ low, high })));
    }
    return layers;
  }

  /** The next of these steps whose end has a fingerprint of this layer and was not seen there. */
  #nextInto(layer: ReadonlySet<string> | undefined, seen: Set<string> | undefined, steps: Iterator<Step>): Step | null {
    for (let next = steps.next(); next.done !== true; next = steps.next()) {
      const { after } = next.value;
      if (layer?.has(this.#nameOf(after) ?? "") !== true) continue;
      const key = this.#semantics.encode(after);
      if (seen?.has(key) === true) continue;
      seen?.add(key);
      return next.value;
    }
    return null;
  }
}

function nameOf({ low, high }: Fingerprint): string {
  return `${low} ${high}`;
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

function whatIs(kind: Found["kind"]): string {
  return kind === "error" ? "an error of the spec" : kind === "deadlock" ? "a deadlock" : `a false ${kind}`;
}

function disagree(what: string): never {
  throw new Disagreement(`the engine found ${what} that the reference does not find again`);
}
