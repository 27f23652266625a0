import type { Configurations } from "./configurations.ts";
import type { Entry, HardState, NodeId, SnapshotMeta } from "./entry.ts";
import type { Log } from "./log.ts";
import type { Observer } from "./observer.ts";
import type { Outbox } from "./outbox.ts";
import type { Progress } from "./progress.ts";
import type { Random } from "./random.ts";
import type { ReadQueue } from "./reads.ts";
import type { Settings } from "./settings.ts";

/** What a storage gives back after a start: exactly what was durable. */
export interface Durable {
  /** Term 0 and no vote for a new server. */
  readonly hardState: HardState;
  /** Index 0 for a server that has taken none; its configuration is then the one that the cluster began with. */
  readonly snapshot: SnapshotMeta;
  /** Consecutive, and no gap after the snapshot. Some may be at or before its index. */
  readonly entries: readonly Entry[];
}

/** A server. Its fields are read by whoever likes, and changed by the rules of this room only. */
export interface Node {
  readonly id: NodeId;
  readonly settings: Settings;
  readonly observer: Observer;
  readonly random: Random;
  /** Tells one life of the server from the next: message ids start again with each. */
  readonly incarnation: number;

  term: number;
  votedFor: NodeId | null;
  readonly log: Log;
  /** The configurations in the log, the last of which is in force. */
  readonly configurations: Configurations;
  /** The latest snapshot that this server has. */
  snapshot: SnapshotMeta;
  commit: number;
  /** Entries up to here were handed over to be applied. */
  applied: number;

  role: Role;
  /** Ticks since the start. */
  now: number;
  /** When to stand for election, unless this server leads. */
  electionAt: number;
  /** When a leader was heard from last, or the start. Until an election timeout later no vote is given away. */
  heardAt: number;

  readonly durability: Durability;
  /** A snapshot that is being received. */
  incoming: Incoming | null;
  messageCount: number;
  /** What the step under way asks for. */
  out: Outbox;
}

export type Role = Follower | PreCandidate | Candidate | Leader;

interface Follower {
  readonly kind: "follower";
  leader: NodeId | null;
}

/** Asks whether it could win before it disturbs anybody with a new term (section 9.6 of the thesis). */
interface PreCandidate {
  readonly kind: "pre-candidate";
  readonly votes: Map<NodeId, boolean>;
}

export interface Candidate {
  readonly kind: "candidate";
  /** A set by voter: a vote that is delivered twice counts once. */
  readonly votes: Map<NodeId, boolean>;
  /** The write that makes its vote for itself durable. */
  readonly voteWrite: number;
}

export interface Leader {
  readonly kind: "leader";
  /** Of every member but this server. */
  readonly progress: Map<NodeId, Progress>;
  /** The no-op with which the term began: what is committed is known when it is. */
  readonly firstIndex: number;
  /** Proposals by the index of their entry. */
  readonly proposals: Map<number, number>;
  /** Bytes of entries of this term that are not committed. */
  uncommittedBytes: number;
  heartbeatAt: number;
  /** The last round of heartbeats. */
  round: number;
  /** The last round that a quorum has answered. */
  confirmedRound: number;
  /** When each round that is not confirmed began, by round. */
  readonly roundStarts: Map<number, number>;
  /** Reads by lease are good before this tick; 0 where there is no lease. */
  leaseUntil: number;
  readonly reads: ReadQueue;
  transfer: Transfer | null;
  /** The change of members under way that somebody waits for. */
  change: number | null;
  chunkBudget: number;
  /** A target was told to stand: until the term ends nobody may rely on a lease, however late it is told. */
  hasSentTimeoutNow: boolean;
}

interface Transfer {
  readonly id: number;
  readonly to: NodeId;
  readonly deadline: number;
  isTold: boolean;
}

/** Which writes were asked for, and what is durable. */
interface Durability {
  /** The number of the last write that was asked for. */
  asked: number;
  /** The last entry that is durable here. */
  index: number;
  /** Writes under way, oldest first. */
  readonly underWay: WriteUnderWay[];
}

interface WriteUnderWay {
  readonly number: number;
  readonly since: number;
  /** What is durable of the log when it is done; truncation lowers it. */
  index: number;
  readonly restore: SnapshotMeta | null;
}

export interface Incoming {
  /** Of the leader that sends it: another one's image of the same index need not be the same bytes. */
  readonly term: number;
  readonly snapshot: SnapshotMeta;
  offset: number;
}
