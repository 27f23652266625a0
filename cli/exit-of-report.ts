import { notExercised, type Report } from "../checker/report/index.ts";
import { type ExitCode, exitCodes, exitOfError } from "./exit-codes.ts";
import type { RunOptions } from "./run-options.ts";

/** The verdict decides, unless something was expected: then the expectation does. An error of the spec is no verdict. */
export function exitOfReport(report: Report, { expect, strict }: Pick<RunOptions, "expect" | "strict">): ExitCode {
  const error = report.finding?.error ?? null;
  if (error !== null) return exitOfError(error.part);
  if (expect !== undefined && expect !== report.verdict) return exitCodes.expectation;
  if (report.expectation?.met === false) return exitCodes.expectation;
  if (strict === true && notExercised(report).length > 0) return exitCodes.expectation;
  if (expect !== undefined || report.verdict === "holds") return exitCodes.ok;
  if (report.verdict === "incomplete") return exitCodes.incomplete;
  return report.finding?.kind === "deadlock" ? exitCodes.deadlock : exitCodes.safety;
}
