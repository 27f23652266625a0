/** What a search keeps of itself while it goes on, so that another process can go on from there. */
import type { Table } from "../store/table.ts";
import type { Found, FoundStep } from "./findings.ts";
import type { Counted } from "./totals.ts";

/** Where between and within levels a search stands. Plain data. */
export interface LevelsState {
  /** The level being expanded, from one. */
  readonly level: number;
  readonly depth: number;
  /** States of the level, and how many of them were expanded. */
  readonly size: number;
  readonly done: number;
  /** States found for the next level. */
  readonly next: number;
  /** What was found wrong on this level so far, and the goals met on it. */
  readonly worst: Found | null;
  readonly met: readonly (readonly [goal: number, step: FoundStep])[];
  /** Goals met on earlier levels. */
  readonly goals: readonly (readonly [goal: number, met: { readonly step: FoundStep; readonly level: number }])[];
  readonly counted: Counted;
}

/** The whole of a search that rests: nobody expands a state. */
export interface Snapshot {
  readonly levels: LevelsState;
  /** Which key was added to which table of flyweights: see `readEntry`. Rows speak of keys by these numbers. */
  readonly numbering: Int32Array;
  readonly table: Table;
  /** Chunks of rows of this level that were not expanded. */
  readonly waiting: Int32Array[];
  /** Chunks of rows that were found for the next level. */
  readonly next: Int32Array[];
}

export interface Keeper {
  /** What the search goes on from; null where it starts anew. The search takes the chunks out of it. */
  readonly resumed: Snapshot | null;
  /** True where the search is to rest and be kept. */
  readonly isDue: () => boolean;
  /** Keeps it. Each pause lets the caller have its turn; the search rests until the end. */
  readonly keep: (snapshot: Snapshot) => Iterable<unknown>;
}

/** For searches that nobody goes on with. */
export const keepsNothing: Keeper = { resumed: null, isDue: () => false, keep: () => [] };
