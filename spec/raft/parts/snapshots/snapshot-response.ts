import type { AppendEntriesResponse, InstallSnapshotRequest } from "../../messages.ts";
import type { Server } from "../../state.ts";

/**
 * The answer to InstallSnapshot is the one to AppendEntries, as in etcd and in impl/core: figure 13 answers with the term
 * alone, and leaves open how the leader learns that the follower has the snapshot. All that the follower knows to be
 * committed is the same at the leader.
 */
export function snapshotResponse(me: Server, m: InstallSnapshotRequest, success: boolean): AppendEntriesResponse {
  const matchIndex = success ? me.commitIndex : 0;
  const answer = { success, matchIndex, hintIndex: 0 };
  return { kind: "AppendEntriesResponse", term: me.term, from: m.to, to: m.from, ...answer };
}
