import { DeclarationError, SpecError } from "../../spec/lang/index.ts";
import { inWords } from "./plain-words.ts";

/** Something of the spec threw: which part, under which parameters, and what it threw. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
  readonly part: "action" | "parameter" | "invariant" | "step" | "reachable" | "constraint" | "view";
  /** The name of the action, property or constraint. */
  readonly of: string;
  readonly choice: Readonly<Record<string, unknown>>;
  /** Which function of an action threw; null for any other part, and where that is not known. */
  readonly piece: "guard" | "effect" | "deadData" | null;
  /** What the author can write instead; null where only the author knows. */
  readonly tryThis: string | null;

  constructor(
    part: EvaluationError["part"],
    of: string,
    choice: EvaluationError["choice"],
    cause: unknown,
    piece: EvaluationError["piece"] = null,
  ) {
    const words = inWords(cause, piece === "effect" || piece === "deadData" ? "effect" : "other");
    super(words?.message ?? (cause instanceof Error ? cause.message : String(cause)), { cause });
    this.part = part;
    this.of = of;
    this.choice = choice;
    this.piece = piece;
    const isOurs = cause instanceof SpecError || cause instanceof DeclarationError;
    this.tryThis = words?.tryThis ?? (isOurs ? cause.tryThis : null);
  }
}
