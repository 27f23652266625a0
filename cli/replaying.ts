/**
 * Runs a trace against a spec, step by step. Where the trace names actions, each must be enabled with its parameters
 * and lead to the state that the trace has; where it does not, some step of the spec must lead there.
 */
import { type Choice, EvaluationError, type Semantics, type Step, type TraceStep } from "../checker/index.ts";
import { type Change, diffValues, parametersOf, renderParameter, stepLabel } from "../checker/report/index.ts";
import { type Action, fromItf, presentFields } from "../spec/lang/index.ts";
import type { Json, Trace, TracedState } from "../traces/format/index.ts";
import { nearestNames } from "./nearest.ts";
import { parameterExpressions } from "./trace-file.ts";

export interface Replay {
  /** The steps that fit, as the spec took them. */
  readonly steps: readonly TraceStep[];
  /** Variables of the trace that the spec does not have. */
  readonly ignored: readonly string[];
  /** Why the trace goes no further; null where all of it fits. */
  readonly divergence: Divergence | null;
}

/** Why a step of the trace is none of the spec. `path` says where in the trace's file. */
export type Divergence = { readonly index: number; readonly path: readonly (string | number)[] } & (
  | {
      /** The state is none of the model's. */
      readonly kind: "unreadable";
      readonly at: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly kind: "no-such-action"; readonly action: string; readonly nearest: readonly string[] }
  | {
      /** The state offers other parameters, or none. */
      readonly kind: "no-such-parameters";
      readonly label: string;
      readonly offered: readonly string[];
    }
  | {
      /** The guard is false for these parameters. */
      readonly kind: "disabled";
      readonly label: string;
      readonly action: string;
      readonly choice: Choice;
      /** What is enabled instead. */
      readonly enabled: readonly string[];
    }
  | {
      /** From what the trace has to what the spec gives. */
      readonly kind: "other-state";
      readonly label: string;
      readonly changes: readonly Change[];
    }
  | {
      /** The trace names no action, and none leads to its state. */
      readonly kind: "no-step";
      readonly nearest: { readonly label: string; readonly changes: readonly Change[] } | null;
    }
  | { readonly kind: "error"; readonly error: EvaluationError }
);

type Why = Divergence extends infer D ? (D extends Divergence ? Omit<D, "index" | "path"> : never) : never;

/** The action of a step that changes nothing, in a trace that names no actions. */
const nothingHappens = "(nothing happens)";

export function replay(semantics: Semantics, trace: Trace): Replay {
  const names = presentFields(semantics.model.schema).map(([name]) => name);
  const ignored = trace.variables.filter((name) => !names.includes(name));
  const steps: TraceStep[] = [];
  for (const [index, state] of withLoop(trace).entries()) {
    const before = steps.at(-1)?.state ?? null;
    const taken = guarded(() => takeStep(semantics, before, state));
    if ("kind" in taken)
      return { steps, ignored, divergence: { index, path: pathOf(index, taken), ...taken } as Divergence };
    steps.push(taken);
  }
  return { steps, ignored, divergence: null };
}

/** A trace that goes on for ever closes its loop: from the last state some step leads back. */
function withLoop({ states, loop }: Trace): readonly TracedState[] {
  const again = loop === null ? undefined : states[loop];
  return again === undefined ? states : [...states, { action: null, parameters: {}, values: again.values }];
}

