import type { Model } from "../../spec/lang/index.ts";
import type { TraceStep } from "../reference/reference.ts";
import { Semantics, type State, type Step } from "../reference/semantics.ts";
import { Disagreement } from "./disagreement.ts";
import { type Engine, noNode } from "./engine.ts";

/** A `Map` of V8 ends at 2^24 entries. */
const statesMax = 2 ** 24 - 1;

/** Plain states, and all of them kept as exact keys, each with the state it was first reached from. */
export class ReferenceEngine implements Engine {
  readonly name = "reference";
  readonly omission = 0;
  readonly semantics: Semantics;
  readonly #nodes = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #parents: number[] = [];
  #loaded: State = null;
  #settled: { readonly state: State; readonly key: string } = { state: null, key: "" };

  constructor(model: Model) {
    this.semantics = new Semantics(model);
  }

  get size(): number {
    return this.#keys.length;
  }

  get isFull(): boolean {
    return this.size >= statesMax;
  }

  initial(): Iterable<Step> {
    return this.semantics.initial();
  }

  load(node: number): State {
    this.#loaded = this.#state(node);
    return this.#loaded;
  }

  successors(): Iterable<Step> {
    return this.semantics.successors(this.#loaded);
  }

  settle({ after }: Step): void {
    this.#settled = { state: after, key: this.semantics.encode(after) };
  }

  add(parent: number): { readonly node: number; readonly fresh: boolean } {
    const { state, key } = this.#settled;
    const identity = this.semantics.identity(state, key);
    const known = this.#nodes.get(identity);
    if (known !== undefined) return { node: known, fresh: false };
    const node = this.#keys.length;
    this.#nodes.set(identity, node);
    this.#keys.push(key);
    this.#parents.push(parent);
    return { node, fresh: true };
  }

  traceTo(node: number): TraceStep[] {
    const path: number[] = [];
    for (let at = node; at !== noNode; at = this.#parents[at] ?? noNode) path.unshift(at);
    return path.map((at) => {
      const parent = this.#parents[at] ?? noNode;
      const steps = parent === noNode ? this.initial() : this.semantics.successors(this.#state(parent));
      return this.#stepTo(this.#keyOf(at), steps);
    });
  }

  behaviour(node: number, { action, choice, after }: Step): TraceStep[] {
    const state = this.semantics.decode(this.semantics.encode(after));
    return [...this.traceTo(node), { action: action.name, choice, state }];
  }

  #stepTo(key: string, steps: Iterable<Step>): TraceStep {
    for (const { action, choice, after } of steps) {
      if (this.semantics.encode(after) === key)
        return { action: action.name, choice, state: this.semantics.decode(key) };
    }
    throw new Disagreement("a step that was found is not found again from the same state");
  }

  #state(node: number): State {
    return this.semantics.decode(this.#keyOf(node));
  }

  #keyOf(node: number): string {
    const key = this.#keys[node];
    if (key === undefined) throw new Error(`no state has the number ${node}`);
    return key;
  }
}
