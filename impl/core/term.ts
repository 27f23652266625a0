import { drawElectionTimeout } from "./election-timer.ts";
import type { NodeId } from "./entry.ts";
import type { Message } from "./message.ts";
import { refuse } from "./outbox.ts";
import type { Leader, Node } from "./state.ts";

/** A later term was seen: whatever this server was, it follows now, and nobody has its vote (section 5.1). */
export function adoptTerm(node: Node, term: number, cause: Message): void {
  node.term = term;
  node.votedFor = null;
  node.out.hardStateChanged = true;
  becomeFollower(node, null);
  node.observer.followed("AdoptTerm", node, cause);
}

/** Follows in the current term. A leader tells those who wait for it that it cannot know what became of their wishes. */
export function becomeFollower(node: Node, leader: NodeId | null): void {
  const { role } = node;
  if (role.kind === "follower" && role.leader === leader) return;
  node.role = { kind: "follower", leader };
  if (role.kind === "leader") {
    abandon(node, role, leader);
    drawElectionTimeout(node);
  }
  node.observer.followed("BecomeFollower", node, null);
}

function abandon(node: Node, leader: Leader, successor: NodeId | null): void {
  const { answers } = node.out;
  for (const id of leader.proposals.values()) answers.push({ kind: "unknown", id, leader: successor });
  if (leader.change !== null) answers.push({ kind: "unknown", id: leader.change, leader: successor });
  for (const id of leader.reads.ids()) refuse(node, id, { kind: "not-leader", leader: successor });
  if (leader.transfer !== null) answers.push({ kind: "transferred", id: leader.transfer.id, leader: successor });
}
