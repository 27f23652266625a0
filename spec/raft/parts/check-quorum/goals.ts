/** What must be possible where leaders check that a majority hears them. */
import { raft } from "../../protocol.ts";

const aLeaderPassesItsCheck = raft.reachableStep("ALeaderPassesItsCheck", {
  says: "A leader that a majority has answered begins to count anew.",
  part: (c) => c.checkQuorum && c.Server.length > 1,
  goal: (before, after) =>
    before.servers.some((me, i) => {
      const then = after.servers.get(i);
      return me.role === "Leader" && then.role === "Leader" && me.heardFrom.size > 0 && then.heardFrom.size === 0;
    }),
});

const aLostLeaderMakesWay = raft.reachableStep("ALostLeaderMakesWay", {
  says: "A leader that no majority answers becomes a follower in its term, and another server leads a later one.",
  part: (c) => c.checkQuorum && c.Server.length > 2 && c.maxTerm > 1,
  goal: (before, after) =>
    before.restarts === after.restarts &&
    before.servers.some((me, i) => {
      const then = after.servers.get(i);
      const makesWay = me.role === "Leader" && then.role === "Follower" && me.term === then.term;
      return makesWay && after.servers.some((other) => other.role === "Leader" && other.term > me.term);
    }),
});

export const checkQuorumGoals = [aLeaderPassesItsCheck, aLostLeaderMakesWay];
