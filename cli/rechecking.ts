/** Whether a behaviour shows a violation, whatever it showed when it was written down. */
import { Checks, EvaluationError, type Finding, type Semantics, type TraceStep } from "../checker/index.ts";

export interface Recheck {
  /** The position of the state in which the finding shows. */
  readonly index: number;
  readonly finding: Finding;
}

/** What the last state must be looked at for, besides the properties. */
export type AtTheEnd = "deadlock" | "error" | null;

/** The first finding of the model's properties along the behaviour; null where there is none. */
export function recheck(semantics: Semantics, steps: readonly TraceStep[], atTheEnd: AtTheEnd): Recheck | null {
  const checks = new Checks(semantics);
  let index = 0;
  try {
    let before: unknown = null;
    for (const [position, { state, action }] of steps.entries()) {
      index = position;
      const finding = checks.step(before, state, action) ?? checks.state(state);
      if (finding !== null) return { index, finding };
      // A search evaluates these too, so an error may have come from them.
      if (atTheEnd === "error") {
        semantics.outside(before, state);
        semantics.identity(state, semantics.encode(state));
      }
      before = state;
    }
    return atTheEnd === null || before === null ? null : lookAtTheEnd(semantics, before, index, atTheEnd, checks);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { index, finding: { kind: "error", error } };
  }
}

/** A deadlock has no successor; an error shows when the successors are made and checked. */
function lookAtTheEnd(
  semantics: Semantics,
  last: unknown,
  index: number,
  atTheEnd: "deadlock" | "error",
  checks: Checks,
): Recheck | null {
  let successors = 0;
  for (const step of semantics.successors(last)) {
    const { action, after } = step;
    successors += 1;
    if (atTheEnd === "deadlock") return null;
    try {
      semantics.encode(after);
    } catch (cause) {
      throw semantics.errorOf(step, last, cause);
    }
    semantics.outside(last, after);
    checks.step(last, after, action.name);
    checks.state(after);
  }
  return atTheEnd === "deadlock" && successors === 0 ? { index, finding: { kind: "deadlock" } } : null;
}
