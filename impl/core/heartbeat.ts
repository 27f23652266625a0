import { quorumValue } from "./configuration.ts";
import { extendLease } from "./lease.ts";
import type { HeartbeatResponse } from "./message.ts";
import { send } from "./outbox.ts";
import { answerReads } from "./reads.ts";
import { askAgain } from "./replication.ts";
import type { Leader, Node } from "./state.ts";

/** Begins a round: every member is told who leads, and what it may commit of what it is known to have. */
export function broadcastHeartbeat(node: Node, leader: Leader): void {
  leader.round += 1;
  leader.roundStarts.set(leader.round, node.now);
  leader.heartbeatAt = node.now + node.settings.heartbeatTicks;
  for (const [id, progress] of leader.progress) {
    send(node, id, { kind: "heartbeat", commit: Math.min(node.commit, progress.match), round: leader.round });
  }
  confirmRounds(node, leader);
}

export function heartbeatAnswered(node: Node, leader: Leader, message: HeartbeatResponse): void {
  const progress = leader.progress.get(message.from);
  if (progress === undefined) return;
  progress.heardAt = node.now;
  if (message.round > progress.round) {
    progress.round = message.round;
    progress.roundStart = leader.roundStarts.get(message.round) ?? progress.roundStart;
    confirmRounds(node, leader);
  }
  if (progress.state === "snapshot") return;
  // Whoever answers and yet stands still has lost a request, or an answer to one.
  const standsStill = progress.match === progress.matchAtHeartbeat && progress.match < node.log.lastIndex;
  progress.matchAtHeartbeat = progress.match;
  if (standsStill) askAgain(node, leader, message.from, progress);
}

/** A round that a quorum has answered shows that this server led when it began. */
function confirmRounds(node: Node, leader: Leader): void {
  const { latest } = node.configurations;
  const round = quorumValue(latest, (id) => (id === node.id ? leader.round : (leader.progress.get(id)?.round ?? 0)));
  if (round === 0) return;
  extendLease(node, leader);
  for (const old of leader.roundStarts.keys()) {
    if (old >= round) break;
    leader.roundStarts.delete(old);
  }
  leader.confirmedRound = Math.max(leader.confirmedRound, round);
  answerReads(node, leader);
}
