/** How rate and memory of each subject change as models of Raft.tla grow, from ten thousand states up. */
import { type Line, svg } from "./plot.ts";
import { raftModels } from "./raft-models.ts";
import { joined, measureRates, notMeasured, type Rate, type Rates, type Say } from "./rates.ts";
import { type Programs, raftWorkload, runnerOf, type Subject } from "./subjects.ts";

export interface Climb {
  /** Models of at least and at most so many states. */
  readonly from: number;
  readonly to: number;
  readonly rounds: number;
  /** A subject goes no further where the next model would take it longer, at the rate of the last one. */
  readonly secondsMax: number;
}

export async function climb(
  subjects: readonly Subject[],
  { from, to, rounds, secondsMax }: Climb,
  programs: Programs,
  say: Say,
): Promise<Rates> {
  const results: Rates[] = [];
  const rungs = raftModels.filter(({ distinct }) => distinct >= from && distinct <= to);
  for (const subject of subjects) {
    let perSecond = Number.POSITIVE_INFINITY;
    for (const { name, distinct } of rungs) {
      const workload = raftWorkload(name, null);
      const seconds = distinct / perSecond;
      if (seconds > secondsMax) {
        const why = `it would take about ${Math.round(seconds)} s, and the limit is ${secondsMax} s`;
        const skipped = { subject: subject.name, workload: workload.name, why };
        say(notMeasured(skipped));
        results.push({ rates: [], skipped: [skipped] });
        break;
      }
      const runner = runnerOf(subject, workload, programs);
      const result = await measureRates([{ workload: workload.name, runners: [runner] }], rounds, say);
      results.push(result);
      const [rate] = result.rates;
      if (rate === undefined) break;
      perSecond = rate.distinctPerSecond.median;
    }
  }
  return joined(results);
}

export function ratePlot({ rates }: Rates): string {
  const y = (rate: Rate) => rate.distinctPerSecond.median;
  return svg({
    title: "Rate by size of the model",
    x: "distinct states",
    y: "distinct states a second",
    lines: lines(rates, y),
  });
}

export function memoryPlot({ rates }: Rates): string {
  const y = (rate: Rate) => rate.bytesPerState ?? 0;
  return svg({
    title: "Memory by size of the model",
    x: "distinct states",
    y: "bytes a state",
    lines: lines(rates, y),
  });
}

/** Points without a positive value have no place on a logarithmic axis. */
function lines(rates: readonly Rate[], y: (rate: Rate) => number): Line[] {
  const names = [...new Set(rates.map(({ subject }) => subject))];
  return names.map((name) => ({
    name,
    points: rates
      .filter((rate) => rate.subject === name && y(rate) > 0)
      .map((rate) => ({ x: rate.distinct, y: y(rate) })),
  }));
}
