/** What is printed of a run that was ended from outside: what it had found, and what it was at. */
import { hasCheckpoint } from "../checker/checkpoint/index.ts";
import type { Report } from "../checker/report/index.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { exitOfReport } from "./exit-of-report.ts";
import type { Counts } from "./job-cells.ts";
import { outOfMemory } from "./out-of-memory.ts";
import { type Problem, problemText } from "./problem.ts";
import { bytes } from "./progress.ts";
import { reporterFor } from "./reporters/index.ts";
import type { Unfinished } from "./watch.ts";

/** Why a run was ended, and which function of the spec had not returned, for how long. */
export interface Ending {
  readonly by: "interrupt" | "time" | "memory";
  readonly limit: number | null;
  /** The option or the signal, as the user gave it. */
  readonly cause: string;
  readonly call: { readonly name: string; readonly seconds: number } | null;
}

interface Outputs {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Prints what there is to say, and gives the exit code. `unfinished` is null where no search had begun. */
export function reportUnfinished(
  unfinished: Unfinished | null,
  ending: Ending,
  counts: Counts,
  { stdout, stderr }: Outputs,
): ExitCode {
  stderr(problemText(problemOf(ending)));
  if (unfinished === null) return problemOf(ending).exit;
  const { options, version, isColoured } = unfinished;
  const report = withCounts(unfinished, ending, counts);
  const strict = options.strict === true;
  stdout(reporterFor(options.reporter, isColoured)(report, { full: options.full === true, strict, version }));
  if (ending.by === "memory") return exitCodes.memory;
  const exit = exitOfReport(report, options);
  // What was exercised is not known, so it cannot be said that all was.
  return strict && exit === exitCodes.ok ? exitCodes.expectation : exit;
}

function withCounts(
  { report, resume }: Unfinished,
  ending: Ending,
  { distinct, generated, depth, queue }: Counts,
): Report {
  const { by, limit, cause, call } = ending;
  const during = by === "memory" ? "ran" : "did not return";
  const full = call === null ? cause : `${cause} while ${call.name} ${during}`;
  const canResume = resume !== null && hasCheckpoint(resume.folder);
  return {
    ...report,
    distinct,
    generated,
    depth,
    omission: report.exact ? 0 : (distinct * (distinct - 1)) / 2 ** 65,
    stopped: { by, limit, frontier: queue, cause: full },
    commands: { ...report.commands, ...(canResume ? { resume: resume.command } : {}) },
  };
}

function problemOf({ by, limit, cause, call }: Ending): Problem {
  if (by === "memory") {
    const during = call === null ? "" : `, while ${call.name} ran`;
    return outOfMemory(`the ${bytes(limit ?? 0)} that this process may use for objects${during}`);
  }
  const what =
    call === null ? "the run came to no pause" : `${call.name} had not returned for ${call.seconds.toFixed(1)} s`;
  return {
    code: "ended-from-outside",
    exit: exitCodes.incomplete,
    what: `ended by ${cause}: ${what}`,
    expected: call === null ? "a search that comes to a pause in time" : "functions of a spec that come to an end",
    tries: call === null ? ["Give it more time."] : [`Look for a loop that does not end in ${call.name}.`],
  };
}
