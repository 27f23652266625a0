import type { Entry, HardState, NodeId, SnapshotMeta } from "./entry.ts";
import type { BoundMessage, FreeMessage } from "./message.ts";

/**
 * What a step asks of the world. The order of durability is in the types: a message that promises something is found
 * in a `Write` only, to be sent when the write and all before it are durable. Within one `Effects` there is no other
 * order to keep, except that `restore` comes before `apply`.
 */
export interface Effects {
  /** To be sent at once. */
  readonly sends: readonly FreeMessage[];
  readonly write: Write | null;
  /** Load the state machine from the durable snapshot at this index. */
  readonly restore: SnapshotMeta | null;
  /** To be applied in this order, after all that was handed over before. They are committed and durable here. */
  readonly apply: readonly Committed[];
  readonly answers: readonly Answer[];
  readonly chunkReads: readonly ChunkRead[];
  /** Entries up to this index are not needed any more, neither here nor by followers; 0 where nothing changed. */
  readonly releasedIndex: number;
}

/**
 * Writes have consecutive numbers from 1 and are to become durable in that order; any number of them may share one
 * sync. Within a write the order is: truncate, entries, hard state, chunk; after a
 * crash it is there as a whole or not at all. Afterwards send `sendsAfter` and hand in a
 * `written` event. A write may be empty: it stands for all before it, and if those are durable, it is.
 */
export interface Write {
  readonly number: number;
  readonly hardState: HardState | null;
  /** Entries from this index on are gone; 0 for none. */
  readonly truncateFrom: number;
  readonly entries: readonly Entry[];
  readonly chunk: ChunkWrite | null;
  readonly sendsAfter: readonly BoundMessage[];
}

/** A piece of a snapshot from the leader. */
export interface ChunkWrite {
  readonly snapshot: SnapshotMeta;
  /** The first has offset 0 and replaces whatever was received before. */
  readonly offset: number;
  readonly data: Uint8Array;
  /** The snapshot is whole: it replaces the one before and, all in one, the whole log. */
  readonly isLast: boolean;
}

export interface Committed {
  readonly entry: Entry;
  /** The proposal that asked for it at this server; null where another leader took it, or nobody asked. */
  readonly proposal: number | null;
}

/** A request that the leader's snapshot be read: the answer is a `chunk-read` event. */
export interface ChunkRead {
  readonly to: NodeId;
  readonly index: number;
  readonly offset: number;
  readonly sizeMax: number;
}

export type Refusal =
  /** `leader` is null where none is known. */
  | { readonly kind: "not-leader"; readonly leader: NodeId | null }
  /** Too much is under way. Nothing was queued; try again after so many ticks. */
  | { readonly kind: "overloaded"; readonly retryAfterTicks: number }
  | { readonly kind: "too-large"; readonly size: number; readonly sizeMax: number }
  /** Leadership is on its way to another server. */
  | { readonly kind: "transferring"; readonly to: NodeId }
  | { readonly kind: "change-in-progress" }
  | { readonly kind: "not-ready"; readonly retryAfterTicks: number }
  | { readonly kind: "invalid-change"; readonly why: string }
  | { readonly kind: "invalid-transfer"; readonly why: string };

/** What became of a request. A proposal that was taken is answered by `apply`, or by `unknown`. */
export type Answer =
  | { readonly kind: "refused"; readonly id: number; readonly refusal: Refusal }
  /** The server led no longer before it knew: it may be committed yet, or never. */
  | { readonly kind: "unknown"; readonly id: number; readonly leader: NodeId | null }
  /** A read is linearizable as soon as everything up to `index` is applied. */
  | { readonly kind: "read-ready"; readonly id: number; readonly index: number }
  /** The last configuration of the change is committed. */
  | { readonly kind: "changed"; readonly id: number }
  /** A later term has begun, and this server leads no longer; who does is known where `leader` is not null. */
  | { readonly kind: "transferred"; readonly id: number; readonly leader: NodeId | null }
  /** An election timeout passed and this server goes on leading, or it stopped for another reason. */
  | { readonly kind: "transfer-failed"; readonly id: number };
