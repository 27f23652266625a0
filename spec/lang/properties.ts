/** Properties: what a spec says of its states, of its steps and of its behaviours, and the builders of each kind. */
import { structuralKey } from "./plain/structure.ts";
import type { Action } from "./protocol.ts";

interface PropertyText {
  /** The property in one English sentence. */
  readonly says: string;
  readonly source?: string;
}

export interface InvariantDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  /** The antecedent, where the property is about some states only: a run reports if it was never true. */
  readonly when?: (s: S, c: C) => boolean;
  readonly holds: (s: S, c: C) => boolean;
}

export interface StepInvariantDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  /** The property is about the steps of these actions. Absent: of all. */
  readonly of?: readonly Action[];
  readonly when?: (before: S, after: S, c: C) => boolean;
  readonly holds: (before: S, after: S, c: C) => boolean;
}

export interface OnlyByDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  /** What changes: a field, or several in an array. It is compared by content. */
  readonly changes: (s: S, c: C) => unknown;
  /** The actions that may change it. */
  readonly actions: readonly Action[];
}

export interface ReachableDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  /** The goal: some reachable state satisfies it. */
  readonly goal: (s: S, c: C) => boolean;
}

export interface ReachableStepDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  /** The goal: some reachable transition satisfies it. */
  readonly goal: (before: S, after: S, c: C) => boolean;
}

export interface LeadsToDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  readonly from: (s: S, c: C) => boolean;
  readonly to: (s: S, c: C) => boolean;
}

export interface AlwaysEventuallyDeclaration<S, C> extends PropertyText {
  readonly part?: (c: C) => boolean;
  readonly goal: (s: S, c: C) => boolean;
}

interface Named {
  readonly name: string;
  readonly says: string;
  readonly source?: string;
  readonly part: (c: unknown) => boolean;
}
export type StatePredicate = (s: unknown, c: unknown) => boolean;
export type StepPredicate = (before: unknown, after: unknown, c: unknown) => boolean;

export type Invariant = Named & {
  readonly kind: "invariant";
  /** Whether it must hold in every reachable state, or in the initial ones alone. */
  readonly of: "every-state" | "initial-states";
  readonly when: StatePredicate | null;
  readonly holds: StatePredicate;
};
export type StepInvariant = Named & {
  readonly kind: "step";
  /** Whether it is about the steps of the action with this name. */
  readonly speaksOf: (action: string) => boolean;
  readonly when: StepPredicate | null;
  readonly holds: StepPredicate;
};
/** `before` is null for an initial state. */
type GoalPredicate = (before: unknown, after: unknown, c: unknown) => boolean;
export type Reachable = Named & {
  readonly kind: "reachable";
  /** Whether the goal is about a state alone, or about the step to it. */
  readonly of: "state" | "step";
  readonly goal: GoalPredicate;
};
export type LeadsTo = Named & { readonly kind: "leads-to"; readonly from: StatePredicate; readonly to: StatePredicate };
export type AlwaysEventually = Named & { readonly kind: "always-eventually"; readonly goal: StatePredicate };
export type Property = Invariant | StepInvariant | Reachable | LeadsTo | AlwaysEventually;

/** The typed builders of properties. */
export interface PropertyBuilders<S, C> {
  invariant(name: string, declaration: InvariantDeclaration<S, C>): Invariant;
  /** A property of the initial states alone: `Init => P`. */
  initialInvariant(name: string, declaration: InvariantDeclaration<S, C>): Invariant;
  stepInvariant(name: string, declaration: StepInvariantDeclaration<S, C>): StepInvariant;
  /** Some part of the state that no other actions may change: `[][A \/ B]_v`. */
  changedOnlyBy(name: string, declaration: OnlyByDeclaration<S, C>): StepInvariant;
  reachable(name: string, declaration: ReachableDeclaration<S, C>): Reachable;
  /** A goal that takes a transition to see: something is overwritten, something moves. */
  reachableStep(name: string, declaration: ReachableStepDeclaration<S, C>): Reachable;
  leadsTo(name: string, declaration: LeadsToDeclaration<S, C>): LeadsTo;
  alwaysEventually(name: string, declaration: AlwaysEventuallyDeclaration<S, C>): AlwaysEventually;
}

const always = (): boolean => true;

/** The builders of any protocol, its types forgotten. */
export const propertyBuilders: PropertyBuilders<unknown, unknown> = {
  invariant: (n, { part = always, when = null, ...rest }) => {
    return { kind: "invariant", of: "every-state", name: n, part, when, ...rest };
  },
  initialInvariant: (n, { part = always, when = null, ...rest }) => {
    return { kind: "invariant", of: "initial-states", name: n, part, when, ...rest };
  },
  stepInvariant: (n, { part = always, when = null, of, ...rest }) => {
    const speaksOf = of === undefined ? always : among(of);
    return { kind: "step", name: n, part, when, speaksOf, ...rest };
  },
  changedOnlyBy: (n, { part = always, changes, actions, ...rest }) => {
    const may = among(actions);
    const holds: StepPredicate = (before, after, c) =>
      structuralKey(changes(before, c)) === structuralKey(changes(after, c));
    return { kind: "step", name: n, part, when: null, speaksOf: (name) => !may(name), holds, ...rest };
  },
  reachable: (n, { part = always, goal, ...rest }) => ({
    kind: "reachable",
    of: "state",
    name: n,
    part,
    ...rest,
    goal: (_, s, c) => goal(s, c),
  }),
  reachableStep: (n, { part = always, goal, ...rest }) => {
    const taken: GoalPredicate = (before, after, c) => before !== null && goal(before, after, c);
    return { kind: "reachable", of: "step", name: n, part, ...rest, goal: taken };
  },
  leadsTo: (n, { part = always, ...rest }) => ({ kind: "leads-to", name: n, part, ...rest }),
  alwaysEventually: (n, { part = always, ...rest }) => ({ kind: "always-eventually", name: n, part, ...rest }),
};

function among(actions: readonly Action[]): (name: string) => boolean {
  const names = new Set(actions.map(({ name }) => name));
  return (name) => names.has(name);
}
