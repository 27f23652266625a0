import { SpecError } from "../../spec/lang/index.ts";
import { plainMessage } from "./plain-message.ts";

/** Something of the spec threw: which part, under which parameters, and what it threw. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
  readonly part: "action" | "parameter" | "invariant" | "step" | "reachable" | "constraint" | "view";
  /** The name of the action, property or constraint. */
  readonly of: string;
  readonly choice: Readonly<Record<string, unknown>>;

  constructor(part: EvaluationError["part"], of: string, choice: EvaluationError["choice"], cause: unknown) {
    super(plainMessage(cause), { cause });
    this.part = part;
    this.of = of;
    this.choice = choice;
  }

  /** True where the spec broke a rule of the vocabulary (a bound, an index), false where its code failed otherwise. */
  get isSpecError(): boolean {
    return this.cause instanceof SpecError;
  }
}
