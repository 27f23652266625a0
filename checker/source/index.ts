/**
 * The door of the room that reads specs as source text: it loads a user's spec, says where things stand, and why
 * something is false. The compiler behind it takes half a second to load, so each function loads what it needs when
 * it is first called.
 */
import type { ModelDeclaration } from "../../spec/lang/index.ts";
import type { Explained, Explainer, GuardQuestion, PropertyQuestion, Question } from "./explain/explain.ts";
import type { LoadResult } from "./load/load-spec-file.ts";
import { asItIs, type Loading } from "./load/loading.ts";
import type { SpecBundle } from "./load/models-of-bundle.ts";
import type { Span } from "./span.ts";

export type { Disabled, Explained, Explainer, GuardQuestion, PropertyQuestion, Question } from "./explain/explain.ts";
export { type ExplanationLine, explanationLines, renderExplanation } from "./explain/render.ts";
export type { LoadResult } from "./load/load-spec-file.ts";
export type { SpecBundle } from "./load/models-of-bundle.ts";
export { placeOfError } from "./load/place.ts";
export type { Problem } from "./problem.ts";
export { type Span, spanNamed } from "./span.ts";

/**
 * Checks and loads a user's TypeScript spec, wherever it lies. `loading` is handed what the file does at its top, and runs it: code of the
 * user, which may not return.
 */
export async function loadSpecFile(path: string, loading: Loading = asItIs): Promise<LoadResult> {
  return (await import("./load/load-spec-file.ts")).loadSpecFile(path, loading);
}

/** The models of a spec that was loaded before, in another thread. */
export async function modelsOfBundle(
  bundle: SpecBundle,
  loading: Loading = asItIs,
): Promise<readonly ModelDeclaration[]> {
  return (await import("./load/models-of-bundle.ts")).modelsOfBundle(bundle, loading);
}

/** The places of everything that a spec's file and its imports declare, nearest file first; for `spanNamed`. */
export async function spansOf(file: string): Promise<readonly Span[]> {
  return (await import("./spans.ts")).spansOf(file);
}

/** Reads a model's sources once, to answer several questions about it. */
export async function explainer(question: Question): Promise<Explainer> {
  return (await import("./explain/explain.ts")).explainer(question);
}

/** Why a property is false. */
export async function explain({ property, before, state, ...question }: PropertyQuestion): Promise<Explained> {
  return (await explainer(question)).property(property, before, state);
}

/** Why an action is disabled. */
export async function explainGuard({ action, choice, state, ...question }: GuardQuestion): Promise<Explained> {
  return (await explainer(question)).guard(action, choice, state);
}
