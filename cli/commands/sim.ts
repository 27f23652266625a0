import { Command, InvalidArgumentError } from "commander";
import { type RunOptions, readSchedule, SERVERS_MAX, scheduleText } from "../../impl/sim/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Interrupt, Io } from "../io.ts";
import { fine, type Problem, type Result, refuse, reported } from "../problem.ts";
import { positiveNumber, seedNumber } from "../run-options.ts";
import { addUp, type Failed, failureLines, fineLines, jsonOf, type Total, totalLines } from "../sim-report.ts";
import { type Judged, judgedSimulation, logOf, type Simulator, shrunk, simulationProgress } from "../sim-run.ts";

interface SimOptions {
  readonly seed: number;
  readonly seeds: number;
  readonly nodes: number;
  readonly spares: number;
  readonly steps: number;
  readonly schedule?: string;
  readonly failure?: string;
  readonly shrink?: true;
  readonly log?: string;
  readonly history?: string;
  readonly maxSeconds?: number;
  readonly json?: true;
}

const examples = `
Examples:
  lockstep sim --seed 7 --nodes 5 --steps 1e6
  lockstep sim --seeds 10000 --steps 20000
  lockstep sim --schedule sim-seed-7.json --log run.log     the run of that file again, with every event`;

export function simCommand(io: Io, simulator: Simulator, done: (code: ExitCode) => void): Command {
  return new Command("sim")
    .description("run a cluster of the implementation in a simulated world that a seed decides, with all its faults")
    .option("--seed <seed>", "the first seed: the same seed runs the same, to the byte", seedNumber, 1)
    .option("--seeds <count>", "how many seeds, one after the other", countNumber, 1)
    .option("--nodes <count>", `servers at first, up to ${SERVERS_MAX}`, serverCount, 5)
    .option("--spares <count>", "servers that may join", spareCount, 2)
    .option("--steps <events>", "events before all faults end, of each seed: 100000, 1e6", countNumber, 100_000)
    .option("--schedule <file>", "the run of this file, in place of one from a seed")
    .option("--failure <file>", "where the schedule of a failure is written (default: sim-seed-<seed>.json)")
    .option("--shrink", "leave out of that schedule what the failure does not need")
    .option("--log <file>", "write every event to this file; for one seed")
    .option("--history <file>", "write what the clients saw to this file; for one seed")
    .option("--max-seconds <seconds>", "stop after this long", positiveNumber)
    .option("--json", "print the report as JSON")
    .addHelpText("after", examples)
    .action(async (options: SimOptions) => {
      done(await simulateClusters(options, simulator, io));
    });
}

function countNumber(text: string): number {
  const count = /^\d+(e\d+)?$/.test(text) ? Number(text) : 0;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError("Expected a whole number from 1, such as 100000 or 1e6.");
  }
  return count;
}

function serverCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > SERVERS_MAX)
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${SERVERS_MAX}.`);
  return count;
}

function spareCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : -1;
  if (count < 0 || count > SERVERS_MAX) throw new InvalidArgumentError(`Expected a whole number up to ${SERVERS_MAX}.`);
  return count;
}

async function simulateClusters(options: SimOptions, simulator: Simulator, io: Io): Promise<ExitCode> {
  const problem = contradiction(options);
  if (problem !== null) return reported([problem], io);
  const read = await runsOf(options, io);
  if (!read.ok) return reported(read.problems, io);
  const interrupts: Interrupt[] = [];
  const off = io.onInterrupt((interrupt) => {
    if (interrupts.length > 0) io.endAtOnce(exitCodes.interruptedAtOnce);
    interrupts.push(interrupt);
  });
  try {
    return await simulateAll({ simulator, runs: read.value, isStopped: () => interrupts.length > 0 }, options, io);
  } finally {
    off();
  }
}

interface Simulations {
  readonly simulator: Simulator;
  readonly runs: Iterable<RunOptions>;
  readonly isStopped: () => boolean;
}

async function simulateAll(
  { simulator, runs, isStopped }: Simulations,
  options: SimOptions,
  io: Io,
): Promise<ExitCode> {
  const startedAt = io.now();
  const deadline = options.maxSeconds === undefined ? Number.POSITIVE_INFINITY : startedAt + options.maxSeconds * 1000;
  const isOver = (): boolean => isStopped() || io.now() > deadline;
  const total = addUp();
  const progress = simulationProgress(total, io);
  let failed: Failed | null = null;
  let unwritten: Problem | null = null;
  for (const run of runs) {
    const lines: string[] = [];
    const log = options.log === undefined ? null : (line: string) => lines.push(line);
    const judged = await judgedSimulation(simulator, { ...run, log }, progress, isOver);
    if (judged === null) break;
    total.add(judged);
    // What is written and what is reported are of one run: the smallest one, where faults were left out.
    const isShrunk = options.shrink === true && judged.failure !== null;
    const shown = isShrunk ? shrunk(simulator, judged, isOver) : judged;
    const shownLines = isShrunk && log !== null ? logOf(simulator, shown.schedule) : lines;
    unwritten = await writeFiles(shown, shownLines, options, io);
    if (shown.failure === null && unwritten !== null) break;
    if (shown.failure === null) continue;
    const file = options.failure ?? `sim-seed-${shown.report.seed}.json`;
    failed = { judged: shown, failure: shown.failure, file, faultsAtFirst: judged.schedule.faults.length };
    break;
  }
  progress.end();
  return finish({ total, failed, unwritten, seconds: (io.now() - startedAt) / 1000 }, options, io);
}

interface Finished {
  readonly total: Total;
  readonly failed: Failed | null;
  /** A log or a history that was asked for and could not be written. */
  readonly unwritten: Problem | null;
  readonly seconds: number;
}

/** Writes the schedule of a failure, prints the report, and gives the exit code. What could not be written hides no report. */
async function finish({ total, failed, unwritten, seconds }: Finished, options: SimOptions, io: Io): Promise<ExitCode> {
  const isComplete = failed !== null || total.runs === options.seeds;
  let problem = unwritten;
  if (failed !== null) {
    const wrote = await io.files.write(failed.file, scheduleText(failed.judged.schedule));
    if (!wrote.ok) problem ??= unwrittenFile(failed.file, wrote.message);
  }
  if (options.json === true) io.stdout.write(jsonOf(total, failed, isComplete, seconds));
  else {
    const verdict = failed === null ? fineLines(total, isComplete) : failureLines(failed);
    io.stdout.write([...totalLines(total, seconds), ...verdict, ""].join("\n"));
  }
  if (problem !== null) return reported([problem], io);
  if (failed !== null) return failed.failure.isLiveness ? exitCodes.liveness : exitCodes.safety;
  return isComplete && total.undecided === 0 ? exitCodes.ok : exitCodes.incomplete;
}

function contradiction({ seeds, schedule, log, history }: SimOptions): Problem | null {
  const single =
    schedule !== undefined ? "--schedule" : log !== undefined ? "--log" : history !== undefined ? "--history" : null;
  if (single === null || seeds === 1) return null;
  return {
    code: "options-contradict",
    exit: exitCodes.configuration,
    what: `${single} is about one run, and --seeds asks for ${seeds}`,
    expected: `${single} without --seeds`,
    tries: [`Write ${single} with --seed and the seed that you want.`],
  };
}

async function runsOf(options: SimOptions, io: Io): Promise<Result<Iterable<RunOptions>>> {
  if (options.schedule === undefined) return fine(seeded(options));
  const file = options.schedule;
  const read = await io.files.read(file);
  if (!read.ok) {
    return refuse({
      code: "schedule-not-read",
      exit: exitCodes.system,
      what: `the schedule ${file} cannot be read: ${read.message} (${read.code})`,
      expected: "a file that a failing run of lockstep sim has written",
      tries: ["Give the path that the failing run printed."],
    });
  }
  const schedule = readSchedule(read.text);
  if (schedule.ok) return fine([{ ...schedule.schedule, log: null }]);
  const { place, expected, found } = schedule.fault;
  return refuse({
    code: "schedule-not-understood",
    exit: exitCodes.configuration,
    what: `the schedule ${file} is not understood at ${place}`,
    expected,
    found,
    tries: ["See docs/sim.md, which describes the format."],
  });
}

function* seeded({ seed, seeds, nodes, spares, steps }: SimOptions): Iterable<RunOptions> {
  for (let i = 0; i < seeds; i += 1) yield { seed: seed + i, servers: nodes, spares, steps, faults: null, log: null };
}

async function writeFiles(
  judged: Judged,
  lines: readonly string[],
  options: SimOptions,
  io: Io,
): Promise<Problem | null> {
  const texts: readonly (readonly [string | undefined, () => string])[] = [
    [options.log, () => `${lines.join("\n")}\n`],
    [options.history, () => judged.report.history],
  ];
  for (const [file, text] of texts) {
    if (file === undefined) continue;
    const wrote = await io.files.write(file, text());
    if (!wrote.ok) return unwrittenFile(file, wrote.message);
  }
  return null;
}

function unwrittenFile(file: string, message: string): Problem {
  return {
    code: "file-not-written",
    exit: exitCodes.system,
    what: `${file} cannot be written: ${message}`,
    expected: "a path in a folder that can be written",
    tries: ["Give another path."],
  };
}
