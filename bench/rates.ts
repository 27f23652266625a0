/** How fast each subject explores the same models, round by round, so that a slow minute of the machine is shared. */
import { formatCount, formatSpread, formatTable, type Spread, spreadOf } from "./statistics.ts";
import type { Measured, Runner } from "./subjects.ts";

export interface Rate {
  readonly subject: string;
  readonly workload: string;
  readonly rounds: number;
  readonly distinct: number;
  readonly generated: number;
  /** Of the exploration: the whole process, less the median of a start that ends at the first state. */
  readonly seconds: Spread;
  readonly startSeconds: number;
  readonly distinctPerSecond: Spread;
  readonly generatedPerSecond: Spread;
  /** The largest resident set less that of such a start, over the states; null where the system does not tell. */
  readonly bytesPerState: number | null;
}

export interface Skipped {
  readonly subject: string;
  readonly workload: string;
  readonly why: string;
}

export interface Rates {
  readonly rates: readonly Rate[];
  readonly skipped: readonly Skipped[];
}

/** Those who explore the same model, side by side. */
export interface Heat {
  readonly workload: string;
  readonly runners: readonly Runner[];
}

export type Say = (line: string) => void;

export async function measureRates(heats: readonly Heat[], rounds: number, say: Say): Promise<Rates> {
  const results: Rates[] = [];
  for (const heat of heats) results.push(await measureHeat(heat, rounds, say));
  return joined(results);
}

export function joined(results: readonly Rates[]): Rates {
  return { rates: results.flatMap(({ rates }) => rates), skipped: results.flatMap(({ skipped }) => skipped) };
}

async function measureHeat({ workload, runners }: Heat, rounds: number, say: Say): Promise<Rates> {
  const lanes = runners.map((runner) => ({ runner, starts: [] as Measured[], ends: [] as Measured[] }));
  const skipped = new Map<Runner, Skipped>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const { runner, starts, ends } of lanes) {
      if (skipped.has(runner)) continue;
      const start = await runner.start();
      const end = start.kind === "measured" ? await runner.explore() : start;
      if (start.kind !== "measured" || end.kind !== "measured") {
        const why = end.kind === "measured" ? "" : end.why;
        skipped.set(runner, { subject: runner.name, workload, why });
        say(notMeasured({ subject: runner.name, workload, why }));
        continue;
      }
      starts.push(start);
      ends.push(end);
      say(`${workload}, round ${round} of ${rounds}, ${runner.name}: ${end.seconds.toFixed(2)} s`);
    }
  }
  const whole = lanes.filter(({ runner }) => !skipped.has(runner));
  const rates = whole.map(({ runner, starts, ends }) => rateOf(runner.name, workload, starts, ends));
  return { rates, skipped: [...skipped.values()] };
}

export function notMeasured({ subject, workload, why }: Skipped): string {
  return `NOT MEASURED: ${subject} on ${workload}: ${why}`;
}

/** A run so short that the start took longer than all of it: no rate can be told. */
const secondsMin = 1e-3;

export function rateOf(
  subject: string,
  workload: string,
  starts: readonly Measured[],
  ends: readonly Measured[],
): Rate {
  const startSeconds = spreadOf(starts.map((start) => start.seconds)).median;
  const seconds = ends.map((end) => Math.max(end.seconds - startSeconds, secondsMin));
  const perSecond = (count: (end: Measured) => number) =>
    spreadOf(ends.map((end, i) => count(end) / (seconds[i] ?? secondsMin)));
  return {
    subject,
    workload,
    rounds: ends.length,
    distinct: ends[0]?.distinct ?? 0,
    generated: ends[0]?.generated ?? 0,
    seconds: spreadOf(seconds),
    startSeconds,
    distinctPerSecond: perSecond((end) => end.distinct),
    generatedPerSecond: perSecond((end) => end.generated),
    bytesPerState: bytesPerState(starts, ends),
  };
}

function bytesPerState(starts: readonly Measured[], ends: readonly Measured[]): number | null {
  const before = starts.map((start) => start.peakBytes).filter((bytes) => bytes !== null);
  const after = ends.map((end) => end.peakBytes).filter((bytes) => bytes !== null);
  const distinct = ends[0]?.distinct ?? 0;
  if (before.length === 0 || after.length === 0 || distinct === 0) return null;
  return (spreadOf(after).median - spreadOf(before).median) / distinct;
}

export function formatRates({ rates, skipped }: Rates): string {
  const head = ["model", "subject", "distinct", "generated", "seconds", "distinct/s", "generated/s", "bytes/state"];
  const rows = rates.map((rate) => [
    rate.workload,
    rate.subject,
    formatCount(rate.distinct),
    formatCount(rate.generated),
    `${rate.seconds.median.toFixed(2)} + ${rate.startSeconds.toFixed(2)}`,
    formatSpread(rate.distinctPerSecond),
    formatSpread(rate.generatedPerSecond),
    rate.bytesPerState === null ? "-" : formatCount(rate.bytesPerState),
  ]);
  return [formatTable([head, ...rows]), ...skipped.map((one) => `${notMeasured(one)}\n`)].join("");
}
