/** What must be possible with heartbeats. */
import { deliverable, isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";

const aHeartbeatCommits = raft.reachableStep("AHeartbeatCommits", {
  says: "A follower learns from a heartbeat that an entry is committed.",
  part: (c) => c.heartbeatMessages && c.maxLogLength > 0,
  goal: (before, after, c) =>
    deliverable(before.network, "HeartbeatRequest", c).some(
      (m) =>
        !isInFlight(after.network, m, c) && before.servers.get(m.to).commitIndex < after.servers.get(m.to).commitIndex,
    ),
});

export const heartbeatGoals = [aHeartbeatCommits];
