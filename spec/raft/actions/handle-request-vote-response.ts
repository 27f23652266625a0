import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive } from "../send.ts";

export const handleRequestVoteResponse = raft.action("HandleRequestVoteResponse", {
  says: "A candidate receives a vote or a refusal; anyone else ignores it.",
  source: "figure 2, Candidates; §5.2",
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "RequestVoteResponse", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    if (c.rules.isCountableVote(me, m, c)) c.rules.recordVote(me, m.from, c);
  },
});
