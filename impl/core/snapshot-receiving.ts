import { hearLeader } from "./append.ts";
import { followCommit } from "./commitment.ts";
import { forgetFrom } from "./durability.ts";
import type { SnapshotMeta } from "./entry.ts";
import type { SnapshotChunk } from "./message.ts";
import { sendWhenDurable } from "./outbox.ts";
import type { Incoming, Node } from "./state.ts";

/**
 * InstallSnapshot at the receiver (section 7 of the paper), piece by piece in order. A piece that does not fit is
 * answered with the one that is wanted: the leader goes on from there.
 */
export function acceptChunk(node: Node, message: SnapshotChunk): void {
  hearLeader(node);
  const { snapshot, offset, data, isLast } = message;
  // Only a leader that is out of its mind sends more than it announced, or ends too soon.
  const end = offset + data.length;
  if (end > snapshot.size || isLast !== (end === snapshot.size)) return;
  if (isCovered(node, snapshot)) {
    node.incoming = null;
    followCommit(node, snapshot.index, snapshot.index);
    sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex: node.commit });
    return;
  }
  const incoming = incomingFor(node, message);
  if (offset === incoming.offset) {
    incoming.offset += data.length;
    node.out.chunk = { snapshot, offset, data, isLast };
    if (isLast) {
      install(node, message);
      return;
    }
  }
  sendWhenDurable(node, message.from, { kind: "chunk-accepted", index: snapshot.index, offset: incoming.offset });
}

/** What was received of this snapshot in this term so far; nothing, where it begins. */
function incomingFor(node: Node, { term, snapshot }: SnapshotChunk): Incoming {
  const { incoming } = node;
  if (incoming !== null && incoming.term === term && incoming.snapshot.index === snapshot.index) return incoming;
  node.incoming = { term, snapshot, offset: 0 };
  return node.incoming;
}

/**
 * Whether the log has all that the snapshot stands for. It stays as it is then, and so does what follows: a piece may
 * come late, after entries that this server has acknowledged, and on which the leader has counted since.
 */
function isCovered(node: Node, { index, term }: SnapshotMeta): boolean {
  return index <= node.commit || node.log.termAt(index) === term;
}

/** The snapshot takes the place of the log, all of it: the logs part before it ends, or this one is shorter. */
function install(node: Node, message: SnapshotChunk): void {
  const { snapshot } = message;
  node.incoming = null;
  node.snapshot = snapshot;
  forgetFrom(node, node.commit + 1);
  node.log.reset(snapshot.index, snapshot.term);
  node.configurations.reset(snapshot);
  node.commit = snapshot.index;
  node.applied = snapshot.index;
  sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex: snapshot.index });
  node.observer.followed("InstallSnapshot", node, message);
}
