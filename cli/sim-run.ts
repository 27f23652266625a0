/** One simulated run, with the judgement of what its clients saw: the simulation and the checker of histories meet here. */
import { checkHistory, historyModels, readHistory, type Verdict, violationLines } from "../checker/history/index.ts";
import { type Report, Run, type RunOptions, type Schedule, shrinkFaults, simulate } from "../impl/sim/index.ts";
import type { Io } from "./io.ts";
import { simulationLine, type Total } from "./sim-report.ts";

export interface Judged {
  readonly report: Report;
  /** What repeats the run, faults listed. */
  readonly schedule: Schedule;
  /** What broke; null where nothing did. */
  readonly failure: { readonly property: string; readonly where: string; readonly lines: readonly string[] } | null;
  readonly isLiveness: boolean;
  /** The search for an order of the operations ended without an answer. */
  readonly isUndecided: boolean;
}

const MODEL = "kv-cas";
/** What the search through the history of one key may remember, and how long all of it may take. */
const CONFIGURATIONS_MAX = 1_000_000;
const SHRINKING_RUNS_MAX = 400;
const EVENTS_PER_TURN = 10_000;
const MILLISECONDS_PER_FRAME = 100;

/** Null where it was stopped before its end. */
export async function judgedSimulation(
  options: RunOptions,
  io: Io,
  isOver: () => boolean,
  total: Total,
): Promise<Judged | null> {
  const run = new Run(options);
  const startedAt = total.startedAt ?? io.now();
  total.startedAt = startedAt;
  while (!run.advance(EVENTS_PER_TURN)) {
    if (io.now() - total.drawnAt > MILLISECONDS_PER_FRAME) {
      total.drawnAt = io.now();
      if (io.stderr.isTerminal) {
        const line = simulationLine(total, (io.now() - startedAt) / 1000);
        io.stderr.write(`\r\u001b[K${line.slice(0, Math.max(0, io.stderr.columns - 1))}`);
      }
      await io.turn();
    }
    if (isOver()) return null;
  }
  return judge(run.report, isOver);
}

function judge(report: Report, isOver: () => boolean): Judged {
  const { seed, servers, spares, steps, faults, failure } = report;
  const schedule = { seed, servers, spares, steps, faults };
  if (failure !== null) {
    const where = failure.server === null ? "" : ` at ${failure.server}`;
    const lines = [failure.what, ...(failure.stack === null ? [] : failure.stack.split("\n").slice(1, 8))];
    const isLiveness = failure.property === "CommitsAgain" || failure.property === "Converges";
    const place = `${where}, event ${failure.event}, ${(failure.time / 1e6).toFixed(6)} s`;
    return {
      report,
      schedule,
      failure: { property: failure.property, where: place, lines },
      isLiveness,
      isUndecided: false,
    };
  }
  const verdict = verdictOf(report, isOver);
  const judged = { report, schedule, isLiveness: false, isUndecided: verdict.kind === "unknown" };
  if (verdict.kind !== "violated") return { ...judged, failure: null };
  const lines = violationLines(verdict.violation);
  return { ...judged, failure: { property: "Linearizability", where: `, key ${verdict.keys.join(", ")}`, lines } };
}

function verdictOf({ history }: Report, isOver: () => boolean): Verdict {
  const model = historyModels.find(({ name }) => name === MODEL);
  if (model === undefined) throw new Error(`there is no model ${MODEL}`);
  if (history === "") return { kind: "linearizable", witnesses: [] };
  const read = readHistory(history, model);
  if (!read.ok) throw new Error(`the simulation recorded what is no history: ${JSON.stringify(read.fault)}`);
  return checkHistory(model, read.operations, { isOver, configurationCountMax: CONFIGURATIONS_MAX });
}

/** The schedule with as few faults as it takes to break the same property. */
export function shrunkSchedule({ schedule, failure }: Judged): Schedule {
  if (failure === null) return schedule;
  const stillFails = (faults: Schedule["faults"]): boolean => {
    const again = judge(simulate({ ...schedule, faults, log: null }), () => false);
    return again.failure?.property === failure.property;
  };
  return { ...schedule, faults: shrinkFaults(schedule.faults, stillFails, SHRINKING_RUNS_MAX).faults };
}
