/**
 * What a spec is made of: a protocol (constants, state and replaceable rules) gives typed builders for actions and
 * properties, each in a file of its own; `spec` gathers them.
 */

import type { ConstantDeclarations, ConstantsOf } from "./constants.ts";
import { DeclarationError } from "./errors.ts";
import type { IdSet } from "./ids.ts";
import { startOf } from "./initial.ts";
import { refuseLostName } from "./names.ts";
import {
  type Property,
  type PropertyBuilders,
  propertyBuilders,
  type StatePredicate,
  type StepPredicate,
} from "./properties.ts";
import type { DraftOf, RecordSchema, Schema, ViewOf } from "./schema.ts";

/** Pure functions that a variant of the spec may replace one by one; guards and effects find them at `c.rules`. */
export type Rules = Readonly<Record<string, (...args: never[]) => unknown>>;

/** The values a parameter ranges over that depend on the state, and on the parameters `Earlier` declared before it. */
export interface Found<V = unknown, Earlier = never> {
  readonly kind: "found";
  readonly in: (state: never, earlier: Earlier, constants: never) => Iterable<V>;
}

/** The parameters before one that does not say which of them it takes. */
type NoParams = Readonly<Record<never, never>>;

export type Params = Readonly<Record<string, Schema | Found>>;
type ParamValue<P> = P extends Found<infer V> ? V : ViewOf<P>;
/** The values of an action's parameters. */
export type ParamValues<P extends Params> = { readonly [K in keyof P]: ParamValue<P[K]> };
/**
 * What a domain that depends on other parameters must find among them: their names, with the types that it gave them.
 * That they are declared before it is checked when the action is tried, because a type knows no order of its fields.
 */
export type Consistent<P extends Params> = {
  readonly [K in keyof P]: P[K] extends Found<unknown, infer Earlier>
    ? ParamValues<Omit<P, K>> extends Earlier
      ? unknown
      : { readonly "the other parameters do not give what this one takes": Earlier }
    : unknown;
};

/** What a fairness mark assumes of an action; only liveness properties read it. */
export type Fairness = "weak" | "strong";

export interface ActionDeclaration<S, D, C, P extends Params> {
  /** One sentence: what happens. */
  readonly says: string;
  /** The rule's place in the paper, and its TLA+ name. */
  readonly source?: string;
  /** The action exists only in models where this is true. */
  readonly part?: (c: C) => boolean;
  /** The finite domain of each parameter. */
  readonly params?: (c: C) => P & Consistent<P>;
  /** Whether the action can happen. Without a guard it always can. */
  readonly guard?: (s: S, p: ParamValues<P>, c: C) => boolean;
  /** Changes the draft from the state before to the state after. */
  readonly effect: (s: D, p: ParamValues<P>, c: C) => void;
  readonly fair?: Fairness;
}

/** An action of any protocol, its types forgotten: what an engine works on. */
export interface Action
  extends Omit<ActionDeclaration<unknown, unknown, unknown, Params>, "guard" | "effect" | "params" | "part"> {
  readonly name: string;
  readonly part: (c: unknown) => boolean;
  readonly params: (c: unknown) => Params;
  readonly guard: (s: unknown, p: unknown, c: unknown) => boolean;
  readonly effect: (s: unknown, p: unknown, c: unknown) => void;
}

/** A bound on the exploration: a state (or a transition) that fails it is checked but not explored further. */
export interface StateConstraint {
  readonly kind: "state-constraint";
  readonly name: string;
  readonly says: string;
  readonly within: StatePredicate;
}
export interface ActionConstraint {
  readonly kind: "action-constraint";
  readonly name: string;
  readonly says: string;
  readonly within: StepPredicate;
}
export type Constraint = StateConstraint | ActionConstraint;

export interface InitDeclaration<D, C, P extends Params> {
  /** The choices an initial state depends on; without them there is one initial state. */
  readonly params?: (c: C) => P & Consistent<P>;
  readonly guard?: (s: D, p: ParamValues<P>, c: C) => boolean;
  /** Assigns the fields that do not start with what their schema declares, or at their smallest, first, `null` or empty value. */
  readonly effect: (s: D, p: ParamValues<P>, c: C) => void;
}

