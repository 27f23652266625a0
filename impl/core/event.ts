import type { NodeId } from "./entry.ts";
import type { Message } from "./message.ts";

export interface Proposal {
  /** Chosen by whoever proposes; answers and applied entries bring it back. Unique among the outstanding ones. */
  readonly id: number;
  readonly data: Uint8Array;
}

export interface Member {
  readonly id: NodeId;
  readonly contact: string;
}

/** A wish for other members. Ids that are added become learners first, and voters when they have caught up. */
export interface Change {
  readonly id: number;
  readonly add: readonly Member[];
  /** They stay learners. */
  readonly addLearners: readonly Member[];
  readonly remove: readonly NodeId[];
}

/** All that can happen to a server. Time, disk and network are in here and nowhere else. */
export type Event =
  /**
   * Ticks are counted off a clock that never stands still. Those that are due come before any other event: after a
   * pause a leader must know how late it is before it reads by lease, and a follower before it promises anything.
   */
  | { readonly kind: "tick" }
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "propose"; readonly proposals: readonly Proposal[] }
  /** By lease where that is allowed and one is held; else, and by default, by asking a quorum (section 6.4). */
  | { readonly kind: "read"; readonly id: number; readonly by: "quorum" | "lease" }
  | { readonly kind: "change"; readonly change: Change }
  | { readonly kind: "transfer"; readonly id: number; readonly to: NodeId }
  /**
   * Stand for election now: for operators and tests. Where leases are allowed nothing comes of it while a leader is
   * heard from, or for an election timeout after a start.
   */
  | { readonly kind: "campaign" }
  /** All writes up to this number are durable. */
  | { readonly kind: "written"; readonly number: number }
  /** The state machine's image at this index is durable, in place of the one before. */
  | { readonly kind: "snapshot-taken"; readonly index: number; readonly size: number }
  /** The answer to a `ChunkRead`; `data` is null where that snapshot is no more. */
  | {
      readonly kind: "chunk-read";
      readonly to: NodeId;
      readonly index: number;
      readonly offset: number;
      readonly data: Uint8Array | null;
      readonly isLast: boolean;
    };
