/** The door of the checker: what explores models. */
export { explain, type Spilling } from "./compile/index.ts";
export { corpus } from "./corpus/manifest.ts";
export { breadthFirstBy, engineNames, engineRefusal } from "./engines.ts";
export type { Crew } from "./parallel/index.ts";
export { EvaluationError } from "./reference/evaluation-error.ts";
export { isOutOfMemory, plainMessage } from "./reference/plain-words.ts";
export { check, type ReferenceResult, type TraceStep } from "./reference/reference.ts";
export { type Choice, Semantics, type State, type Step } from "./reference/semantics.ts";
export { SizeError } from "./reference/sizes.ts";
export { type ConcreteStep, checkRefinement, type Refinement, type RefinementResult } from "./refinement/index.ts";
export { Checks } from "./search/checks.ts";
export { Disagreement, FickleSpecError } from "./search/disagreement.ts";
export * from "./search/modes.ts";
export * from "./search/outcome.ts";
export { type Storage, StorageError, type StoredFile } from "./spill/storage.ts";