/** Everything a checker needs to know of a protocol, its types forgotten. */
export interface Spec {
  readonly name: string;
  readonly says: string;
  readonly source?: string;
  readonly constants: ConstantDeclarations;
  readonly rules: Rules;
  readonly state: (c: unknown) => RecordSchema;
  readonly init: Action;
  /** False where the spec declares no `init`, and the schema alone says how it begins. */
  readonly declaresInit: boolean;
  readonly actions: readonly Action[];
  readonly properties: readonly Property[];
  readonly constraints: readonly Constraint[];
  /** States with equal views count as one state. Null: the state itself. */
  readonly view: ((s: unknown, c: unknown) => unknown) | null;
  /** The id-set constants whose members are interchangeable. */
  readonly symmetry: readonly string[];
  /** True where a state without successors is a legal end and not a deadlock. */
  readonly terminates: boolean;
  /** What can never matter again; null where the spec says nothing of it. */
  readonly deadData: DeadData | null;
}

/** Elements of a set or bag that can never matter again. */
export interface DeadElements {
  readonly in: (s: unknown) => unknown;
  readonly isDead: (s: unknown, element: unknown, c: unknown) => boolean;
}

/** What can never matter again: no guard, effect or property will ever tell a difference. */
export interface DeadData {
  readonly says: string;
  /** Gives fields that nobody will read before they are written the value that they have by default. */
  readonly reset: (s: unknown, c: unknown) => void;
  readonly elements: readonly DeadElements[];
}

export interface DeadDataDeclaration<D, C> {
  /** In one sentence: what is dead, and when. */
  readonly says: string;
  readonly reset?: (s: D, c: C) => void;
  /** Made by `deadElements`. They are looked for after the fields were reset. */
  readonly elements?: readonly DeadElements[];
}

/** A set or a bag of the draft, as far as dead elements go. */
interface Removable<E> extends Iterable<E> {
  remove(element: E): void;
}

/** The names of the constants that are id sets. */
type IdSetsOf<C> = { [K in keyof C]: C[K] extends IdSet ? K : never }[keyof C] & string;

export interface SpecDeclaration<S, D, C, P extends Params> {
  readonly says: string;
  readonly source?: string;
  readonly init?: InitDeclaration<D, C, P>;
  readonly actions: readonly Action[];
  readonly properties: readonly Property[];
  readonly constraints?: readonly Constraint[];
  readonly view?: (s: S, c: C) => unknown;
  readonly symmetry?: readonly IdSetsOf<C>[];
  readonly terminates?: boolean;
  /** States that differ in nothing else count as one, where a run asks for it. */
  readonly deadData?: DeadDataDeclaration<D, C>;
}

/** The typed builders of one protocol. */
export interface Protocol<S, D, C> extends PropertyBuilders<S, C> {
  action<P extends Params = Record<never, never>>(name: string, declaration: ActionDeclaration<S, D, C, P>): Action;
  /**
   * A parameter that ranges over a collection of the state, for instance the messages now in a bag. It may depend on the
   * parameters that are declared before it: `found((s, { i }: { i: Server }) => s.inboxes.get(i))`.
   */
  found<V>(elements: (s: S, earlier: NoParams, c: C) => Iterable<V>): Found<V, NoParams>;
  found<V, Earlier>(elements: (s: S, earlier: Earlier, c: C) => Iterable<V>): Found<V, Earlier>;
  /** The elements of a set or bag that can never matter again, by fields of the state that are in no set or bag. */
  deadElements<E>(within: (s: D) => Removable<E>, isDead: (s: S, element: E, c: C) => boolean): DeadElements;
  stateConstraint(
    name: string,
    declaration: { readonly says: string; readonly within: (s: S, c: C) => boolean },
  ): StateConstraint;
  actionConstraint(
    name: string,
    declaration: { readonly says: string; readonly within: (before: S, after: S, c: C) => boolean },
  ): ActionConstraint;
  spec<P extends Params = Record<never, never>>(declaration: SpecDeclaration<S, D, C, P>): Spec;
}

export interface ProtocolDeclaration<CD extends ConstantDeclarations, R extends Rules, State extends Schema> {
  readonly constants: CD;
  readonly state: (c: ConstantsOf<CD>) => State;
  readonly rules?: R;
}

/** The constants as guards and effects see them, with the replaceable rules at `rules`. */
export type ContextOf<CD extends ConstantDeclarations, R extends Rules> = ConstantsOf<CD> & { readonly rules: R };

/** Declares a protocol and returns its typed builders. */
export function protocol<
  const CD extends ConstantDeclarations,
  State extends RecordSchema,
  R extends Rules = Record<never, never>,
