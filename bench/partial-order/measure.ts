/** How many states partial-order reduction would leave of a model, at best and by footprints. */
import { packedRefusal } from "../../checker/compile/index.ts";
import type { Model } from "../../spec/lang/index.ts";
import { formatCount, formatTable } from "../statistics.ts";
import { FootprintProposer } from "./by-footprints.ts";
import { ExactProposer, visibleByLabels } from "./exact.ts";
import { graphOf } from "./graph.ts";
import { explore, nothingProposed, type Proposer, type Reduced } from "./reduced.ts";

export interface Subject {
  readonly name: string;
  readonly model: Model;
}

/** States of the full graph, and of what each reduction leaves of it. */
export interface Measured {
  readonly subject: string;
  readonly states: number;
  /** Deadlocks only are kept: persistent sets, nothing else. */
  readonly exactForDeadlocks: number;
  /** The answers of all properties are kept. */
  readonly exact: number;
  /** The same, where a step that writes what a property reads counts as one that may change its answer. */
  readonly exactVisibleByFootprints: number | null;
  /** Null where footprints do not say enough: of a constraint, every step reads what it reads. */
  readonly footprintsForDeadlocks: number | null;
  readonly footprints: number | null;
}

/** Throws `Error` where a reduced graph lacks a deadlock or an answer of a property. */
export function measure({ name, model }: Subject): Measured {
  const graph = graphOf(model);
  const full = explore(graph, nothingProposed, false);
  const forDeadlocks = (proposer: Proposer): number => same(name, "deadlocks", full, explore(graph, proposer, false));
  const forAll = (proposer: Proposer): number => same(name, "all", full, explore(graph, proposer, true));
  const nothing = new Uint8Array(graph.transition.length);
  const exactly = (isVisible: Uint8Array): Proposer => new ExactProposer(graph, { isVisible, ofSteps: true });
  const hasFootprints = model.spec.constraints.length === 0 && packedRefusal(model) === null;
  const footprints = hasFootprints ? new FootprintProposer(model, graph, true) : null;
  return {
    subject: name,
    states: full.states,
    exactForDeadlocks: forDeadlocks(new ExactProposer(graph, { isVisible: nothing, ofSteps: false })),
    exact: forAll(exactly(visibleByLabels(graph))),
    exactVisibleByFootprints: footprints === null ? null : forAll(exactly(footprints.isVisible)),
    footprintsForDeadlocks: footprints === null ? null : forDeadlocks(new FootprintProposer(model, graph, false)),
    footprints: footprints === null ? null : forAll(footprints),
  };
}

/** The states of a reduced graph that has what must be kept. */
function same(name: string, kept: "deadlocks" | "all", full: Reduced, reduced: Reduced): number {
  const isSame = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean =>
    one.size === other.size && [...one].every((member) => other.has(member));
  const isKept =
    isSame(full.deadlocks, reduced.deadlocks) &&
    (kept === "deadlocks" ||
      (isSame(full.stateLabels, reduced.stateLabels) && isSame(full.edgeLabels, reduced.edgeLabels)));
  if (!isKept) throw new Error(`${name}: the reduced graph does not have the deadlocks and answers of the full one`);
  return reduced.states;
}

export function formatMeasured(all: readonly Measured[]): string {
  const head = [
    "model",
    "states",
    "exact, deadlocks",
    "exact",
    "exact, written",
    "footprints, deadlocks",
    "footprints",
  ];
  const rows = all.map((one) => {
    const left = (states: number | null): string =>
      states === null ? "-" : `${formatCount(states)} (${(one.states / states).toFixed(2)})`;
    return [
      one.subject,
      formatCount(one.states),
      left(one.exactForDeadlocks),
      left(one.exact),
      left(one.exactVisibleByFootprints),
      left(one.footprintsForDeadlocks),
      left(one.footprints),
    ];
  });
  return formatTable([head, ...rows]);
}
