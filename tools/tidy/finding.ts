/** One thing that breaks a rule of the project. */
export interface Finding {
  readonly rule: RuleName;
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** From one; one as well when the finding is about the file as a whole. */
  readonly line: number;
  /** What was found, why it is refused, and what to write instead. */
  readonly message: string;
}

export const RULE_NAMES = [
  "import-table",
  "file-size",
  "function-size",
  "file-name",
  "any",
  "double-cast",
  "non-null",
  "ts-ignore",
  "default-export",
  "optional-boolean",
  "ambience",
  "generated-code",
  "skipped-test",
  "console",
  "unfinished",
  "docs-script",
  "docs-path",
  "docs-command",
  "docs-flag",
  "dependency-pin",
  "dependency-reason",
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

export function formatFinding(finding: Finding): string {
  return `${finding.path}:${finding.line} [${finding.rule}] ${finding.message}`;
}

/** The line, from one, on which an offset of a text lies. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
