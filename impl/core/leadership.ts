import { membersOf } from "./configuration.ts";
import type { NodeId } from "./entry.ts";
import { broadcastHeartbeat } from "./heartbeat.ts";
import { appendOwn } from "./own-log.ts";
import { newProgress } from "./progress.ts";
import { ReadQueue } from "./reads.ts";
import { sendAppends } from "./replication.ts";
import type { Leader, Node } from "./state.ts";

/** Leads the current term. Its first entry is a no-op: when that is committed, so is all before it (section 5.4.2). */
export function becomeLeader(node: Node): void {
  const leader: Leader = {
    kind: "leader",
    progress: new Map(),
    firstIndex: node.log.lastIndex + 1,
    proposals: new Map(),
    uncommittedBytes: 0,
    heartbeatAt: node.now,
    round: 0,
    confirmedRound: 0,
    roundStarts: new Map(),
    leaseUntil: 0,
    reads: new ReadQueue(),
    transfer: null,
    change: null,
    chunkBudget: node.settings.snapshotBytesPerTick,
    hasSentTimeoutNow: false,
  };
  node.role = leader;
  trackMembers(node, leader, leader.firstIndex);
  node.observer.followed("BecomeLeader", node, null);
  appendOwn(node, leader, { kind: "no-op" });
  node.observer.followed("AppendNoOp", node, null);
  broadcastHeartbeat(node, leader);
  sendAppends(node, leader);
}

/** Keeps a `Progress` of every other member, and of nobody else. New ones are sent what is at `next` first. */
export function trackMembers(node: Node, leader: Leader, next: number): void {
  const members = new Set<NodeId>(membersOf(node.configurations.latest));
  members.delete(node.id);
  for (const id of leader.progress.keys()) if (!members.has(id)) leader.progress.delete(id);
  for (const id of members) {
    if (!leader.progress.has(id)) leader.progress.set(id, newProgress(next, node.now));
  }
}
