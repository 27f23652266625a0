/** The forms a report can take. Each is a function from the report to text. */
import type { Report } from "../../checker/report/index.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { sarif } from "./sarif.ts";
import { styles, text } from "./text.ts";

export const reporterNames = ["tty", "plain", "json", "junit", "sarif", "github"] as const;
export type ReporterName = (typeof reporterNames)[number];

export interface ReporterOptions {
  /** Whole states instead of what changed. */
  readonly full: boolean;
  /** Whether what was not exercised fails the run. */
  readonly strict: boolean;
  readonly version: string;
}

export type Reporter = (report: Report, options: ReporterOptions) => string;

const reporters: Readonly<Record<ReporterName, Reporter>> = {
  tty: (report, options) => text(report, options, styles.coloured),
  plain: (report, options) => text(report, options, styles.plain),
  json,
  junit,
  sarif,
  github,
};

/** The reporter of this name; without a name, colours on a terminal that wants them and plain text elsewhere. */
export function reporterFor(name: ReporterName | undefined, isTerminal: boolean): Reporter {
  return reporters[name ?? (isTerminal ? "tty" : "plain")];
}
