import type { Counts } from "./counts.ts";
import type { Fault } from "./fault.ts";
import type { NetworkCounts } from "./network.ts";
import type { RunOptions } from "./run.ts";
import type { World } from "./world.ts";

/** What broke, when and where. */
export interface Failure {
  readonly property: string;
  /** Null where it is not of one server. */
  readonly server: string | null;
  readonly what: string;
  /** Where the core threw; null for a violated property. */
  readonly stack: string | null;
  /** The number of the event at which it was seen, which is its line in the log, and microseconds of simulated time. */
  readonly event: number;
  readonly time: number;
}

export interface Report {
  readonly seed: number;
  readonly servers: number;
  readonly spares: number;
  readonly steps: number;
  readonly events: number;
  /** Microseconds of simulated time. */
  readonly time: number;
  /** The same for the same run, and for no other as far as 64 bits can tell. */
  readonly digest: string;
  readonly counts: Counts;
  readonly network: NetworkCounts;
  readonly elections: number;
  readonly commits: number;
  readonly operations: { readonly ok: number; readonly failed: number; readonly unknown: number };
  /** What the clients saw, as docs/histories.md has it: one event a line. */
  readonly history: string;
  /** What was injected, in the order of time. */
  readonly faults: readonly Fault[];
  readonly failure: Failure | null;
}

export function reportOf(world: World, options: RunOptions, failure: Failure | null): Report {
  const { history, watch } = world;
  return {
    seed: options.seed,
    servers: options.servers,
    spares: options.spares,
    steps: options.steps,
    events: world.events,
    time: world.now,
    digest: world.digest.text(),
    counts: world.counts,
    network: world.network.counts,
    elections: watch.elections,
    commits: watch.committed.lastIndex,
    operations: { ok: history.ok, failed: history.failed, unknown: history.unknown },
    history: history.text(),
    faults: world.injected,
    failure,
  };
}
