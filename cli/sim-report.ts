/** What `lockstep sim` prints. */
import { number } from "../checker/report/index.ts";
import { type FaultKind, faultKinds, type Schedule } from "../impl/sim/index.ts";
import type { Judged } from "./sim-run.ts";

/** What all runs so far come to. */
export interface Total {
  runs: number;
  events: number;
  /** Seconds of simulated time. */
  seconds: number;
  /** The hash of the last run's events. */
  digest: string;
  elections: number;
  commits: number;
  ok: number;
  failed: number;
  unknown: number;
  /** Histories whose search ended without an answer. */
  undecided: number;
  readonly faults: Map<FaultKind, number>;
  readonly others: Map<string, number>;
  /** When the first run began and the progress was drawn, in milliseconds of the clock outside. */
  startedAt: number | null;
  drawnAt: number;
  add(judged: Judged): void;
}

export function addUp(): Total {
  return {
    runs: 0,
    events: 0,
    seconds: 0,
    digest: "",
    elections: 0,
    commits: 0,
    ok: 0,
    failed: 0,
    unknown: 0,
    undecided: 0,
    faults: new Map(),
    others: new Map(),
    startedAt: null,
    drawnAt: 0,
    add({ report, isUndecided }) {
      this.runs += 1;
      this.events += report.events;
      this.seconds += report.time / 1e6;
      this.digest = report.digest;
      this.elections += report.elections;
      this.commits += report.commits;
      this.ok += report.operations.ok;
      this.failed += report.operations.failed;
      this.unknown += report.operations.unknown;
      this.undecided += isUndecided ? 1 : 0;
      for (const [kind, count] of report.counts.faults) this.faults.set(kind, (this.faults.get(kind) ?? 0) + count);
      const { network, counts } = report;
      const others: Readonly<Record<string, number>> = {
        "messages sent": network.sent,
        "messages lost": network.lost,
        "messages blocked": network.blocked,
        "messages duplicated": network.duplicated,
        "messages reordered": network.reordered,
        crashes: counts.crashes,
        restarts: counts.restarts,
        "writes lost": counts.lostWrites,
        "writes torn": counts.tornWrites,
        "syncs failed": counts.failedSyncs,
        "servers condemned": counts.condemned,
        "snapshots taken": counts.snapshotsTaken,
        "snapshots installed": counts.snapshotsInstalled,
        "members changed": counts.changes,
        "leadership transferred": counts.transfers,
        "requests refused": counts.refused,
        "lease reads": counts.leaseReads,
        "stale reads (not checked)": counts.staleReads,
      };
      for (const [name, count] of Object.entries(others)) this.others.set(name, (this.others.get(name) ?? 0) + count);
    },
  };
}

/** `120 seeds · 2,400,000 events · 210,000/s` */
export function simulationLine({ runs, events }: Total, seconds: number): string {
  return `${number(runs)} seeds · ${number(events)} events · ${rate(events, seconds)}/s`;
}

export function totalLines(total: Total, isComplete: boolean, seconds: number): string[] {
  const faults = faultKinds.flatMap((kind) => {
    const count = total.faults.get(kind) ?? 0;
    return count === 0 ? [] : [`${kind} ${number(count)}`];
  });
  const others = [...total.others].map(([name, count]) => `${name} ${number(count)}`);
  const undecided = total.undecided === 0 ? "" : `, ${total.undecided} histories undecided`;
  const state = isComplete ? "" : " · INCOMPLETE: stopped before all seeds were run";
  return [
    `${number(total.runs)} ${total.runs === 1 ? "run" : "runs"} · ${number(total.events)} events · ${rate(total.events, seconds)} events/s · ${total.seconds.toFixed(1)} s simulated in ${seconds.toFixed(1)} s${state}`,
    ...wrapped("faults", faults),
    ...wrapped("seen", others),
    `  elections ${number(total.elections)} · commits ${number(total.commits)}`,
    `  operations ${number(total.ok)} ok, ${number(total.failed)} unequal, ${number(total.unknown)} without an answer${undecided}`,
    `  hash of the events${total.runs === 1 ? "" : " of the last run"} ${total.digest}`,
  ];
}

export function failureLines({ report, failure }: Judged, { faults }: Schedule, file: string): string[] {
  if (failure === null) return [];
  return [
    "",
    `VIOLATED ${failure.property}: seed ${report.seed}${failure.where}`,
    ...failure.lines.map((line) => `  ${line}`),
    "",
    `  ${faults.length} faults are listed in ${file}`,
    `  again   npx lockstep sim --schedule ${file} --log run.log`,
  ];
}

interface Failed {
  readonly judged: Judged;
  readonly schedule: Schedule;
}

export function jsonOf(
  total: Total,
  failed: Failed | null,
  file: string | null,
  isComplete: boolean,
  seconds: number,
): string {
  const { runs, events, digest, elections, commits, ok, failed: unequal, unknown, undecided } = total;
  const report = {
    format: "lockstep-sim-report",
    version: 1,
    verdict: failed !== null ? "violated" : isComplete && undecided === 0 ? "holds" : "incomplete",
    runs,
    events,
    eventsPerSecond: seconds > 0 ? Math.round(events / seconds) : 0,
    simulatedSeconds: total.seconds,
    digest,
    elections,
    commits,
    operations: { ok, unequal, unknown, undecided },
    faults: Object.fromEntries(faultKinds.map((kind) => [kind, total.faults.get(kind) ?? 0])),
    seen: Object.fromEntries(total.others),
    failure:
      failed === null || failed.judged.failure === null
        ? null
        : {
            seed: failed.judged.report.seed,
            property: failed.judged.failure.property,
            lines: failed.judged.failure.lines,
            event: failed.judged.report.events,
            schedule: file,
          },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function wrapped(title: string, words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = `  ${title}`;
  for (const [place, word] of words.entries()) {
    const next = place === words.length - 1 ? word : `${word},`;
    if (line.length + next.length > 110) {
      lines.push(line);
      line = "   ";
    }
    line += ` ${next}`;
  }
  return words.length === 0 ? [] : [...lines, line];
}

function rate(events: number, seconds: number): string {
  return seconds <= 0 ? "0" : number(Math.round(events / seconds));
}
