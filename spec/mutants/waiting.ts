/** A model that takes the reference engine over a minute: it runs by name and under `npm run mutants`, not with the tests. */
export interface Waiting {
  readonly model: string;
  readonly reason: string;
  /** How far the reference engine got, and in what time of one core. */
  readonly measured: string;
}

/** The models that wait for a faster engine. */
export const waitsForFastEngine: readonly Waiting[] = [
  {
    model: "m15-leader-completeness",
    reason: "Three terms, three messages in flight and logs of two entries are needed all at once.",
    measured: "caught after 1,284,375 distinct states in 90 s",
  },
  {
    model: "raft-at-m15-leader-completeness-bounds",
    reason: "The same bounds, to exhaustion.",
    measured: "4,695,141 distinct states and level 29 in 370 s, with 1,022,565 states to expand and no violation",
  },
];
