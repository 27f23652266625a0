/** Bad input or a bad world, in one message: where, what was found, what was expected, what to try. */
import type { Place } from "../checker/report/index.ts";
import type { ExitCode } from "./exit-codes.ts";

export interface Problem {
  /** Kebab-case, for programs that read our output. */
  readonly code: string;
  readonly exit: ExitCode;
  /** One sentence without a full stop. */
  readonly what: string;
  readonly place?: Pick<Place, "file"> & Partial<Place>;
  readonly expected?: string;
  readonly found?: string;
  /** The action, property or constraint of the spec that is to blame, by its name; `located` finds its place. */
  readonly concerns?: string;
  /** What the user can do now, the likeliest first. */
  readonly tries: readonly string[];
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

export function fine<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse<T>(first: Problem, ...others: readonly Problem[]): Result<T> {
  return { ok: false, problems: [first, ...others] };
}

export function problemText(problem: Problem): string {
  const place = problem.place === undefined ? "" : `${placeText(problem.place)}: `;
  const lines = [`lockstep: ${place}${problem.what}`];
  if (problem.found !== undefined) lines.push(`  found     ${problem.found}`);
  if (problem.expected !== undefined) lines.push(`  expected  ${problem.expected}`);
  for (const advice of problem.tries) lines.push(`  try       ${advice}`);
  return `${lines.join("\n")}\n`;
}

/** Prints the problems and gives the exit code of the first. */
export function reported(
  problems: readonly [Problem, ...Problem[]],
  { stderr }: { readonly stderr: { readonly write: (text: string) => void } },
): ExitCode {
  for (const problem of problems) stderr.write(problemText(problem));
  return problems[0].exit;
}

/** `file:line:column`, as editors and terminals link it. */
export function placeText({ file, line, column }: Pick<Place, "file"> & Partial<Place>): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}
