/** What must be possible with snapshots. */
import { commonPrefix } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";
import { deliverable, isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import type { Server, State } from "../../state.ts";

const hasFollowers = (c: Constants): boolean => c.snapshots && c.Server.length > 2 && c.maxLogLength > 0;

/** Whether a server replaces something by its leader's snapshot in this step, so that this is true of it before and after. */
function someInstalls(before: State, after: State, c: Constants, is: (me: Server, then: Server) => boolean): boolean {
  return deliverable(before.network, "InstallSnapshotRequest", c).some((m) => {
    const me = before.servers.get(m.to);
    const then = after.servers.get(m.to);
    return !isInFlight(after.network, m, c) && me.snapshotIndex < then.snapshotIndex && is(me, then);
  });
}

const aSnapshotInstalled = raft.reachableStep("ASnapshotInstalled", {
  says: "A follower gets entries that it lacked as a snapshot.",
  part: hasFollowers,
  goal: (before, after, c) => someInstalls(before, after, c, (me, then) => me.log.length < then.snapshotIndex),
});

const aSnapshotReplacesConflict = raft.reachableStep("ASnapshotReplacesConflict", {
  says: "A snapshot takes the place of a log with entries of an old leader.",
  part: (c) => hasFollowers(c) && c.maxTerm > 1,
  goal: (before, after, c) =>
    someInstalls(
      before,
      after,
      c,
      (me, then) => commonPrefix(me.log, then.log) < Math.min(me.log.length, then.log.length),
    ),
});

const entriesAfterSnapshotKept = raft.reachableStep("EntriesAfterSnapshotKept", {
  says: "A snapshot from the leader comes late, and the entries that follow it in the log stay.",
  part: (c) => c.snapshots && c.Server.length > 1 && c.maxLogLength > 1,
  goal: (before, after, c) => someInstalls(before, after, c, (_, then) => then.snapshotIndex < then.log.length),
});

const appendWithinSnapshot = raft.reachable("AppendWithinSnapshot", {
  says: "A follower is about to be asked about an entry before the last one of its snapshot.",
  part: (c) => c.snapshots && c.Server.length > 1 && c.maxLogLength > 0,
  goal: (s, c) =>
    deliverable(s.network, "AppendEntriesRequest", c).some((m) => {
      const { term, snapshotIndex } = s.servers.get(m.to);
      return m.term === term && m.prevLogIndex < snapshotIndex;
    }),
});

const restartFromSnapshot = raft.reachableStep("RestartFromSnapshot", {
  says: "A server restarts, and of what it has applied it still knows what its snapshot holds.",
  part: (c) => c.snapshots && c.maxRestarts > 0 && c.maxLogLength > 1,
  goal: (before, after) =>
    before.restarts < after.restarts &&
    before.servers.some((me, i) => {
      const { commitIndex } = after.servers.get(i);
      return commitIndex > 0 && commitIndex < me.commitIndex;
    }),
});

export const snapshotGoals = [
  aSnapshotInstalled,
  aSnapshotReplacesConflict,
  entriesAfterSnapshotKept,
  appendWithinSnapshot,
  restartFromSnapshot,
];
