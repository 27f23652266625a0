/** What must be possible where a leader may hand over. */
import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";

const theTargetLeads = raft.reachable("TheTargetLeads", {
  says: "The server that a leader has named leads the next term, and has all entries of the old leader.",
  part: (c) => c.leadershipTransfer && c.Server.length > 2 && c.maxTerm > 1 && c.maxLogLength > 0,
  goal: (s) =>
    s.servers.some((me) => {
      if (me.transferTo === null || me.log.length === 0) return false;
      const target = s.servers.get(me.transferTo);
      return target.role === "Leader" && target.term === me.term + 1 && me.log.isPrefixOf(target.log);
    }),
});

const aLateTimeoutNow = raft.reachable("ALateTimeoutNow", {
  says: "A leader has given a transfer up and taken another request, and its TimeoutNow is still on its way.",
  part: (c) => c.leadershipTransfer && c.Server.length > 1 && c.maxLogLength > 0,
  goal: (s, c) =>
    deliverable(s.network, "TimeoutNow", c).some((m) => {
      const me = s.servers.get(m.from);
      return me.role === "Leader" && me.transferTo === null && me.matchIndex.get(m.to) < me.log.length;
    }),
});

const aHeardLeaderHandsOver = raft.reachableStep("AHeardLeaderHandsOver", {
  says: "A server that hears a leader votes for the one that the leader has named.",
  part: (c) => c.leadershipTransfer && c.leaderStickiness && c.Server.length > 2 && c.maxTerm > 1,
  goal: (before, after) =>
    before.servers.some((me, i) => {
      const then = after.servers.get(i);
      return (
        me.hearsLeader && me.role === "Follower" && me.term < then.term && then.votedFor !== null && then.votedFor !== i
      );
    }),
});

export const transferGoals = [theTargetLeads, aLateTimeoutNow, aHeardLeaderHandsOver];
