import { SpecError } from "../../spec/lang/index.ts";
import type { TraceStep } from "../reference/reference.ts";
import type { Semantics, State, Step } from "../reference/semantics.ts";

/** A `Map` of V8 ends at 2^24 entries. */
const statesMax = 2 ** 24 - 1;

/** The parent of an initial state. */
export const noNode = -1;

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

  /** The node of the state, and whether it is new. `parent` is `noNode` for an initial state. */
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

  state(node: number): State {
    return this.#semantics.decode(this.#keyOf(node));
  }

  /** The behaviour from an initial state to this node, empty for `noNode`. Actions and choices are found again by running the spec. */
  traceTo(node: number): TraceStep[] {
    const path: number[] = [];
    for (let at = node; at !== noNode; at = this.#parents[at] ?? noNode) path.unshift(at);
    return path.map((at) => {
      const parent = this.#parents[at] ?? noNode;
      const key = this.#keyOf(at);
      const steps = parent === noNode ? this.#semantics.initial() : this.#semantics.successors(this.state(parent));
      return this.#stepTo(key, steps);
    });
  }

  #stepTo(key: string, steps: Iterable<Step>): TraceStep {
    for (const { action, choice, after } of steps) {
      if (this.#semantics.encode(after) === key)
        return { action: action.name, choice, state: this.#semantics.decode(key) };
    }
    throw new SpecError("a stored state is not a successor of its parent: the spec is not a function of the state");
  }

  #keyOf(node: number): string {
    const key = this.#keys[node];
    if (key === undefined) throw new Error(`no state has the number ${node}`);
    return key;
  }
}
