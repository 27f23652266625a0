/** The part of a graph that is left where some states are expanded by some of their transitions only. */
import type { Graph } from "./graph.ts";

/** Who proposes which edges of a state to follow. */
export interface Proposer {
  /** Sets of edges of this state that would do in place of all of them, the best first. None is empty, and none is all. */
  proposals(state: number): readonly (readonly number[])[];
}

export interface Reduced {
  readonly states: number;
  readonly edges: number;
  /** What was met on the way: states without successors, and labels of states and of edges. */
  readonly deadlocks: ReadonlySet<number>;
  readonly stateLabels: ReadonlySet<number>;
  readonly edgeLabels: ReadonlySet<number>;
}

export const nothingProposed: Proposer = { proposals: () => [] };

/**
 * Explores a graph breadth-first. With `hasProviso`, a proposal is taken only where one of its edges leads to a state that was
 * not expanded before, so that nothing is put off for ever: the proviso for breadth-first search of Bošnački, Leue and
 * Lluch Lafuente, Partial-Order Reduction for General State Exploring Algorithms, STTT 11 (2009).
 * States that differ in the names of symmetric ids count once, where the model says so: what is persistent in a state is so,
 * renamed, in the renamed state.
 */
export function explore(graph: Graph, proposer: Proposer, hasProviso: boolean): Reduced {
  const { stateLabel, edgeLabel } = graph;
  const endOf = (edge: number): number => graph.representative[graph.target[edge] ?? -1] ?? -1;
  const isSeen = new Uint8Array(graph.states);
  const isExpanded = new Uint8Array(graph.states);
  const queue: number[] = [];
  const stateLabels = new Set<number>();
  const edgeLabels = new Set<number>();
  const deadlocks = new Set<number>();
  let edges = 0;
  const take = (state: number): void => {
    if (isSeen[state] === 1) return;
    isSeen[state] = 1;
    stateLabels.add(stateLabel[state] ?? -1);
    queue.push(state);
  };
  for (const state of graph.initial) take(graph.representative[state] ?? -1);
  for (const state of queue) {
    isExpanded[state] = 1;
    const all = edgesOf(graph, state);
    if (all.length === 0) deadlocks.add(state);
    const isEnough = (some: readonly number[]): boolean =>
      !hasProviso || some.some((edge) => isExpanded[endOf(edge)] === 0);
    const followed = all.length < 2 ? all : (proposer.proposals(state).find(isEnough) ?? all);
    for (const edge of followed) {
      edges += 1;
      edgeLabels.add(edgeLabel[edge] ?? -1);
      take(endOf(edge));
    }
  }
  return { states: queue.length, edges, deadlocks, stateLabels, edgeLabels };
}

/** The edges of a state. */
export function edgesOf({ first }: Graph, state: number): readonly number[] {
  const from = first[state] ?? 0;
  return Array.from({ length: (first[state + 1] ?? 0) - from }, (_, i) => from + i);
}
