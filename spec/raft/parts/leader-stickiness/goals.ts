/** What must be possible where servers keep a leader that they hear. */
import { raft } from "../../protocol.ts";

export const aLeaderIsKept = raft.reachable("ALeaderIsKept", {
  says: "A candidate is a term ahead of a leader and of a follower that hears it, and no other server has its term.",
  part: (c) => c.leaderStickiness && c.Server.length > 2 && c.maxTerm > 1,
  goal: (s) =>
    s.servers.some(
      (one, i) =>
        one.role === "Candidate" &&
        s.servers.some((leader) => leader.role === "Leader" && leader.term < one.term) &&
        s.servers.every(
          (other, j) => i === j || (other.term < one.term && (other.role === "Leader" || other.hearsLeader)),
        ),
    ),
});
