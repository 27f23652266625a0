/** What the threads of a search say to each other, and the words that they share. */
import type { Report } from "../compile/levels.ts";
import type { PackedEngine } from "../search/outcome.ts";

/** The words of the shared control block. */
export const control = {
  /** Counts what was sent to workers, and what was sent to the one who leads them: what they sleep on. */
  toWorkers: 0,
  toLeader: 1,
  /** The next chunk of the level that nobody has taken. */
  nextChunk: 2,
  /** Why workers must stop what they do: see `halt`. */
  halt: 3,
  /** From here on, words for each worker: see `gauge`. */
  gauges: 4,
} as const;

export const halt = { no: 0, grow: 1, stop: 2 } as const;

/**
 * Of each worker: states expanded on this level, states it found for the next, states generated since the start, and
 * kibibytes of the chunks it has made.
 */
export const gauge = { done: 0, next: 1, generatedLow: 2, generatedHigh: 3, rowKibibytes: 4, words: 5 } as const;

/** A chunk of rows by its number: the owner's, and which of the owner's. */
export type ChunkId = number;
export const chunksOfOwner = 2 ** 24;

export type NewChunk = readonly [ChunkId, SharedArrayBuffer];

export type ToWorker =
  | {
      readonly type: "level";
      readonly level: number;
      readonly met: readonly number[];
      readonly chunks: readonly ChunkId[];
      readonly news: readonly NewChunk[];
      readonly table: readonly SharedArrayBuffer[];
    }
  | { readonly type: "resume"; readonly table: readonly SharedArrayBuffer[] };

export type ToLeader =
  /** The worker has made the model, which lists these: see `listingOf`. */
  | { readonly type: "ready"; readonly listing: readonly string[] }
  | {
      readonly type: "level-end";
      readonly report: Report;
      readonly chunks: readonly ChunkId[];
      /** The chunk that the worker had taken and not expanded to its end, cut to what is left; none as a rule. */
      readonly rest: readonly ChunkId[];
      readonly news: readonly NewChunk[];
    }
  /** The worker waits until the table has grown. */
  | { readonly type: "paused" }
  | { readonly type: "failed"; readonly error: Failure };

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly culprit: string | null;
  /** Of a broken claim about dead data: the fields that had some. */
  readonly data: readonly string[];
}

/** What a worker is started with, beside what tells it which model to load. */
export interface WorkerStart {
  readonly index: number;
  readonly engine: PackedEngine;
  readonly control: SharedArrayBuffer;
  readonly registry: SharedArrayBuffer;
  readonly table: readonly SharedArrayBuffer[];
}
