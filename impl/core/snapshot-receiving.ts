import { hearLeader } from "./append.ts";
import { forgetFrom } from "./durability.ts";
import type { SnapshotChunk } from "./message.ts";
import { sendWhenDurable } from "./outbox.ts";
import type { Node } from "./state.ts";

/**
 * InstallSnapshot at the receiver (section 7 of the paper), piece by piece in order. A piece that does not fit is
 * answered with the one that is wanted: the leader goes on from there.
 */
export function acceptChunk(node: Node, message: SnapshotChunk): void {
  hearLeader(node);
  const { snapshot, offset, data, isLast } = message;
  if (snapshot.index <= node.commit) {
    node.incoming = null;
    sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex: node.commit });
    return;
  }
  const isSame = node.incoming?.snapshot.index === snapshot.index && node.incoming.snapshot.term === snapshot.term;
  if (!isSame || node.incoming === null) node.incoming = { snapshot, offset: 0 };
  const { incoming } = node;
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

/** The snapshot takes the place of the log, all of it: what followed was not known to be the leader's. */
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