>(
  name: string,
  declaration: ProtocolDeclaration<CD, R, State>,
): Protocol<ViewOf<State>, DraftOf<State>, ContextOf<CD, R>> {
  type Built = Protocol<unknown, unknown, unknown>;
  refuseNames(name, declaration.constants);
  const always = (): boolean => true;
  const none = (): Params => ({});
  const action: Built["action"] = (actionName, { part = always, params = none, guard = always, ...rest }) =>
    ({ name: actionName, part, params, guard, ...rest }) as Action;
  const built: Built = {
    action,
    found: <V, Earlier>(elements: (s: unknown, earlier: Earlier, c: unknown) => Iterable<V>): Found<V, Earlier> => ({
      kind: "found",
      in: elements,
    }),
    ...propertyBuilders,
    deadElements: (within, isDead) => ({ in: within, isDead }) as DeadElements,
    stateConstraint: (n, rest) => ({ kind: "state-constraint", name: n, ...rest }),
    actionConstraint: (n, rest) => ({ kind: "action-constraint", name: n, ...rest }),
    spec: ({ init, deadData, ...rest }) =>
      withDistinctNames({
        name,
        constants: declaration.constants,
        rules: declaration.rules ?? {},
        state: declaration.state as Spec["state"],
        constraints: [],
        view: null,
        symmetry: [],
        terminates: false,
        deadData: deadData === undefined ? null : ({ reset: () => undefined, elements: [], ...deadData } as DeadData),
        ...rest,
        declaresInit: init !== undefined,
        init: beginning(
          action("Init", { says: "The initial states.", effect: () => undefined, ...init } as Parameters<
            Built["action"]
          >[1]),
          init?.guard !== undefined,
          declaration.state as Spec["state"],
        ),
      }),
  };
  return built as Protocol<ViewOf<State>, DraftOf<State>, ContextOf<CD, R>>;
}

/** `Init`, with the initial values that the schema declares in the state that it sees and begins from. */
function beginning(init: Action, hasGuard: boolean, stateOf: Spec["state"]): Action {
  const start = startOf(stateOf);
  const domain = (found: Found): Found => ({
    kind: "found",
    in: (s: unknown, earlier: never, c: never) => found.in(start.seen(s, c) as never, earlier, c),
  });
  return {
    ...init,
    params: (c) =>
      Object.fromEntries(
        Object.entries(init.params(c)).map(([name, one]) => [name, one.kind === "found" ? domain(one as Found) : one]),
      ),
    guard: hasGuard ? (s, p, c) => init.guard(start.seen(s, c), p, c) : init.guard,
    effect: (s, p, c) => {
      start.put(s, c);
      init.effect(s, p, c);
    },
  };
}

function refuseNames(name: string, constants: ConstantDeclarations): void {
  refuseLostName(constants, `${name}: constants`);
  if (!Object.hasOwn(constants, "rules")) return;
  throw new DeclarationError(
    `${name}: a constant may not be named rules, because c.rules has the rules that can be replaced`,
    "Write another name for the constant.",
  );
}

/** Reports, traces and command lines know actions, properties and constraints by their names alone. */
function withDistinctNames(spec: Spec): Spec {
  const groups = { actions: spec.actions, properties: spec.properties, constraints: spec.constraints };
  for (const [group, members] of Object.entries(groups)) {
    const names = members.map((member) => member.name);
    const all: readonly { readonly name: string }[] = members;
    const repeated = all.find((member, position) => all.indexOf(member) !== position);
    if (repeated !== undefined)
      throw new DeclarationError(
        `${spec.name}: ${repeated.name} is twice among its ${group}`,
        `Write each of its ${group} once.`,
      );
    const twice = names.find((name, position) => names.indexOf(name) !== position);
    if (twice !== undefined) {
      throw new DeclarationError(
        `${spec.name}: two of its ${group} are named ${twice}`,
        "Write another name for one of them.",
      );
    }
  }
  return spec;
}

/** The spec with another state, made from its own: how a mutant keeps something that the spec does not. */
export function withState<C>(spec: Spec, change: (state: RecordSchema, c: C) => RecordSchema): Spec {
  const state: Spec["state"] = (c) => change(spec.state(c), c as C);
  return { ...spec, state, init: beginning(spec.init, true, state) };
}

/** The spec with some of its rules replaced: how a mutant differs from the spec it breaks. */
export function withRules(spec: Spec, rules: Rules): Spec {
  for (const rule of Object.keys(rules)) {
    if (!Object.hasOwn(spec.rules, rule)) {
      const names = Object.keys(spec.rules);
      const tryThis =
        names.length === 0
          ? "Declare it in the protocol, with rules: { ... }."
          : names.length === 1
            ? `Write ${names[0]}.`
            : `Write one of ${names.join(", ")}.`;
      throw new DeclarationError(`${spec.name} has no rule named ${rule}`, tryThis);
    }
  }
  return { ...spec, rules: { ...spec.rules, ...rules } };
}
