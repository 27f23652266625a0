import { quorumValue } from "./configuration.ts";
import { stallTicks } from "./durability.ts";
import { campaign } from "./election.ts";
import { broadcastHeartbeat } from "./heartbeat.ts";
import { promoteIfReady } from "./membership.ts";
import { continueSnapshots } from "./snapshot-sending.ts";
import type { Leader, Node } from "./state.ts";
import { becomeFollower } from "./term.ts";
import { failTransfer, giveUpTransferIfDue } from "./transfer.ts";

/** A tick of this server's clock: all that it knows of time. */
export function tick(node: Node): void {
  node.now += 1;
  const { role } = node;
  if (role.kind !== "leader") {
    if (node.now >= node.electionAt) campaign(node, "ask-first");
    return;
  }
  if (!canStillLead(node, role)) {
    failTransfer(node, role);
    becomeFollower(node, null);
    return;
  }
  giveUpTransferIfDue(node, role);
  promoteIfReady(node, role);
  continueSnapshots(node, role);
  if (node.now >= role.heartbeatAt) broadcastHeartbeat(node, role);
}

/**
 * A leader that a quorum has not answered for an election timeout makes way (section 6.2 of the thesis), and so does
 * one whose disk hangs: it could go on to send heartbeats, and nothing would ever be committed.
 */
function canStillLead(node: Node, leader: Leader): boolean {
  const { electionTicks, stallTicksMax } = node.settings;
  const heardAt = quorumValue(node.configurations.latest, (id) =>
    id === node.id ? node.now : (leader.progress.get(id)?.heardAt ?? 0),
  );
  return node.now - heardAt < electionTicks && stallTicks(node) < stallTicksMax;
}
