import { isVoter } from "./configuration.ts";
import type { NodeId } from "./entry.ts";
import { refuse, send } from "./outbox.ts";
import { notLeader } from "./proposals.ts";
import { sendAppendsTo } from "./replication.ts";
import type { Leader, Node } from "./state.ts";

/**
 * Hands leadership to another voter (section 3.10 of the thesis): takes no proposals, brings the target up to date, and
 * tells it to stand at once. If it does not lead within an election timeout, this server goes on.
 */
export function transfer(node: Node, id: number, to: NodeId): void {
  const { role } = node;
  if (role.kind !== "leader") {
    refuse(node, id, notLeader(node));
    return;
  }
  if (role.transfer !== null) {
    refuse(node, id, { kind: "transferring", to: role.transfer.to });
    return;
  }
  const progress = role.progress.get(to);
  if (progress === undefined || !isVoter(node.configurations.latest, to)) {
    const why = to === node.id ? `${to} leads already` : `${to} is no voter`;
    refuse(node, id, { kind: "invalid-transfer", why });
    return;
  }
  role.transfer = { id, to, deadline: node.now + node.settings.electionTicks, isTold: false };
  node.observer.followed("TransferLeadership", node, null);
  sendAppendsTo(node, role, to, progress);
  sendTimeoutNowIfReady(node, role);
}

/** A target whose log is whole is told to stand; once. */
export function sendTimeoutNowIfReady(node: Node, leader: Leader): void {
  if (leader.transfer === null || leader.transfer.isTold) return;
  const { to } = leader.transfer;
  if (leader.progress.get(to)?.match !== node.log.lastIndex) return;
  leader.transfer.isTold = true;
  leader.hasSentTimeoutNow = true;
  send(node, to, { kind: "timeout-now" });
}

export function giveUpTransferIfDue(node: Node, leader: Leader): void {
  if (leader.transfer !== null && node.now >= leader.transfer.deadline) failTransfer(node, leader);
}

/** The target does not lead, as far as this server knows: it says so, and takes proposals again if it still leads. */
export function failTransfer(node: Node, leader: Leader): void {
  if (leader.transfer === null) return;
  node.out.answers.push({ kind: "transfer-failed", id: leader.transfer.id });
  leader.transfer = null;
}
