import type { Action, Model } from "../../spec/lang/index.ts";
import { addTo } from "./named-counts.ts";
import type { ActionCount, OutDegree } from "./outcome.ts";

/** The counts of one run. */
export class Tally {
  generated = 0;
  depth = 0;
  readonly outside: Record<string, number> = {};
  /** By the action itself: the initial states come from one that may share its name with another. */
  readonly #fired = new Map<Action, { fired: number; fresh: number }>();
  /** How many expanded states had `n` successors, at position `n`. */
  readonly #degrees: number[] = [];

  constructor(model: Model) {
    for (const action of model.actions) this.#fired.set(action, { fired: 0, fresh: 0 });
  }

  fired(action: Action, fresh: boolean): void {
    const count = this.#fired.get(action);
    if (count === undefined) return;
    count.fired += 1;
    if (fresh) count.fresh += 1;
  }

  expanded(successors: number): void {
    this.#degrees[successors] = (this.#degrees[successors] ?? 0) + 1;
  }

  keptOut(constraint: string): void {
    addTo(this.outside, constraint, 1);
  }

  actions(): readonly ActionCount[] {
    return [...this.#fired].map(([{ name }, { fired, fresh }]) => ({ name, fired, fresh }));
  }

  outDegree(): OutDegree | null {
    return outDegreeOf(this.#degrees);
  }
}

/** From how many expanded states had `n` successors, at position `n`. */
export function outDegreeOf(degrees: readonly number[]): OutDegree | null {
  const counts = Array.from(degrees, (states = 0, degree) => ({ degree, states })).filter((c) => c.states > 0);
  const first = counts[0];
  const last = counts.at(-1);
  if (first === undefined || last === undefined) return null;
  const expanded = counts.reduce((sum, c) => sum + c.states, 0);
  const successors = counts.reduce((sum, c) => sum + c.states * c.degree, 0);
  let below = 0;
  const p95 = counts.find((c) => {
    below += c.states;
    return below >= expanded * 0.95;
  });
  return { min: first.degree, max: last.degree, mean: successors / expanded, p95: p95?.degree ?? last.degree };
}
