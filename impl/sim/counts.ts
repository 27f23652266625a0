import type { Rule } from "../core/index.ts";
import type { FaultKind } from "./fault.ts";

/** What happened in a run, by number. Faults count where they had an effect: a crash of a server that is down has none. */
export interface Counts {
  readonly faults: Map<FaultKind, number>;
  readonly rules: Map<Rule, number>;
  crashes: number;
  restarts: number;
  /** Writes that were lost with a stop, and those of them that were carried out in part. */
  lostWrites: number;
  tornWrites: number;
  syncs: number;
  failedSyncs: number;
  /** Starts that were refused because what was called durable was gone. */
  condemned: number;
  snapshotsTaken: number;
  snapshotsInstalled: number;
  changes: number;
  transfers: number;
  refused: number;
  staleReads: number;
  leaseReads: number;
}

export function newCounts(): Counts {
  return {
    faults: new Map(),
    rules: new Map(),
    crashes: 0,
    restarts: 0,
    lostWrites: 0,
    tornWrites: 0,
    syncs: 0,
    failedSyncs: 0,
    condemned: 0,
    snapshotsTaken: 0,
    snapshotsInstalled: 0,
    changes: 0,
    transfers: 0,
    refused: 0,
    staleReads: 0,
    leaseReads: 0,
  };
}

export function counted<Kind>(counts: Map<Kind, number>, kind: Kind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
