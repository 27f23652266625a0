import { deliverable, isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";

export const preVotesBindNoVoter = raft.stepInvariant("PreVotesBindNoVoter", {
  says: "A server that is asked for a pre-vote keeps its term, its vote and its role.",
  source: "thesis §9.6",
  part: (c) => c.preVote,
  when: (before, _, c) => deliverable(before.network, "PreVoteRequest", c).length > 0,
  holds: (before, after, c) =>
    deliverable(before.network, "PreVoteRequest", c).every((m) => {
      if (isInFlight(after.network, m, c)) return true;
      const me = before.servers.get(m.to);
      const then = after.servers.get(m.to);
      return me.term === then.term && me.votedFor === then.votedFor && me.role === then.role;
    }),
});
