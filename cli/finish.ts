/** What follows every run, whatever the search was: the trace, the report, the exit code. */
import type { Outcome } from "../checker/index.ts";
import { type Places, type Report, reportOf } from "../checker/report/index.ts";
import type { ExitCode } from "./exit-codes.ts";
import { exitOfReport } from "./exit-of-report.ts";
import type { Interrupt, Io } from "./io.ts";
import type { SelectedModel } from "./model-selection.ts";
import { type Problem, problemText } from "./problem.ts";
import { bytes } from "./progress.ts";
import { reporterFor } from "./reporters/index.ts";
import { commandLine, type RunOptions } from "./run-options.ts";
import { noPlaces, reasonsOrWhyNot } from "./spec-source.ts";
import { traceOf, writeTrace } from "./trace-file.ts";
import type { Unfinished } from "./watch.ts";

export interface FinishedRun {
  readonly selected: SelectedModel;
  readonly outcome: Outcome;
  readonly interrupt: Interrupt | null;
  readonly options: RunOptions;
  readonly seed: number | null;
  /** The command that does this run again. */
  readonly again: string;
  /** The command that goes on where this run stopped; null where nothing was kept of it. */
  readonly resume: string | null;
}

/** What is to be printed where the search is ended from outside: this report, with what was counted by then. */
export function unfinishedOf(
  run: Pick<FinishedRun, "selected" | "options" | "seed" | "again">,
  searched: Pick<Outcome, "engine" | "exact" | "mode">,
  resume: Unfinished["resume"],
  io: Io,
): Unfinished {
  const { options, selected, seed, again } = run;
  const report = reportOf({
    outcome: { ...nothingFound, ...searched, model: selected.model },
    declaration: selected.declaration,
    file: selected.file,
    places: noPlaces,
    reasons: [],
    errorPlace: null,
    stopCause: null,
    asDeclared: false,
    seed,
    traceFile: null,
    commands: { again, last: again },
  });
  return { report, options, version: io.version, isColoured: isColoured(io), resume };
}

/** Counts of single actions, goals and antecedents are left out: they are not known from outside. */
const nothingFound: Omit<Outcome, "model" | "engine" | "exact" | "mode"> = {
  omission: 0,
  verdict: "incomplete",
  finding: null,
  trace: [],
  shortest: false,
  stopped: null,
  distinct: 0,
  generated: 0,
  depth: 0,
  outside: {},
  outDegree: null,
  actions: [],
  goals: [],
  vacuous: [],
  walks: null,
  spilled: null,
};

function isColoured({ stdout, environment }: Io): boolean {
  return stdout.isTerminal && environment["NO_COLOR"] === undefined;
}

/** Writes the trace where one was asked for, prints the report, and gives the exit code. */
export async function finish(run: FinishedRun, io: Io): Promise<ExitCode> {
  const { options } = run;
  // Reading the source takes a second, and only a finding speaks of it.
  const places = run.outcome.finding === null ? noPlaces : await io.specs.places(run.selected.declaration);
  const untraced = await unwrittenReport(run, places, io);
  const writing = await traceIfAsked(run, untraced, places, io);
  const report = writing.file === null ? untraced : withTrace(untraced, writing.file);
  const reporter = reporterFor(options.reporter, isColoured(io));
  const strict = options.strict === true;
  io.stdout.write(reporter(report, { full: options.full === true, strict, version: io.version }));
  if (writing.problem !== null) {
    io.stderr.write(problemText(writing.problem));
    return writing.problem.exit;
  }
  return exitOfReport(report, options);
}

async function unwrittenReport(run: FinishedRun, places: Places, io: Io): Promise<Report> {
  const { selected, outcome, again, resume } = run;
  const { declaration } = selected;
  const { finding } = outcome;
  return reportOf({
    outcome,
    declaration,
    file: selected.file,
    places,
    reasons: finding === null ? [] : await reasonsOrWhyNot(io.specs, declaration, outcome),
    errorPlace: finding?.kind === "error" ? io.specs.placeOfError(declaration, finding.error.cause) : null,
    stopCause: stopCause(run),
    asDeclared: selected.asDeclared,
    seed: run.seed,
    traceFile: null,
    commands: { again, last: again, ...(resume === null ? {} : { resume }) },
  });
}

interface Writing {
  /** The file that was written; null where none was. */
  readonly file: string | null;
  readonly problem: Problem | null;
}

async function traceIfAsked(
  { selected, outcome, options }: FinishedRun,
  report: Report,
  places: Places,
  io: Io,
): Promise<Writing> {
  const path = options.trace;
  if (path === undefined || outcome.trace.length === 0) return { file: null, problem: null };
  const trace = traceOf({ selected, outcome, finding: report.finding, places, version: io.version });
  const problem = await writeTrace(path, trace, io.files);
  return { file: problem === null ? path : null, problem };
}

function withTrace(report: Report, traceFile: string): Report {
  return { ...report, traceFile, commands: { ...report.commands, last: commandLine(["replay", traceFile]) } };
}

/** The option or the signal that stopped the run, as the user gave it. */
function stopCause({ outcome: { stopped }, interrupt, options }: FinishedRun): string | null {
  switch (stopped?.by) {
    case "states":
      return options.maxStates === undefined ? "the table of states, which is full" : `--max-states ${stopped.limit}`;
    case "depth":
      return `--max-depth ${stopped.limit}`;
    case "time":
      return `--max-seconds ${stopped.limit}`;
    case "memory":
      return options.maxMemory === undefined
        ? `the memory this process may use, ${bytes(stopped.limit ?? 0)}`
        : `--max-memory ${bytes(stopped.limit ?? 0)}`;
    case "interrupt":
      return interrupt === "SIGTERM" ? "SIGTERM" : "Ctrl-C";
    default:
      return null;
  }
}
