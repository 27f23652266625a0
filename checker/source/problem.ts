/** What is wrong with a spec, said so that its author can mend it. */
export type ProblemCode =
  | "not-found"
  | "not-typescript"
  | "syntax"
  | "type"
  | "unchecked"
  | "foreign-import"
  | "dynamic-import"
  | "ambient"
  | "clock"
  | "randomness"
  | "outside-world"
  | "global"
  | "locale"
  | "asynchronous"
  | "caught-error"
  | "object-state"
  | "captured-variable"
  | "captured-change"
  | "changed-argument"
  | "replaced-draft"
  | "object-identity"
  | "collection-fields"
  | "id-order"
  | "id-number"
  | "id-text"
  | "id-position"
  | "id-made"
  | "cast"
  | "declaration"
  | "spec-throws"
  | "no-model"
  | "same-name";

export interface Problem {
  readonly code: ProblemCode;
  /** The absolute path of the file. */
  readonly file: string;
  /** Both from one. */
  readonly line: number;
  readonly column: number;
  /** What was found, and what was expected. */
  readonly message: string;
  /** The supported way to say it. */
  readonly tryThis: string;
}

/** By file in the given order, then by place; of several problems at one place only the first. */
export function inOrder(problems: readonly Problem[], files: readonly string[]): readonly Problem[] {
  const rank = (problem: Problem): number => files.indexOf(problem.file);
  const sorted = [...problems].sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
  return sorted.filter((problem, position) => {
    const before = sorted[position - 1];
    return before?.file !== problem.file || before.line !== problem.line || before.column !== problem.column;
  });
}
