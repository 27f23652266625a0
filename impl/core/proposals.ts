import type { Refusal } from "./effects.ts";
import { entrySize } from "./entry.ts";
import type { Proposal } from "./event.ts";
import { refuse } from "./outbox.ts";
import { appendOwn } from "./own-log.ts";
import { sendAppends } from "./replication.ts";
import type { Leader, Node } from "./state.ts";

/**
 * Takes commands of clients into the log, or says at once why not. What is not committed is bounded: a leader that
 * cannot commit refuses instead of queueing, and whoever is refused knows that nothing will come of it.
 */
export function propose(node: Node, proposals: readonly Proposal[]): void {
  const { role } = node;
  let taken = 0;
  for (const proposal of proposals) {
    const refusal = role.kind === "leader" ? refusalOf(node, role, proposal) : notLeader(node);
    if (refusal !== null) {
      refuse(node, proposal.id, refusal);
    } else if (role.kind === "leader") {
      role.proposals.set(appendOwn(node, role, { kind: "command", data: proposal.data }), proposal.id);
      taken += 1;
    }
  }
  if (taken === 0 || role.kind !== "leader") return;
  node.observer.followed("ClientRequest", node, null);
  sendAppends(node, role);
}

function refusalOf(node: Node, leader: Leader, { data }: Proposal): Refusal | null {
  const { proposalBytesMax, uncommittedBytesMax, heartbeatTicks } = node.settings;
  if (leader.transfer !== null) return { kind: "transferring", to: leader.transfer.to };
  if (data.length > proposalBytesMax) return { kind: "too-large", size: data.length, sizeMax: proposalBytesMax };
  const size = entrySize({ kind: "command", index: 0, term: 0, data });
  const isFull = leader.uncommittedBytes > 0 && leader.uncommittedBytes + size > uncommittedBytesMax;
  return isFull ? { kind: "overloaded", retryAfterTicks: heartbeatTicks } : null;
}

export function notLeader(node: Node): Refusal {
  return { kind: "not-leader", leader: node.role.kind === "follower" ? node.role.leader : null };
}
