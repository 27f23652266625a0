import { termAt } from "../../log.ts";
import type { InstallSnapshotRequest } from "../../messages.ts";
import type { Server, ServerId } from "../../state.ts";

/** What a leader sends a follower that needs entries which are gone: "the leader's snapshot" (§7, figure 13, arguments). */
export function snapshotRequest(me: Server, i: ServerId, j: ServerId): InstallSnapshotRequest {
  return {
    kind: "InstallSnapshotRequest",
    term: me.term,
    from: i,
    to: j,
    lastIncludedIndex: me.snapshotIndex,
    lastIncludedTerm: termAt(me.log, me.snapshotIndex),
    content: me.log.sub(1, me.snapshotIndex),
  };
}
