/** The whole graph of a model, small enough to be held, as numbers. */
import { type Choice, Semantics, type State } from "../../checker/index.ts";
import { type Model, type Property, structuralKey } from "../../spec/lang/index.ts";

/** An action with its parameters: what can happen in many states. */
export interface Transition {
  readonly action: number;
  readonly choice: Choice;
}

/** The edges of state `s` are those from `first[s]` up to `first[s + 1]`: each transition once, in the order of the spec. */
export interface Graph {
  readonly states: number;
  readonly initial: readonly number[];
  readonly transitions: readonly Transition[];
  readonly first: Int32Array;
  readonly transition: Int32Array;
  readonly target: Int32Array;
  /** Of each state: which invariants are true, and which goals are met. Equal numbers for equal answers. */
  readonly stateLabel: Int32Array;
  /** The same of each edge, for properties of steps. */
  readonly edgeLabel: Int32Array;
  /** Whether a step that changes nothing gives the same answers as every edge does, so that to leave it out changes none. */
  readonly isStutterNeutral: boolean;
  /** Of each state one that stands for all that differ from it in the names of symmetric ids; itself where none are. */
  readonly representative: Int32Array;
  readonly stateAt: (index: number) => State;
}

/** A model whose graph is larger than this is refused. */
const statesMax = 120_000;

/**
 * Every state within the constraints, and every step between two of them. Throws `RangeError` where there are too many.
 * With dead data, a step leads to the state that remains.
 */
export function graphOf(model: Model): Graph {
  const semantics = new Semantics(model);
  const labels = new Labels(model);
  const indexes = new Map<string, number>();
  const keys: string[] = [];
  const transitions = new Map<string, number>();
  const known: Transition[] = [];
  const first = [0];
  const representative: number[] = [];
  const orbits = new Map<string, number>();
  const [transition, target, stateLabel, edgeLabel]: number[][] = [[], [], [], []];
  const indexOf = (state: State): number => {
    const key = semantics.encode(state);
    const index = indexes.get(key);
    if (index !== undefined) return index;
    if (keys.length === statesMax) throw new RangeError(`${model.name} has more than ${statesMax} states`);
    indexes.set(key, keys.length);
    stateLabel?.push(labels.ofState(state));
    const identity = semantics.identity(state, key);
    representative.push(orbits.get(identity) ?? keys.length);
    if (!orbits.has(identity)) orbits.set(identity, keys.length);
    return keys.push(key) - 1;
  };
  const transitionOf = (action: number, choice: Choice): number => {
    const text = `${action} ${structuralKey(choice)}`;
    const index = transitions.get(text) ?? known.push({ action, choice }) - 1;
    transitions.set(text, index);
    return index;
  };
  const inside = [...semantics.initial()].filter(({ after }) => semantics.outside(null, after) === null);
  const initial = [...new Set(inside.map(({ after }) => indexOf(after)))];
  for (let at = 0; at < keys.length; at += 1) {
    const before = semantics.decode(keys[at] ?? "");
    const from = first[at] ?? 0;
    for (const { action, choice, after } of semantics.successors(before)) {
      if (semantics.outside(before, after) !== null) continue;
      const index = transitionOf(model.actions.indexOf(action), choice);
      if (transition?.indexOf(index, from) !== -1) continue;
      transition.push(index);
      target?.push(indexOf(after));
      edgeLabel?.push(labels.ofStep(before, after));
    }
    labels.ofStutter(before);
    first.push(transition?.length ?? 0);
  }
  const packed = (numbers: readonly number[] | undefined): Int32Array => Int32Array.from(numbers ?? []);
  return {
    states: keys.length,
    initial,
    transitions: known,
    first: packed(first),
    transition: packed(transition),
    target: packed(target),
    stateLabel: packed(stateLabel),
    edgeLabel: packed(edgeLabel),
    representative: packed(representative),
    isStutterNeutral: labels.isStutterNeutral,
    stateAt: (index) => semantics.decode(keys[index] ?? ""),
  };
}

/** Properties of states, and those of steps. */
export function propertiesOf({ properties }: Model): { readonly ofStates: Property[]; readonly ofSteps: Property[] } {
  const isOfSteps = (one: Property): boolean => one.kind === "step" || (one.kind === "reachable" && one.of === "step");
  return { ofStates: properties.filter((one) => !isOfSteps(one)), ofSteps: properties.filter(isOfSteps) };
}

/** Answers of properties, numbered in the order in which they were first given. */
class Labels {
  isStutterNeutral = true;
  readonly #constants: unknown;
  readonly #ofStates: readonly Property[];
  readonly #ofSteps: readonly Property[];
  readonly #numbers = new Map<string, number>();

  constructor(model: Model) {
    const { ofStates, ofSteps } = propertiesOf(model);
    this.#constants = model.constants;
    this.#ofStates = ofStates;
    this.#ofSteps = ofSteps;
  }

  ofState(state: State): number {
    return this.#number(this.#ofStates.map((one) => answerOf(one, null, state, this.#constants)));
  }

  ofStep(before: State, after: State): number {
    return this.#number(this.#ofSteps.map((one) => answerOf(one, before, after, this.#constants)));
  }

  /** A step from a state to itself: its step invariants must be true, and its goals not met. */
  ofStutter(state: State): void {
    for (const one of this.#ofSteps) {
      if (answerOf(one, state, state, this.#constants) !== (one.kind === "step")) this.isStutterNeutral = false;
    }
  }

  #number(answers: readonly boolean[]): number {
    const text = answers.map(Number).join("");
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

function answerOf(property: Property, before: State, after: State, c: unknown): boolean {
  switch (property.kind) {
    case "invariant":
      return (property.when !== null && !property.when(after, c)) || property.holds(after, c);
    case "step":
      return (property.when !== null && !property.when(before, after, c)) || property.holds(before, after, c);
    case "reachable":
      return property.goal(before, after, c);
    default:
      throw new RangeError(`${property.name} is temporal, and a reduction for safety does not keep it`);
  }
}
