/** Why a property is false in a state, and why an action cannot happen in it. */
import {
  type Action,
  instantiate,
  type Model,
  type ModelDeclaration,
  type Property,
  type Settings,
} from "../../../spec/lang/index.ts";
import { type Choice, Semantics, type State } from "../../reference/semantics.ts";
import type { Explanation } from "./explanation.ts";
import { type Instrumented, openInstrumented } from "./instrumented.ts";
import { Reducer } from "./reduce.ts";

/** An explanation, or why there is none. An explanation never says what the evaluation did not show. */
export type Explained =
  | { readonly ok: true; readonly explanation: Explanation }
  | { readonly ok: false; readonly because: NoExplanation; readonly message: string };

export type NoExplanation =
  /** The declaration names no file, or the file is not there or does not compile. */
  | "no-source"
  /** The file declares no such model, property or action, or the settings do not fit. */
  | "not-declared"
  /** The property holds, the action can happen, or it is of a kind that a single state does not decide. */
  | "not-false"
  /** The expression throws in this state. */
  | "throws"
  /** The evaluation was too large to record, or left a generator half-way. */
  | "too-large"
  | "not-nested"
  /** Recorded, the evaluation gave another truth value: the recording cannot be trusted. */
  | "disagrees";

export interface Question {
  readonly declaration: ModelDeclaration;
  readonly settings: Settings;
}

export interface PropertyQuestion extends Question {
  readonly property: string;
  /** The state before the step; null for an invariant. */
  readonly before: State | null;
  readonly state: State;
}

export interface GuardQuestion extends Question {
  readonly action: string;
  readonly choice: Choice;
  readonly state: State;
}

/** Explains many things about one model without reading its sources again. */
export interface Explainer {
  /** Why the invariant is false in `state`, or the step invariant on the step from `before` to `state`. */
  readonly property: (property: string, before: State | null, state: State) => Explained;
  /** Why the action's guard is false in `state` for these parameters. */
  readonly guard: (action: string, choice: Choice, state: State) => Explained;
  /** Why actions cannot happen in `state`, one by one; actions that can are left out. Empty where the sources cannot be read. */
  readonly disabled: (state: State) => readonly Disabled[];
}

/** Why one action cannot happen. */
export interface Disabled {
  readonly action: string;
  /** How many parameters it could have been tried with; zero where there is nothing in the state for it to take. */
  readonly choices: number;
  /** One example of each reason, a few at most. */
  readonly examples: readonly { readonly choice: Choice; readonly explained: Explained }[];
}

/** Different reasons shown for one action, and parameters tried to find them. */
const examplesMax = 3;
const choicesMax = 200;

export async function explainer(question: Question): Promise<Explainer> {
  const plain = instantiate(question.declaration, question.settings);
  if (!plain.ok) return always(unexplained("not-declared", "the settings do not fit the constants of the spec"));
  const opened = await openInstrumented(question.declaration, question.settings);
  if (!opened.ok) return always(unexplained(opened.because, opened.message));
  const recorded = opened.value;
  return {
    property: (name, before, state) => explainProperty(name, before, state, plain.value, recorded),
    guard: (name, choice, state) => explainGuardOf(name, choice, state, plain.value, recorded),
    disabled: (state) => explainDisabled(state, plain.value, recorded),
  };
}

function always(answer: Explained): Explainer {
  return { property: () => answer, guard: () => answer, disabled: () => [] };
}

function unexplained(because: NoExplanation, message: string): Explained {
  return { ok: false, because, message };
}

type Predicate = () => boolean;

function explainProperty(
  name: string,
  before: State | null,
  state: State,
  plain: Model,
  recorded: Instrumented,
): Explained {
  const what = `the property ${name}`;
  const [property, copy] = [plain, recorded.model].map(({ spec }) => spec.properties.find((one) => one.name === name));
  if (property === undefined || copy === undefined) return undeclared(what);
  const asIs = predicateOf(property, before, state, plain.constants);
  const again = predicateOf(copy, before, state, recorded.model.constants);
  if (asIs === null || again === null) {
    return unexplained("not-false", `${what} is not decided by ${before === null ? "a state alone" : "one step"}`);
  }
  return compare(what, asIs, again, recorded);
}

function undeclared(what: string): Explained {
  return unexplained("not-declared", `the file of the model does not declare ${what}`);
}

/** Null for a property that no single state or step decides. */
function predicateOf(property: Property, before: State | null, state: State, constants: unknown): Predicate | null {
  if (property.kind === "invariant") return () => property.holds(state, constants);
  if (property.kind === "step" && before !== null) return () => property.holds(before, state, constants);
  return null;
}

function explainGuardOf(name: string, choice: Choice, state: State, plain: Model, recorded: Instrumented): Explained {
  const what = `the guard of ${name}`;
  const [action, copy] = [plain, recorded.model].map(({ spec }) => spec.actions.find((one) => one.name === name));
  if (action === undefined || copy === undefined) return undeclared(what);
  const guardOf =
    ({ guard }: Action, { constants }: Model): Predicate =>
    () =>
      guard(state, choice, constants);
  return compare(what, guardOf(action, plain), guardOf(copy, recorded.model), recorded);
}

function explainDisabled(state: State, plain: Model, recorded: Instrumented): readonly Disabled[] {
  const semantics = new Semantics(plain);
  return plain.actions.flatMap((action) => {
    const choices = semantics.choices(action, state);
    const examples = new Map<string, Disabled["examples"][number]>();
    for (const choice of choices.slice(0, choicesMax)) {
      if (examples.size >= examplesMax) break;
      const explained = explainGuardOf(action.name, choice, state, plain, recorded);
      if (!explained.ok && explained.because === "not-false") return [];
      const reason = explained.ok ? reasonOf(explained.explanation) : explained.because;
      if (!examples.has(reason)) examples.set(reason, { choice, explained });
    }
    return [{ action: action.name, choices: choices.length, examples: [...examples.values()] }];
  });
}

/** Two explanations with the same decisive lines give one reason. */
function reasonOf({ file, line, column, because }: Explanation): string {
  const [first] = because;
  return first === undefined ? `${file}:${line}:${column}` : because.map(reasonOf).join(" ");
}

/** Evaluates a predicate as it is and recorded; explains it where both say that it is false. */
function compare(what: string, asIs: Predicate, again: Predicate, opened: Instrumented): Explained {
  try {
    if (asIs()) return unexplained("not-false", `${what} is true in this state`);
    const recording = opened.recorder.record(again);
    if (!recording.ok) return unexplained(recording.reason, `${what} could not be recorded as a whole`);
    const [frame] = recording.roots;
    if (frame === undefined || recording.roots.length !== 1) {
      return unexplained("no-source", `${what} does not stand in the sources of the spec`);
    }
    if (recording.value || !Object.is(frame.value, recording.value)) {
      return unexplained("disagrees", `${what} was false, and was not false again when it was recorded`);
    }
    return { ok: true, explanation: new Reducer(opened.sites, recording.roots).ofPredicate(frame) };
  } catch (error) {
    return unexplained("throws", `${what} throws in this state: ${error instanceof Error ? error.message : error}`);
  }
}
