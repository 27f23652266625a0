import type { Entry, NodeId, SnapshotMeta } from "./entry.ts";

interface Envelope {
  /** Numbers what a server sent since it started: with `from` and its incarnation it names the message in traces. */
  readonly id: number;
  readonly from: NodeId;
  readonly to: NodeId;
  /** The sender's term; in a pre-vote request and its grant, the term that the sender would begin. */
  readonly term: number;
  /**
   * The sender's Lamport clock when the message left, so that traces of several servers can be brought into one order.
   * Zero as long as nobody traces: the rules of Raft pass over it.
   */
  readonly clock: number;
}

export interface PreVoteRequest extends Envelope {
  readonly kind: "pre-vote-request";
  readonly lastIndex: number;
  readonly lastTerm: number;
}

export interface PreVoteResponse extends Envelope {
  readonly kind: "pre-vote-response";
  readonly granted: boolean;
}

export interface VoteRequest extends Envelope {
  readonly kind: "vote-request";
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** The leader asked for this election, so whoever follows it need not protect it. */
  readonly transfer: boolean;
}

export interface VoteResponse extends Envelope {
  readonly kind: "vote-response";
  readonly granted: boolean;
}

export interface AppendRequest extends Envelope {
  readonly kind: "append-request";
  readonly prevIndex: number;
  readonly prevTerm: number;
  /** They follow `prevIndex` without a gap; none where the leader only asks whether `prevIndex` is there. */
  readonly entries: readonly Entry[];
  readonly commit: number;
}

export interface AppendAccepted extends Envelope {
  readonly kind: "append-accepted";
  /** The last index that is known to be the leader's: never the follower's own last one. */
  readonly matchIndex: number;
}

export interface AppendRefused extends Envelope {
  readonly kind: "append-refused";
  /** What was refused, so that a late refusal is told from a new one. */
  readonly prevIndex: number;
  /** Where to try next: the follower's last entry that can be before the conflict, and its term. A hint, no match. */
  readonly hintIndex: number;
  readonly hintTerm: number;
}

export interface Heartbeat extends Envelope {
  readonly kind: "heartbeat";
  /** Never above what the receiver has matched. */
  readonly commit: number;
  /** Counts the leader's rounds of heartbeats in its term: an answer confirms its own round, and no later one. */
  readonly round: number;
}

export interface HeartbeatResponse extends Envelope {
  readonly kind: "heartbeat-response";
  readonly round: number;
}

export interface SnapshotChunk extends Envelope {
  readonly kind: "snapshot-chunk";
  readonly snapshot: SnapshotMeta;
  readonly offset: number;
  readonly data: Uint8Array;
  readonly isLast: boolean;
}

export interface ChunkAccepted extends Envelope {
  readonly kind: "chunk-accepted";
  /** Which snapshot. */
  readonly index: number;
  /** The byte that is wanted next: zero where the receiver starts over. */
  readonly offset: number;
}

export interface TimeoutNow extends Envelope {
  readonly kind: "timeout-now";
}

/** Tells a sender of an older term that it is over. */
interface TermNotice extends Envelope {
  readonly kind: "term-notice";
}

/**
 * Messages that promise nothing that a crash could take back. They may leave at once; heartbeats among them, so that
 * a slow disk starts no election.
 */
export type FreeMessage =
  | PreVoteRequest
  | PreVoteResponse
  | AppendRequest
  | AppendRefused
  | Heartbeat
  | HeartbeatResponse
  | SnapshotChunk
  | TimeoutNow
  | TermNotice;

/** Messages that promise something. They may leave only after the write to which they are bound. */
export type BoundMessage = VoteRequest | VoteResponse | AppendAccepted | ChunkAccepted;

export type Message = FreeMessage | BoundMessage;
