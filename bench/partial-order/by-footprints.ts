/**
 * What footprints allow: stubborn sets (A. Valmari, Stubborn sets for reduced state space generation, LNCS 483; Godefroid,
 * LNCS 1032, 4.5), closed at each state under two rules.
 *
 * - With a transition that the state allows come all transitions that write what it reads here, or read what it writes here,
 *   anywhere in the graph. Nothing else can change what it does until one of these is taken.
 * - With one that the state does not allow come all that write something of what was read to find that out.
 *
 * The members that the state allows are a persistent set. What transitions do elsewhere is taken from the whole graph, as if all
 * had been learnt beforehand: an engine would know less.
 */
import { type Footprint, Footprints } from "../../checker/compile/index.ts";
import type { Model } from "../../spec/lang/index.ts";
import { type Graph, propertiesOf } from "./graph.ts";
import { edgesOf, type Proposer } from "./reduced.ts";

export class FootprintProposer implements Proposer {
  /** For each edge 1 where it writes what a property may read. */
  readonly isVisible: Uint8Array;
  readonly #graph: Graph;
  readonly #footprints: Footprints;
  readonly #keepsProperties: boolean;
  /** For each place in a state the transitions that somewhere read and write it. */
  readonly #readers = new Map<number, Set<number>>();
  readonly #writers = new Map<number, Set<number>>();
  /** What must come along with footprints met before. */
  readonly #companions = new Map<string, readonly number[]>();

  constructor(model: Model, graph: Graph, keepsProperties: boolean) {
    this.#graph = graph;
    this.#keepsProperties = keepsProperties;
    this.#footprints = new Footprints(model);
    this.isVisible = new Uint8Array(graph.transition.length);
    const looked = new Set<number>();
    const { ofStates, ofSteps } = propertiesOf(model);
    const writes: (readonly number[])[] = [];
    for (let state = 0; state < graph.states; state += 1) {
      this.#footprints.enter(graph.stateAt(state));
      for (const property of ofStates) for (const one of this.#footprints.ofState(property)) looked.add(one);
      for (const edge of edgesOf(graph, state)) {
        const index = graph.transition[edge] ?? 0;
        const { action, choice } = this.#transition(index);
        const footprint = this.#footprints.ofWay(action, choice);
        if (!footprint.isEnabled) throw new Error("the graph has an edge that the views do not");
        for (const one of footprint.reads) addTo(this.#readers, one, index);
        for (const one of footprint.writes) addTo(this.#writers, one, index);
        writes[edge] = footprint.writes;
        for (const property of ofSteps)
          for (const one of this.#footprints.ofStep(property, action, choice)) looked.add(one);
      }
    }
    writes.forEach((written, edge) => {
      if (!graph.isStutterNeutral || written.some((one) => looked.has(one))) this.isVisible[edge] = 1;
    });
  }

  proposals(state: number): readonly (readonly number[])[] {
    this.#footprints.enter(this.#graph.stateAt(state));
    const edges = edgesOf(this.#graph, state);
    const byTransition = new Map(edges.map((edge) => [this.#graph.transition[edge] ?? 0, edge]));
    const known = new Map<number, readonly number[]>();
    const grown = edges.flatMap((edge) => {
      const some = this.#closure(this.#graph.transition[edge] ?? 0, byTransition, known);
      return some === null ? [] : [some];
    });
    return grown.sort((a, b) => a.length - b.length);
  }

  /** The edges of the state among all that must come along with this transition; null where one of them is visible, or all are there. */
  #closure(
    seed: number,
    byTransition: ReadonlyMap<number, number>,
    known: Map<number, readonly number[]>,
  ): readonly number[] | null {
    const closed = new Set([seed]);
    const edges: number[] = [];
    for (const index of closed) {
      const edge = byTransition.get(index);
      if (edge !== undefined) {
        edges.push(edge);
        if (edges.length === byTransition.size || (this.#keepsProperties && this.isVisible[edge] === 1)) return null;
      }
      const companions = known.get(index) ?? this.#companionsOf(index);
      known.set(index, companions);
      for (const other of companions) closed.add(other);
    }
    return edges;
  }

  /** What must come along with a transition at the state that was entered. */
  #companionsOf(index: number): readonly number[] {
    const { action, choice } = this.#transition(index);
    const footprint = this.#footprints.ofWay(action, choice);
    const key = keyOf(footprint);
    const known = this.#companions.get(key);
    if (known !== undefined) return known;
    const all = new Set<number>();
    for (const one of footprint.reads) for (const writer of this.#writers.get(one) ?? []) all.add(writer);
    for (const one of footprint.writes) for (const reader of this.#readers.get(one) ?? []) all.add(reader);
    const companions = [...all];
    this.#companions.set(key, companions);
    return companions;
  }

  #transition(index: number): Graph["transitions"][number] {
    const transition = this.#graph.transitions[index];
    if (transition === undefined) throw new RangeError(`there is no transition ${index}`);
    return transition;
  }
}

function keyOf({ reads, writes }: Footprint): string {
  return `${reads.join()} ${writes.join()}`;
}

function addTo(map: Map<number, Set<number>>, place: number, index: number): void {
  const known = map.get(place);
  if (known === undefined) map.set(place, new Set([index]));
  else known.add(index);
}
