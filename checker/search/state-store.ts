import type { TraceStep } from "../reference/reference.ts";
import type { Semantics, State, Step } from "../reference/semantics.ts";

/** A `Map` of V8 ends at 2^24 entries. */
const statesMax = 2 ** 24 - 1;

/** All states seen, exactly, each with the state it was first reached from. Nodes are numbered from zero. */
export class StateStore {
  readonly #semantics: Semantics;
  readonly #nodes = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #parents: number[] = [];

  constructor(semantics: Semantics) {
    this.#semantics = semantics;
  }

  get size(): number {
    return this.#keys.length;
  }

  get isFull(): boolean {
    return this.size >= statesMax;
  }

  /** The node of the state, and whether it is new. `parent` is -1 for an initial state. */
  add(state: State, key: string, parent: number): { readonly node: number; readonly fresh: boolean } {
    const identity = this.#semantics.identity(state, key);
    const known = this.#nodes.get(identity);
    if (known !== undefined) return { node: known, fresh: false };
    const node = this.#keys.length;
    this.#nodes.set(identity, node);
    this.#keys.push(key);
    this.#parents.push(parent);
    return { node, fresh: true };
  }

  /** A shorter way to a known state was found. */
  reparent(node: number, parent: number): void {
    this.#parents[node] = parent;
  }

  state(node: number): State {
    return this.#semantics.decode(this.#keyOf(node));
  }

  /** The behaviour from an initial state to this node. Actions and choices are found again by running the spec. */
  traceTo(node: number): TraceStep[] {
    const path: number[] = [];
    for (let at = node; at >= 0; at = this.#parents[at] ?? -1) path.unshift(at);
    return path.map((at) => {
      const parent = this.#parents[at] ?? -1;
      const key = this.#keyOf(at);
      const steps = parent < 0 ? this.#semantics.initial() : this.#semantics.successors(this.state(parent));
      return this.#stepTo(key, steps);
    });
  }

  #stepTo(key: string, steps: Iterable<Step>): TraceStep {
    for (const step of steps) {
      if (this.#semantics.encode(step.after) === key) return traceStep(step);
    }
    throw new Error("a stored state is not a successor of its parent: the spec is not a function of the state");
  }

  #keyOf(node: number): string {
    const key = this.#keys[node];
    if (key === undefined) throw new Error(`no state has the number ${node}`);
    return key;
  }
}

export function traceStep(step: Step): TraceStep {
  return { action: step.action.name, choice: step.choice, state: step.after };
}
