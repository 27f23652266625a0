/** One simulated run, with the judgement of what its clients saw: the simulation and the checker of histories meet here. */
import { checkHistory, historyModels, readHistory, type Verdict } from "../checker/history/index.ts";
import { type Report, Run, type RunOptions, type Schedule, shrinkFaults } from "../impl/sim/index.ts";
import type { Io } from "./io.ts";
import { failureOfHistory, failureOfRun, type SimFailure } from "./sim-failure.ts";
import { simulationLine, type Total } from "./sim-report.ts";

/** What runs a cluster from its beginning. A test may bring one with a mistake in the cluster. */
export interface Simulator {
  readonly Run: new (options: RunOptions) => Pick<Run, "advance" | "report">;
}

export const ordinarySimulator: Simulator = { Run };

export interface Judged {
  readonly report: Report;
  /** What repeats the run, faults listed. */
  readonly schedule: Schedule;
  /** What broke; null where nothing did. */
  readonly failure: SimFailure | null;
  /** The search for an order of the operations ended without an answer. */
  readonly isUndecided: boolean;
}

const MODEL = "kv-cas";
/** What the search through the history of one key may remember, and how long all of it may take. */
const CONFIGURATIONS_MAX = 1_000_000;
const SHRINKING_RUNS_MAX = 400;
const EVENTS_PER_TURN = 10_000;
const MILLISECONDS_PER_FRAME = 100;

/** Shown on a terminal while runs go on. */
export interface SimulationProgress {
  /** Draws the line where it is time to, and lets signals have their turn. */
  readonly turn: () => Promise<void>;
  readonly end: () => void;
}

export function simulationProgress(total: Total, io: Pick<Io, "now" | "stderr" | "turn">): SimulationProgress {
  const startedAt = io.now();
  let drawnAt = startedAt;
  return {
    async turn() {
      const at = io.now();
      if (at - drawnAt < MILLISECONDS_PER_FRAME) return;
      drawnAt = at;
      if (io.stderr.isTerminal) {
        const line = simulationLine(total, (at - startedAt) / 1000);
        io.stderr.write(`\r\u001b[K${line.slice(0, Math.max(0, io.stderr.columns - 1))}`);
      }
      await io.turn();
    },
    end() {
      if (io.stderr.isTerminal) io.stderr.write("\r\u001b[K");
    },
  };
}

/** Null where it was stopped before its end. */
export async function judgedSimulation(
  simulator: Simulator,
  options: RunOptions,
  progress: SimulationProgress,
  isOver: () => boolean,
): Promise<Judged | null> {
  const run = new simulator.Run(options);
  while (!run.advance(EVENTS_PER_TURN)) {
    await progress.turn();
    if (isOver()) return null;
  }
  return judge(run.report, isOver);
}

function judge(report: Report, isOver: () => boolean): Judged {
  const { seed, servers, spares, steps, faults } = report;
  const judged = { report, schedule: { seed, servers, spares, steps, faults }, isUndecided: false };
  const failure = failureOfRun(report);
  if (failure !== null) return { ...judged, failure };
  const verdict = verdictOf(report, isOver);
  if (verdict.kind === "violated") return { ...judged, failure: failureOfHistory(verdict) };
  return { ...judged, failure: null, isUndecided: verdict.kind === "unknown" };
}

function verdictOf({ history }: Report, isOver: () => boolean): Verdict {
  const model = historyModels.find(({ name }) => name === MODEL);
  if (model === undefined) throw new Error(`there is no model ${MODEL}`);
  if (history === "") return { kind: "linearizable", witnesses: [] };
  const read = readHistory(history, model);
  if (!read.ok) throw new Error(`the simulation recorded what is no history: ${JSON.stringify(read.fault)}`);
  return checkHistory(model, read.operations, { isOver, configurationCountMax: CONFIGURATIONS_MAX });
}

/** The run that shows the same failure with as few of the faults as that takes. */
export function shrunk(simulator: Simulator, judged: Judged, isOver: () => boolean): Judged {
  const { schedule, failure } = judged;
  if (failure === null) return judged;
  let smallest = judged;
  const stillFails = (faults: Schedule["faults"]): boolean => {
    if (isOver()) return false;
    const again = judge(simulate(simulator, { ...schedule, faults, log: null }), () => false);
    if (again.failure?.signature !== failure.signature) return false;
    smallest = again;
    return true;
  };
  shrinkFaults(schedule.faults, stillFails, SHRINKING_RUNS_MAX);
  return smallest;
}

/** The lines of the log of the run with this schedule. */
export function logOf(simulator: Simulator, schedule: Schedule): readonly string[] {
  const lines: string[] = [];
  simulate(simulator, { ...schedule, log: (line) => lines.push(line) });
  return lines;
}

function simulate(simulator: Simulator, options: RunOptions): Report {
  const run = new simulator.Run(options);
  while (!run.advance(EVENTS_PER_TURN));
  return run.report;
}
