import { commonPrefix } from "../../../lang/index.ts";
import type { Log } from "../../log.ts";
import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import type { State } from "../../state.ts";
import { durableSnapshot } from "../disk/durable.ts";

export const snapshotIsCommitted = raft.invariant("SnapshotIsCommitted", {
  says: "A snapshot is a prefix of what was committed: its server has applied all of it, and no server anything else.",
  source: "§7: covering just the committed entries",
  part: (c) => c.snapshots,
  when: (s) => s.servers.some((me) => me.snapshotIndex > 0),
  holds: (s, c) =>
    s.servers.every(
      (me) =>
        me.snapshotIndex <= me.commitIndex &&
        isPrefixOfCommitted(s, me.log.sub(1, me.snapshotIndex)) &&
        isPrefixOfCommitted(s, durableSnapshot(me, c)),
    ) && deliverable(s.network, "InstallSnapshotRequest", c).every((m) => isPrefixOfCommitted(s, m.content)),
});

/** Whether no server knows another entry to be committed at an index of this snapshot. */
function isPrefixOfCommitted(s: State, snapshot: Log): boolean {
  return s.servers.every((other) => commonPrefix(snapshot, other.log) >= Math.min(snapshot.length, other.commitIndex));
}
