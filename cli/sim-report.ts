/** What `lockstep sim` prints. */
import { number } from "../checker/report/index.ts";
import { type FaultKind, faultKinds } from "../impl/sim/index.ts";
import type { SimFailure } from "./sim-failure.ts";
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

export function totalLines(total: Total, seconds: number): string[] {
  const faults = faultKinds.flatMap((kind) => {
    const count = total.faults.get(kind) ?? 0;
    return count === 0 ? [] : [`${kind} ${number(count)}`];
  });
  const others = [...total.others].map(([name, count]) => `${name} ${number(count)}`);
  const undecided = total.undecided === 0 ? "" : `, ${total.undecided} histories undecided`;
  return [
    `${number(total.runs)} ${total.runs === 1 ? "run" : "runs"} · ${number(total.events)} events · ${rate(total.events, seconds)} events/s · ${total.seconds.toFixed(1)} s simulated in ${seconds.toFixed(1)} s`,
    ...wrapped("faults", faults),
    ...wrapped("seen", others),
    `  elections ${number(total.elections)} · commits ${number(total.commits)}`,
    `  operations ${number(total.ok)} ok, ${number(total.failed)} unequal, ${number(total.unknown)} without an answer${undecided}`,
    `  hash of the events${total.runs === 1 ? "" : " of the last run"} ${total.digest}`,
  ];
}

export interface Failed {
  /** The run that the schedule repeats. */
  readonly judged: Judged;
  readonly failure: SimFailure;
  /** Where the schedule is. */
  readonly file: string;
  /** Faults of the run in which it was found. */
  readonly faultsAtFirst: number;
}

export function fineLines({ undecided }: Total, isComplete: boolean): string[] {
  if (!isComplete) return ["  INCOMPLETE: stopped before all seeds were run"];
  if (undecided > 0) return [`  INCOMPLETE: ${undecided} histories were too large to decide`];
  return ["  every property held, and every history is linearizable"];
}

export function failureLines({ judged: { report, schedule }, failure, file, faultsAtFirst }: Failed): string[] {
  const count = schedule.faults.length;
  const isShrunk = count < faultsAtFirst;
  const hash = `  hash of the events of the run with these faults ${report.digest}`;
  return [
    "",
    `VIOLATED ${failure.property}: seed ${report.seed}${failure.where}`,
    ...failure.lines.map((line) => `  ${line}`),
    "",
    `  ${count} ${count === 1 ? "fault is" : "faults are"} listed in ${file}${isShrunk ? `, of ${faultsAtFirst}` : ""}`,
    ...(isShrunk ? [hash] : []),
    `  again   npx lockstep sim --schedule ${file} --log run.log`,
  ];
}

export function jsonOf(total: Total, failed: Failed | null, isComplete: boolean, seconds: number): string {
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
    failure: failed === null ? null : failureJson(failed),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** All of it is of the run that the schedule repeats. */
function failureJson({ judged: { report, schedule }, failure, file, faultsAtFirst }: Failed): object {
  const { seed, events, digest } = report;
  const { property, lines } = failure;
  const faults = { listed: schedule.faults.length, atFirst: faultsAtFirst };
  return { seed, property, lines, event: events, digest, faults, schedule: file };
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
