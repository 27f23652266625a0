/** What expanding states and finding behaviours again ask of the states that were seen. */
export interface VisitedStates {
  /** States that are known to be different from each other. */
  readonly size: number;
  /** Memory that it takes outside the heap. */
  readonly bytes: number;
  /** True where states are compared, and not only fingerprints. */
  readonly isExact: boolean;
  /** True where no more can be added. */
  readonly isFull: boolean;
  /** Brings the place of this fingerprint into the cache. What was read, which nobody needs. */
  touch(low: number): number;
  /** Adds a state that a parent of the level before leads to: one of `added`, or the number of an action: see `Table`. */
  add(low: number, high: number, parent: number, level: number, action: number): number;
  /** The states of this level with this low lane: their high lanes, and the low lanes of their parents. */
  find(low: number, level: number): readonly { readonly high: number; readonly parent: number }[];
}

/**
 * `deferred`: whether the state is new comes out at the end of the level. It is to be judged and written as if it were
 * new, and to be credited to nobody.
 */
export const added = { fresh: -2, seen: -1, deferred: -3 } as const;
