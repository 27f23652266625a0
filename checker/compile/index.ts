/** The door of the compiled engines. */
import { type Model, nodeOf, type Schema } from "../../spec/lang/index.ts";
import { Semantics } from "../reference/semantics.ts";
import { Checks } from "../search/checks.ts";
import { breadthFirstOn, type Run } from "../search/modes.ts";
import type { Limits, Outcome, World } from "../search/outcome.ts";
import { CapacityExceeded } from "./environment.ts";
import { ViewsEngine } from "./views-engine.ts";

const capacityFirst = 16;

/**
 * Level by level on views over packed words. Sets and bags of larger values have a fixed number of slots; where they
 * run out, the search starts again with twice as many.
 */
export function* breadthFirstOnViews(model: Model, limits: Limits, world: World): Run {
  for (let capacity = capacityFirst; ; capacity *= 2) {
    try {
      return confirmed(yield* breadthFirstOn(new ViewsEngine(model, capacity), limits, world));
    } catch (error) {
      if (!(error instanceof CapacityExceeded)) throw error;
    }
  }
}

/** The outcome, once the reference has found the same at the end of its own run of the behaviour. */
function confirmed(outcome: Outcome): Outcome {
  const { finding, trace, model } = outcome;
  const last = trace.at(-1)?.state;
  if (finding === null || finding.kind === "error" || last === undefined) return outcome;
  const semantics = new Semantics(model);
  const checks = new Checks(semantics);
  const same =
    finding.kind === "deadlock"
      ? semantics.successors(last).next().done === true
      : finding.kind === "step"
        ? checks.step(trace.at(-2)?.state, last)?.kind === "step"
        : checks.state(last)?.kind === "invariant";
  if (!same) throw new Error(`views found ${finding.kind} where the reference does not: the engines disagree`);
  return outcome;
}

/** Why views cannot run this model, as the end of a sentence; or null where they can. */
export function viewsRefusal(model: Model): string | null {
  if (model.spec.view !== null) return "the spec declares a view, which only the reference engine evaluates";
  return widerThanAWord(model.schema) ? "an integer of the state does not fit in 32 bits" : null;
}

function widerThanAWord(schema: Schema): boolean {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "integer":
      return node.min <= -(2 ** 31) || node.max >= 2 ** 31;
    case "option":
      return widerThanAWord(node.some);
    case "record":
      return Object.values(node.fields).some(widerThanAWord);
    case "map":
      return widerThanAWord(node.keys) || widerThanAWord(node.values);
    case "sequence":
    case "set":
    case "bag":
      return widerThanAWord(node.element);
    case "union":
      return Object.values(node.cases).some(widerThanAWord);
    default:
      return false;
  }
}
