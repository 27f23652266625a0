import { BoundError, MissingElementError, SwitchedOffError } from "../../spec/lang/index.ts";
import type { EvaluationError } from "../reference/evaluation-error.ts";
import type { Outcome } from "../search/outcome.ts";
import { parametersOf, renderParameter } from "./parameters.ts";
import type { Place, Reason, ReportInput } from "./report.ts";
import { stepLabel } from "./steps.ts";
import { switchOf } from "./switched-off.ts";

/** What a run found, as text. */
export interface FindingReport {
  readonly kind: "invariant" | "step" | "deadlock" | "error";
  /** The property, "deadlock", or the part of the spec that threw. */
  readonly name: string;
  readonly says: string;
  readonly source: string | null;
  /** The step it happened at; the initial state is step 0. For an action that threw, the step about to be taken. */
  readonly step: number;
  readonly shortest: boolean;
  readonly place: Place | null;
  readonly reasons: readonly Reason[];
  /** Only of an error: what the spec did when it threw, and whether it broke a rule of the vocabulary. */
  readonly error: ErrorReport | null;
}

interface ErrorReport {
  readonly part: EvaluationError["part"];
  /** In words: `the action Timeout(i: s1)`. */
  readonly where: string;
  readonly message: string;
  /** What the author of the spec can do. */
  readonly tryThis: string;
}

/** What a finding is made a report of. */
export interface FindingInput extends Pick<ReportInput, "places" | "reasons" | "errorPlace"> {
  readonly outcome: Pick<Outcome, "model" | "finding" | "trace" | "shortest">;
}

export function findingReport({ outcome, places, reasons, errorPlace }: FindingInput): FindingReport | null {
  const { finding, trace, shortest } = outcome;
  if (finding === null) return null;
  const step = trace.length - 1;
  switch (finding.kind) {
    case "invariant":
    case "step": {
      const { name, says, source = null } = finding.property;
      const place = places.property(name);
      return { kind: finding.kind, name, says, source, step, shortest, place, reasons, error: null };
    }
    case "deadlock": {
      const says = "No action is enabled in the last state, and the model does not say that it may end there.";
      return {
        kind: "deadlock",
        name: "deadlock",
        says,
        source: null,
        step,
        shortest,
        place: null,
        reasons,
        error: null,
      };
    }
    case "error": {
      const { error } = finding;
      const declared = error.part === "action" ? places.action(error.of) : places.property(error.of);
      const place = errorPlace ?? declared;
      const report: ErrorReport = {
        part: error.part,
        where: whereIt(error, outcome),
        message: `${error.message}${whenIt(error, errorPlace)}`,
        tryThis: adviceFor(error, outcome),
      };
      const says = `${report.where} ${howItEnded(error.part)}: ${report.message}`;
      return {
        kind: "error",
        name: error.of,
        says,
        source: null,
        step: error.part === "action" || error.part === "parameter" ? step + 1 : step,
        shortest,
        place,
        reasons: [],
        error: report,
      };
    }
  }
}

/** A scalar field may be out of its bound in between, so it is checked at the end, and the last assignment is to blame. */
function whenIt({ cause, part }: EvaluationError, place: Place | null): string {
  if (!(cause instanceof BoundError) || part !== "action") return "";
  if (cause.isAtAssignment && place !== null) return " (checked at the end of the effect; this line assigned it last)";
  if (place !== null) return "";
  const { path } = cause;
  return path === "" || path.endsWith("[]")
    ? " (checked at the end of the effect)"
    : ` (checked at the end of the effect: look for what assigns ${path})`;
}

function adviceFor(error: EvaluationError, outcome: FindingInput["outcome"]): string {
  const { cause } = error;
  if (cause instanceof BoundError && isOfInit(error, outcome))
    return `Write a value within ${cause.bound} in init, or declare a wider bound.`;
  if (cause instanceof SwitchedOffError) {
    const by = switchOf(outcome.model, cause.path);
    if (by !== null)
      return `Use ${cause.path} only where its part is on: if (${by.condition}), or part: (c) => ${by.condition} on the action or property; or switch it on with ${by.setting}.`;
  }
  if (cause instanceof MissingElementError) return whereMissing(error, cause.exists);
  if (error.tryThis !== null) return error.tryThis;
  return `Fix this line: ${mustBe(error)}.`;
}

/** What to write where an element may be missing: a constraint that is false there would cut the state, and hide what follows. */
function whereMissing({ part, piece }: EvaluationError, exists: string): string {
  switch (part) {
    case "action":
      return piece === "guard"
        ? `Ask for it only where there is one: ${exists} && ...`
        : `Ask for it only where there is one: if (${exists}), or the same condition in the guard.`;
    case "invariant":
    case "step":
      return `Say what holds where there is none, !(${exists}) || ..., or leave those states out with when.`;
    case "reachable":
      return `Ask for it only where there is one: ${exists} && ...`;
    case "constraint":
      return `Let it be true where there is none: !(${exists}) || ... (with && it would cut every such state).`;
    case "parameter":
      return `Give an empty list where there is none: ${exists} ? ... : []`;
    case "view":
      return `Give another value where there is none: ${exists} ? ... : null`;
  }
}

/** What the function that threw must do instead. */
function mustBe({ part, piece }: EvaluationError): string {
  switch (part) {
    case "action":
      if (piece === "guard") return "the guard must return a boolean in every state";
      if (piece === "deadData") return "deadData must not throw in any state";
      return "the effect must not throw in a state where the guard is true";
    case "parameter":
      return "the domain must have its values in every state";
    case "invariant":
    case "step":
      return "holds must return a boolean in every state; exclude the others with when";
    case "reachable":
      return "goal must return a boolean in every state";
    case "constraint":
      return "within must return a boolean in every state";
    case "view":
      return "the view must return a value in every state";
  }
}

/** An action fails. What is only evaluated is no more than not evaluated: a property that throws is not violated. */
export function howItEnded(part: EvaluationError["part"]): string {
  return part === "action" ? "failed" : "could not be evaluated";
}

/** True of what makes the initial states, which no guard and no state constraint comes before. */
function isOfInit({ part, of }: EvaluationError, { model, trace }: FindingInput["outcome"]): boolean {
  return part === "action" && of === model.spec.init.name && trace.length === 0;
}

/** The function of an action that threw, in words. */
const pieces = {
  action: "the action",
  guard: "the guard of",
  effect: "the effect of",
  deadData: "deadData after",
} as const;

function whereIt(error: EvaluationError, outcome: FindingInput["outcome"]): string {
  const { model, trace } = outcome;
  switch (error.part) {
    case "action": {
      // The name of this action is none that the author wrote.
      if (isOfInit(error, outcome)) return `${pieces[error.piece ?? "action"]} init`;
      const parameters = parametersOf(model, error.of, error.choice, trace.at(-1)?.state ?? null);
      return `${pieces[error.piece ?? "action"]} ${stepLabel(
        error.of,
        parameters.map((parameter) => ({ name: parameter.name, value: renderParameter(parameter) })),
      )}`;
    }
    case "parameter":
      return `the domain of the parameter ${error.of}`;
    case "invariant":
      return `the invariant ${error.of}`;
    case "step":
      return `the step invariant ${error.of}`;
    case "reachable":
      return `the goal ${error.of}`;
    case "constraint":
      return `the constraint ${error.of}`;
    case "view":
      return "the view";
  }
}
