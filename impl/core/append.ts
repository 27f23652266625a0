import { followCommit } from "./commitment.ts";
import { forgetFrom } from "./durability.ts";
import { drawElectionTimeout } from "./election-timer.ts";
import type { Entry } from "./entry.ts";
import type { AppendRequest, Heartbeat } from "./message.ts";
import { send, sendWhenDurable } from "./outbox.ts";
import type { Node } from "./state.ts";

/** AppendEntries at the receiver (section 5.3 of the paper): the answer is for what was asked, and never for more. */
export function acceptAppend(node: Node, message: AppendRequest): void {
  hearLeader(node);
  const { prevIndex, prevTerm, entries } = message;
  if (prevIndex < node.commit) {
    // What is committed is the leader's too, and some of it may be compacted away here.
    const rest = entries.filter((entry) => entry.index > node.commit);
    if (rest.length === 0 || entries[0]?.index !== prevIndex + 1) {
      sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex: node.commit });
      return;
    }
    takeEntries(node, rest);
  } else {
    if (node.log.termAt(prevIndex) !== prevTerm) {
      refuseAppend(node, message);
      return;
    }
    takeEntries(node, entries);
  }
  const matchIndex = Math.max(prevIndex + entries.length, node.commit);
  followCommit(node, message.commit, matchIndex);
  sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex });
  node.observer.followed("AcceptAppend", node, message);
}

/** A late request says nothing new, and must not cut off what came after it: only a conflict of terms does. */
function takeEntries(node: Node, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const term = node.log.termAt(entry.index);
    if (term === entry.term) continue;
    if (term !== undefined) truncateFrom(node, entry.index);
    node.log.append(entry);
    node.configurations.append(entry);
    node.out.entries.push(entry);
  }
}

function truncateFrom(node: Node, index: number): void {
  if (index <= node.commit) {
    throw new Error(`${node.id} would truncate entry ${index}, and has committed up to ${node.commit}`);
  }
  node.log.truncateFrom(index);
  node.configurations.truncateFrom(index);
  forgetFrom(node, index);
  node.out.truncateFrom = index;
  node.observer.followed("TruncateLog", node, null);
}

function refuseAppend(node: Node, message: AppendRequest): void {
  const { prevIndex, prevTerm } = message;
  const hintIndex = node.log.lastIndexOfTerm(prevTerm, prevIndex);
  const hintTerm = node.log.termAt(hintIndex) ?? 0;
  send(node, message.from, { kind: "append-refused", prevIndex, hintIndex, hintTerm });
  node.observer.followed("RefuseAppend", node, message);
}

export function hearHeartbeat(node: Node, message: Heartbeat): void {
  hearLeader(node);
  // The leader names no more than this server is known to have.
  followCommit(node, message.commit, node.log.lastIndex);
  send(node, message.from, { kind: "heartbeat-response", round: message.round });
}

export function hearLeader(node: Node): void {
  node.heardAt = node.now;
  drawElectionTimeout(node);
}
