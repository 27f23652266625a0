import { raft } from "../protocol.ts";

export const monotonicCommitIndex = raft.stepInvariant("MonotonicCommitIndex", {
  says: "The commit index of a server never decreases while it runs.",
  source: "figure 2, volatile state: increases monotonically; TLA+ MonotonicCommitIndex",
  when: (before, after) => before.restarts === after.restarts && before.servers.some((me) => me.commitIndex > 0),
  holds: (before, after) => before.servers.every((me, i) => me.commitIndex <= after.servers.get(i).commitIndex),
});
