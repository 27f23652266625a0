import type { Fault } from "./fault.ts";

/** What is left of a list of faults when those are taken out that the failure does not need. */
export interface Shrunk {
  readonly faults: readonly Fault[];
  /** Runs that it took. */
  readonly runs: number;
}

/**
 * Leaves out runs of faults, long ones first, as long as it still fails. None of those that are left can be left out
 * alone, unless `runsMax` came first.
 */
export function shrinkFaults(
  faults: readonly Fault[],
  stillFails: (faults: readonly Fault[]) => boolean,
  runsMax: number,
): Shrunk {
  let kept = faults;
  let runs = 0;
  for (let length = Math.ceil(kept.length / 2); length >= 1 && runs < runsMax; ) {
    let hasShrunk = false;
    for (let at = 0; at < kept.length && runs < runsMax; ) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + length)];
      runs += 1;
      if (stillFails(rest)) {
        kept = rest;
        hasShrunk = true;
      } else at += length;
    }
    if (length === 1 && !hasShrunk) break;
    if (length > 1) length = Math.floor(length / 2);
  }
  return { faults: kept, runs };
}