function pathOf(index: number, why: Why): readonly (string | number)[] {
  const { kind } = why;
  if (kind === "unreadable") return ["states", index, /^[^.[{]*/.exec(why.at)?.[0] ?? ""];
  return kind === "other-state" || kind === "no-step" ? ["states", index] : ["states", index, "#meta"];
}

function guarded(take: () => TraceStep | Why): TraceStep | Why {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { kind: "error", error };
  }
}

function takeStep(semantics: Semantics, before: unknown, wanted: TracedState): TraceStep | Why {
  const { model } = semantics;
  const values = Object.fromEntries(presentFields(model.schema).map(([name]) => [name, wanted.values[name]]));
  const missing = Object.keys(values).find((name) => values[name] === undefined);
  if (missing !== undefined) {
    return {
      kind: "unreadable",
      at: missing,
      expected: `the variable ${missing} of the spec`,
      found: "no such variable",
    };
  }
  const read = fromItf(model.schema, values);
  if (!read.ok) return { kind: "unreadable", at: read.path, expected: read.expected, found: read.found };
  return wanted.action === null
    ? anyStep(semantics, before, read.value)
    : namedStep(semantics, before, wanted.action, wanted.parameters, read.value);
}

/** A step of any action that leads to the state. A state that repeats is a step in which nothing happens. */
function anyStep(semantics: Semantics, before: unknown, state: unknown): TraceStep | Why {
  const key = semantics.encode(state);
  let nearest: { readonly label: string; readonly changes: readonly Change[] } | null = null;
  for (const step of before === null ? semantics.initial() : semantics.successors(before)) {
    if (encoded(semantics, step, before) === key) return { action: step.action.name, choice: step.choice, state };
    const changes = diffValues(semantics.model.schema, state, step.after, "");
    if (nearest === null || changes.length < nearest.changes.length) {
      nearest = { label: labelOf(semantics, step.action.name, step.choice, before), changes };
    }
  }
  if (before !== null && semantics.encode(before) === key) return { action: nothingHappens, choice: {}, state };
  return { kind: "no-step", nearest };
}

function namedStep(
  semantics: Semantics,
  before: unknown,
  name: string,
  wanted: Readonly<Record<string, Json>>,
  state: unknown,
): TraceStep | Why {
  const { model } = semantics;
  const actions: readonly Action[] = before === null ? [model.spec.init] : model.actions;
  const action = actions.find((candidate) => candidate.name === name);
  if (action === undefined) {
    const names = actions.map((candidate) => candidate.name);
    return { kind: "no-such-action", action: name, nearest: nearestNames(name, names) };
  }
  const steps = [...(before === null ? semantics.initial() : semantics.successors(before))];
  const key = keyOf(wanted);
  const matching = steps.filter((step) => step.action === action && isChoice(semantics, step, before, key));
  const stateKey = semantics.encode(state);
  const fitting = matching.find((step) => encoded(semantics, step, before) === stateKey);
  if (fitting !== undefined) return { action: name, choice: fitting.choice, state };
  const [other] = matching;
  const label = wantedLabel(name, wanted);
  if (other !== undefined)
    return { kind: "other-state", label, changes: diffValues(model.schema, state, other.after, "") };
  const choices = before === null ? steps.map(({ choice }) => choice) : semantics.choices(action, before);
  const choice = choices.find((candidate) => isChoice(semantics, { action, choice: candidate }, before, key));
  if (choice === undefined) {
    const offered = choices.map((candidate) => labelOf(semantics, name, candidate, before));
    return { kind: "no-such-parameters", label, offered };
  }
  const enabled = steps.map((step) => labelOf(semantics, step.action.name, step.choice, before));
  return { kind: "disabled", label, action: name, choice, enabled: [...new Set(enabled)] };
}

/** The canonical key of a step's state; a bound that the effect broke is the fault of the action. */
function encoded(semantics: Semantics, step: Step, before: unknown): string {
  try {
    return semantics.encode(step.after);
  } catch (cause) {
    throw semantics.errorOf(step, before, cause);
  }
}

function isChoice(
  semantics: Semantics,
  { action, choice }: Omit<Step, "after">,
  before: unknown,
  key: string,
): boolean {
  return keyOf(parameterExpressions(semantics.model, { action: action.name, choice }, before)) === key;
}

function labelOf({ model }: Semantics, action: string, choice: Choice, before: unknown): string {
  const parameters = parametersOf(model, action, choice, before);
  return stepLabel(
    action,
    parameters.map((parameter) => ({ name: parameter.name, value: renderParameter(parameter) })),
  );
}

function wantedLabel(action: string, wanted: Readonly<Record<string, Json>>): string {
  return stepLabel(
    action,
    Object.entries(wanted).map(([name, value]) => ({ name, value: expressionText(value) })),
  );
}

/** An ITF expression as reports show values. */
function expressionText(expression: Json): string {
  if (typeof expression === "string") return expression;
  if (expression === null || typeof expression !== "object") return String(expression);
  if (isList(expression)) return `[${expression.map(expressionText).join(", ")}]`;
  if (expression["tag"] === "None") return "null";
  if (expression["tag"] === "Some") return expressionText(expression["value"] ?? null);
  const { kind, "#set": elements, ...fields } = expression;
  if (elements !== undefined && isList(elements)) return `{${elements.map(expressionText).join(", ")}}`;
  const text = Object.entries(fields).map(([name, field]) => `${name}: ${expressionText(field)}`);
  const start = typeof kind === "string" ? kind : "";
  return start !== "" && text.length === 0 ? start : `${start}{${text.join(", ")}}`;
}

function isList(expression: Json): expression is readonly Json[] {
  return Array.isArray(expression);
}

/** Equal where parameters are equal, whatever the order of their fields. */
function keyOf(expression: Json): string {
  if (isList(expression)) return `[${expression.map(keyOf).join(",")}]`;
  if (typeof expression !== "object" || expression === null) return JSON.stringify(expression);
  const fields = Object.entries(expression).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${keyOf(field)}`).join(",")}}`;
}
