/**
 * The most that independence can be worth: it is read off the full graph, which no analysis knows beforehand.
 *
 * A set T of transitions that a state s allows is *persistent* in s if, on every path from s that takes no transition of T, each
 * transition taken is independent of every member of T in the state where it is taken (P. Godefroid, Partial-Order Methods for
 * the Verification of Concurrent Systems, LNCS 1032, definition 4.1; it is C1 of Clarke, Grumberg and Peled, Model Checking,
 * 10.3). Two transitions that a state allows are independent in it if neither disables the other and both orders lead to one
 * state. Persistent sets keep every deadlock. Here that is decided exactly, state by state, and so are two further demands,
 * which keep the answers of properties:
 *
 * - on those same paths, no member of T would lead to a state with another label (C2, and no more of it than is needed);
 * - both orders of two independent transitions pass the same labels of edges.
 *
 * Of the persistent sets of a state a small one is chosen: from each transition a set is grown by what keeps it from being
 * persistent. A cleverer choice might leave fewer states yet.
 */
import type { Graph } from "./graph.ts";
import { edgesOf, type Proposer } from "./reduced.ts";

/** What a reduction must keep besides deadlocks. */
export interface Kept {
  /** For each edge 1 where a property may answer otherwise after it than before it. */
  readonly isVisible: Uint8Array;
  /** Whether labels of edges are kept as well. */
  readonly ofSteps: boolean;
}

export function visibleByLabels({ states, first, target, stateLabel, transition }: Graph): Uint8Array {
  const isVisible = new Uint8Array(transition.length);
  for (let state = 0; state < states; state += 1) {
    for (let edge = first[state] ?? 0; edge < (first[state + 1] ?? 0); edge += 1)
      if (stateLabel[target[edge] ?? 0] !== stateLabel[state]) isVisible[edge] = 1;
  }
  return isVisible;
}

export class ExactProposer implements Proposer {
  readonly #graph: Graph;
  readonly #kept: Kept;
  /** For each edge the edges of the same state that depend on it. */
  readonly #dependents: (readonly number[])[] = [];
  /** For each transition the states that allow it, ascending. */
  readonly #allowing: number[][];
  /** For each state the edges that lead to it, and the states they come from. */
  readonly #incoming: number[][];
  readonly #source: Int32Array;
  /** For each set of transitions in which it is not persistent: one bit a state. Of states that do not allow all of it nothing is said. */
  readonly #failing = new Map<string, Uint8Array>();

  constructor(graph: Graph, kept: Kept) {
    this.#graph = graph;
    this.#kept = kept;
    this.#allowing = graph.transitions.map(() => []);
    this.#incoming = Array.from({ length: graph.states }, () => []);
    this.#source = new Int32Array(graph.transition.length);
    for (let state = 0; state < graph.states; state += 1) {
      const edges = edgesOf(graph, state);
      for (const edge of edges) {
        this.#allowing[graph.transition[edge] ?? -1]?.push(state);
        this.#incoming[graph.target[edge] ?? -1]?.push(edge);
        this.#source[edge] = state;
        this.#dependents[edge] = edges.filter((other) => other !== edge && !this.#areIndependent(edge, other));
      }
    }
  }

  proposals(state: number): readonly (readonly number[])[] {
    const edges = edgesOf(this.#graph, state);
    const grown = edges.flatMap((edge) => {
      const some = this.#grown(state, edges, edge);
      return some === null ? [] : [some];
    });
    return grown.sort((a, b) => a.length - b.length);
  }

  /** A persistent set with this edge and not all others, or null. */
  #grown(state: number, edges: readonly number[], seed: number): readonly number[] | null {
    const { transition, target } = this.#graph;
    const some = [seed];
    while (some.length < edges.length) {
      const failing = this.#failingFor(some.map((edge) => transition[edge] ?? 0));
      if (!has(failing, state)) return some;
      const others = edges.filter((edge) => !some.includes(edge));
      const culprit =
        others.find((edge) => this.#dependents[edge]?.some((one) => some.includes(one))) ??
        others.find((edge) => has(failing, target[edge] ?? 0));
      if (culprit === undefined) return null;
      some.push(culprit);
    }
    return null;
  }

  /** The states from which a path without these transitions leads to where they are dependent on what is taken, or visible. */
  #failingFor(unsorted: readonly number[]): Uint8Array {
    const taken = [...unsorted].sort((a, b) => a - b);
    const key = taken.join();
    const known = this.#failing.get(key);
    if (known !== undefined) return known;
    const { transition } = this.#graph;
    const isTaken = (edge: number): boolean => taken.includes(transition[edge] ?? -1);
    const states = this.#allowingAll(taken);
    const allowsAll = bits(this.#graph.states);
    for (const state of states) put(allowsAll, state);
    const failing = bits(this.#graph.states);
    const open: number[] = [];
    const fail = (state: number): void => {
      if (has(failing, state) || !has(allowsAll, state)) return;
      put(failing, state);
      open.push(state);
    };
    for (const state of states) {
      const fails = edgesOf(this.#graph, state).some(
        (edge) =>
          isTaken(edge) &&
          (this.#kept.isVisible[edge] === 1 || this.#dependents[edge]?.some((other) => !isTaken(other)) === true),
      );
      if (fails) fail(state);
    }
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const edge of this.#incoming[state] ?? []) if (!isTaken(edge)) fail(this.#source[edge] ?? 0);
    }
    this.#failing.set(key, failing);
    return failing;
  }

  #allowingAll(taken: readonly number[]): readonly number[] {
    const [shortest = [], ...rest] = taken.map((one) => this.#allowing[one] ?? []).sort((a, b) => a.length - b.length);
    return shortest.filter((state) =>
      rest.length === 0 ? true : taken.every((one) => this.#edgeOf(state, one) !== undefined),
    );
  }

  #edgeOf(state: number, transition: number): number | undefined {
    return edgesOf(this.#graph, state).find((edge) => this.#graph.transition[edge] === transition);
  }

  /** Of two edges of one state. */
  #areIndependent(one: number, other: number): boolean {
    const { transition, target, edgeLabel } = this.#graph;
    const after = this.#edgeOf(target[one] ?? 0, transition[other] ?? 0);
    const before = this.#edgeOf(target[other] ?? 0, transition[one] ?? 0);
    if (after === undefined || before === undefined || target[after] !== target[before]) return false;
    if (!this.#kept.ofSteps) return true;
    return edgeLabel[one] === edgeLabel[before] && edgeLabel[other] === edgeLabel[after];
  }
}

function bits(count: number): Uint8Array {
  return new Uint8Array((count >>> 3) + 1);
}

function has(set: Uint8Array, index: number): boolean {
  return (((set[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1;
}

function put(set: Uint8Array, index: number): void {
  set[index >>> 3] = (set[index >>> 3] ?? 0) | (1 << (index & 7));
}
