/**
 * Whether one model refines another: whether every behaviour of the concrete model is one of the abstract model, seen through
 * a mapping of states. Each transition of the concrete model must be no step, one step or a few steps of the abstract one
 * between the images of its two states (Abadi and Lamport, The Existence of Refinement Mappings, 1991). Both models are run
 * by the reference semantics; this is for models of up to some hundred thousand transitions.
 */
import type { Model } from "../../spec/lang/index.ts";
import { type Choice, Semantics, type State, type Step } from "../reference/semantics.ts";

export interface Refinement {
  readonly concrete: Model;
  readonly abstract: Model;
  /** The state of the abstract model that belongs to a state of the concrete one; the state itself where this is absent. */
  readonly image?: (state: State) => State;
  /** How many steps of the abstract model one step of the concrete one may be; 1 where this is absent. */
  readonly stepsMax?: number;
}

/** One step of the concrete model, with the state that it leads to. */
export interface ConcreteStep {
  readonly action: string;
  readonly choice: Choice;
  readonly after: State;
}

export interface RefinementResult {
  /** Distinct states of the concrete model, renamings of symmetric ids counted once. */
  readonly states: number;
  /** Transitions of the concrete model that were looked at. */
  readonly transitions: number;
  /** Transitions that change nothing in the image. */
  readonly stutters: number;
  /** The shortest behaviour whose last step the abstract model does not have; null where there is none. */
  readonly failure: readonly ConcreteStep[] | null;
}

/** Explores the concrete model breadth-first and looks for each of its transitions in the abstract model. */
export function checkRefinement({ concrete, abstract, image = same, stepsMax = 1 }: Refinement): RefinementResult {
  const from = new Semantics(concrete);
  const paths = new Paths(new Semantics({ ...abstract, symmetric: [] }));
  const seen = new Set<string>();
  const reachedOnce: Reached[] = [];
  let transitions = 0;
  let stutters = 0;
  const result = (failure: Reached | null): RefinementResult => ({
    states: seen.size,
    transitions,
    stutters,
    failure: failure === null ? null : behaviourOf(failure),
  });
  const reach = (step: Step, before: Reached | null): Reached => {
    const reached = { step, before, image: paths.encode(image(step.after)) };
    const identity = from.identity(step.after, from.encode(step.after));
    if (!seen.has(identity)) {
      seen.add(identity);
      reachedOnce.push(reached);
    }
    return reached;
  };
  for (const step of from.initial()) {
    const reached = reach(step, null);
    if (!paths.isInitial(reached.image)) return result(reached);
  }
  // States that are reached meanwhile join the end of the list.
  for (const at of reachedOnce) {
    for (const step of from.successors(at.step.after)) {
      transitions += 1;
      const reached = reach(step, at);
      if (reached.image === at.image) stutters += 1;
      else if (!paths.lead(at.image, reached.image, stepsMax)) return result(reached);
    }
  }
  return result(null);
}

interface Reached {
  readonly step: Step;
  readonly before: Reached | null;
  /** The key of the state of the abstract model. */
  readonly image: string;
}

function same(state: State): State {
  return state;
}

function behaviourOf(last: Reached): readonly ConcreteStep[] {
  const steps: ConcreteStep[] = [];
  for (let at: Reached | null = last; at !== null; at = at.before) {
    const { action, choice, after } = at.step;
    steps.unshift({ action: action.name, choice, after });
  }
  return steps;
}

/** The states of the abstract model by their keys, and what its steps lead to. */
class Paths {
  readonly #semantics: Semantics;
  readonly #initial: ReadonlySet<string>;
  readonly #after = new Map<string, ReadonlySet<string>>();

  constructor(semantics: Semantics) {
    this.#semantics = semantics;
    this.#initial = new Set([...semantics.initial()].map(({ after }) => semantics.encode(after)));
  }

  encode(state: State): string {
    return this.#semantics.encode(state);
  }

  isInitial(key: string): boolean {
    return this.#initial.has(key);
  }

  /** Whether so many steps or fewer lead from one state to the other. */
  lead(from: string, to: string, stepsMax: number): boolean {
    let level: ReadonlySet<string> = new Set([from]);
    const known = new Set(level);
    for (let steps = 1; steps <= stepsMax; steps += 1) {
      const next = new Set<string>();
      for (const key of level) {
        for (const after of this.#successors(key)) {
          if (after === to) return true;
          if (!known.has(after)) next.add(after);
          known.add(after);
        }
      }
      level = next;
    }
    return false;
  }

  #successors(key: string): ReadonlySet<string> {
    const known = this.#after.get(key);
    if (known !== undefined) return known;
    const state = this.#semantics.decode(key);
    const after = new Set([...this.#semantics.successors(state)].map((step) => this.#semantics.encode(step.after)));
    this.#after.set(key, after);
    return after;
  }
}
