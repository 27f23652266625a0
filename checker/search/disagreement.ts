/**
 * Two answers to one question. Either the spec gives them, because it reads or keeps something besides its arguments, or
 * an engine of Lockstep is wrong. So the reference, which knows no tricks, is asked everything twice: where it gives two
 * answers the spec is shown to be the reason, and where it does not, it is not blamed.
 */
import { AsymmetryError, DeadDataError, type Model, SpecError } from "../../spec/lang/index.ts";
import { Semantics, type State } from "../reference/semantics.ts";

/** Thrown where an engine meets a second answer. The message says which, as a sentence. */
export class Disagreement extends Error {
  override readonly name = "Disagreement";
}

/** A spec of which a part gave two results for the same arguments. `culprit` names the action, property or constraint. */
export class FickleSpecError extends SpecError {
  override readonly name = "FickleSpecError";
  readonly culprit: string;

  constructor({ of, words }: Fickle) {
    super(
      `called twice with the same arguments, ${words} gave different results: it reads or keeps something besides them`,
      "Put everything that changes into the state; make every choice a parameter.",
    );
    this.culprit = of;
  }
}

interface Fickle {
  readonly of: string;
  readonly words: string;
}

/** States that are asked twice before a disagreement is left unexplained. */
const statesAsked = 2000;

/**
 * Runs a search. A disagreement in it comes back as an error of the spec where the spec is shown to be the reason. So does a
 * broken claim about symmetry or dead data: the two runs that it compares differ in any case.
 */
export function* blamed<P, O, C>(run: Generator<P, O, C>, model: Model): Generator<P, O, C> {
  try {
    return yield* run;
  } catch (error) {
    const isDoubtful =
      error instanceof Disagreement || error instanceof AsymmetryError || error instanceof DeadDataError;
    if (!isDoubtful) throw error;
    const fickle = fickleIn(model);
    throw fickle === null ? error : new FickleSpecError(fickle);
  }
}

/** The part of the spec that gives two results in one of the first states; null where none does. */
function fickleIn(model: Model): Fickle | null {
  const semantics = new Semantics({ ...model, symmetric: [], deadData: null });
  const seen = new Set<string>();
  const blank = semantics.blank();
  const open: string[] = [];
  const take = (steps: Answers): Fickle | null => {
    for (const key of steps.after) {
      if (seen.has(key) || seen.size >= statesAsked) continue;
      seen.add(key);
      open.push(key);
    }
    return steps.fickle;
  };
  const first = take(askedTwice(semantics, [model.spec.init], blank));
  if (first !== null) return first;
  for (let key = open.shift(); key !== undefined; key = open.shift()) {
    const fickle = fickleProperty(semantics, key) ?? take(askedTwice(semantics, model.actions, key));
    if (fickle !== null) return fickle;
  }
  return null;
}

interface Answers {
  /** The keys of the states that the steps lead to. */
  readonly after: readonly string[];
  readonly fickle: Fickle | null;
}

function askedTwice(semantics: Semantics, actions: Model["actions"], key: string): Answers {
  const after: string[] = [];
  for (const action of actions) {
    const once = stepsOf(semantics, action, key);
    const part = differentPart(once, stepsOf(semantics, action, key));
    if (part !== null) return { after, fickle: { of: action.name, words: `the ${part} of ${action.name}` } };
    for (const step of once) if (step !== null) after.push(step);
  }
  return { after, fickle: null };
}

/** What of an action gave the two answers; null where they are the same. */
function differentPart(
  once: readonly (string | null)[],
  again: readonly (string | null)[],
): "domain of a parameter" | "guard" | "effect" | null {
  if (once.length !== again.length) return "domain of a parameter";
  const at = once.findIndex((step, choice) => step !== again[choice]);
  if (at < 0) return null;
  return once[at] === null || again[at] === null ? "guard" : "effect";
}

/** For each choice the state after; null where the action is disabled or fails. */
function stepsOf(semantics: Semantics, action: Model["actions"][number], key: string): readonly (string | null)[] {
  const before = semantics.decode(key);
  const choices = orNull(() => semantics.choices(action, before)) ?? [];
  return choices.map((choice) =>
    orNull(() => {
      const step = semantics.stepOf(action, choice, before, key);
      return step === null ? null : semantics.encode(step.after);
    }),
  );
}

function fickleProperty(semantics: Semantics, key: string): Fickle | null {
  const { properties, constants, spec } = semantics.model;
  const differs = (ask: (state: State) => unknown): boolean => {
    const [once, again] = [1, 2].map(() => orNull(() => ask(semantics.decode(key))));
    return once !== again;
  };
  for (const property of properties) {
    if (property.kind === "invariant" && differs((state) => property.holds(state, constants)))
      return { of: property.name, words: `the invariant ${property.name}` };
    if (property.kind === "reachable" && property.of === "state" && differs((s) => property.goal(null, s, constants)))
      return { of: property.name, words: `the goal ${property.name}` };
  }
  for (const constraint of spec.constraints) {
    if (constraint.kind === "state-constraint" && differs((state) => constraint.within(state, constants)))
      return { of: constraint.name, words: `the constraint ${constraint.name}` };
  }
  return null;
}

/** What throws is no answer, and an error of its own. */
function orNull<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
