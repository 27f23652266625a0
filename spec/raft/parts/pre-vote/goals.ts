/** What must be possible where servers ask before they start an election. */
import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";

const aPreVoteRefused = raft.reachable("APreVoteRefused", {
  says: "A pre-vote is refused to a server whose log is behind, and no term has changed.",
  part: (c) => c.preVote && c.Server.length > 1 && c.maxTerm > 1 && c.maxLogLength > 0,
  goal: (s, c) =>
    deliverable(s.network, "PreVoteResponse", c).some((m) => {
      const { term, preVotesGranted } = s.servers.get(m.to);
      return !m.granted && preVotesGranted.size > 0 && m.term === term && term === s.servers.get(m.from).term;
    }),
});

const twoServersHavePreVotes = raft.reachable("TwoServersHavePreVotes", {
  says: "Two servers of one term both have pre-votes from a majority: a pre-vote is no vote.",
  part: (c) => c.preVote && c.Server.length > 1,
  goal: (s, c) =>
    s.servers.some((a, i) =>
      s.servers.some((b, j) => i !== j && a.term === b.term && c.rules.mayCampaign(a, c) && c.rules.mayCampaign(b, c)),
    ),
});

export const preVoteGoals = [aPreVoteRefused, twoServersHavePreVotes];
