import { broadcastHeartbeat } from "./heartbeat.ts";
import { holdsLease } from "./lease.ts";
import { refuse } from "./outbox.ts";
import { notLeader } from "./proposals.ts";
import type { Leader, Node } from "./state.ts";

interface WaitingRead {
  readonly id: number;
  /** What was committed when it came. */
  readonly index: number;
  /** The round of heartbeats, begun after it came, that must be confirmed. */
  readonly round: number;
}

/**
 * Reads without the log (section 6.4 of the thesis): a read sees what was committed when it came, once it is certain
 * that this server led then. All that wait share one round. Before an entry of the leader's own term is committed it
 * does not know what is committed, so reads wait for that too.
 */
export function read(node: Node, id: number, by: "quorum" | "lease"): void {
  const { role } = node;
  if (role.kind !== "leader") {
    refuse(node, id, notLeader(node));
    return;
  }
  if (role.reads.size >= node.settings.readsWaitingMax) {
    refuse(node, id, { kind: "overloaded", retryAfterTicks: node.settings.heartbeatTicks });
    return;
  }
  if (by === "lease" && knowsCommit(node, role) && holdsLease(node, role)) {
    node.out.answers.push({ kind: "read-ready", id, index: node.commit });
    return;
  }
  role.reads.push({ id, index: node.commit, round: role.round + 1 });
  node.observer.followed("ReadIndex", node, null);
  beginRoundIfIdle(node, role);
}

/** Answers the reads that came before the last confirmed round began. */
export function answerReads(node: Node, leader: Leader): void {
  if (leader.reads.size === 0 || !knowsCommit(node, leader)) return;
  for (const { id, index } of leader.reads.takeUpTo(leader.confirmedRound)) {
    // A read that came before the first commit of the term sees that commit.
    node.out.answers.push({ kind: "read-ready", id, index: Math.max(index, leader.firstIndex) });
  }
  beginRoundIfIdle(node, leader);
}

/** One round at a time: reads that come while it runs share the next one. */
function beginRoundIfIdle(node: Node, leader: Leader): void {
  if (leader.reads.size > 0 && leader.confirmedRound === leader.round) broadcastHeartbeat(node, leader);
}

/** Whether an entry of the leader's own term is committed. */
function knowsCommit(node: Node, leader: Leader): boolean {
  return node.commit >= leader.firstIndex;
}

/** Reads that wait, in the order in which they came. */
export class ReadQueue {
  #waiting: WaitingRead[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  push(read: WaitingRead): void {
    this.#waiting.push(read);
  }

  ids(): number[] {
    return this.#waiting.map((read) => read.id);
  }

  takeUpTo(round: number): WaitingRead[] {
    const count = this.#waiting.findIndex((read) => read.round > round);
    const taken = count < 0 ? this.#waiting : this.#waiting.slice(0, count);
    this.#waiting = count < 0 ? [] : this.#waiting.slice(count);
    return taken;
  }
}
