import { id } from "../../lang/index.ts";
import { durableTerm, durableVote } from "../durability.ts";
import { raft } from "../protocol.ts";
import { hasQuorum } from "../rules/record-vote.ts";
import { forgetVotes } from "../rules/update-term.ts";

export const becomeLeader = raft.action("BecomeLeader", {
  says: "A candidate with votes from a majority, its own on disk, becomes the leader of its term.",
  source: "figure 2, Candidates, and volatile state on leaders; §5.2; TLA+ BecomeLeader",
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    if (me.role !== "Candidate" || !hasQuorum(me, c)) return false;
    return durableTerm(me, c) === me.term && durableVote(me, c) === me.votedFor;
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    me.role = "Leader";
    forgetVotes(me, c);
    for (const j of c.Server) if (j !== i) me.nextIndex.set(j, me.log.length + 1);
    me.matchIndex.fill(0);
  },
});
