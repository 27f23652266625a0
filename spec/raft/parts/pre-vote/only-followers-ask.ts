import { raft } from "../../protocol.ts";

export const onlyFollowersAsk = raft.invariant("OnlyFollowersAsk", {
  says: "Only a follower has pre-votes, and its own is among them.",
  source: "thesis §9.6",
  part: (c) => c.preVote,
  when: (s) => s.servers.some((me) => me.preVotesGranted.size > 0),
  holds: (s) =>
    s.servers.every((me, i) => me.preVotesGranted.size === 0 || (me.role === "Follower" && me.preVotesGranted.has(i))),
});
