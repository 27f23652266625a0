import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive, send } from "../send.ts";

export const handleRequestVoteRequest = raft.action("HandleRequestVoteRequest", {
  says: "A server is asked for its vote, and grants or refuses it.",
  source: "figure 2, RequestVote RPC, receiver; §5.2, §5.4.1",
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "RequestVoteRequest", c)) }),
  guard: (s, { m }, c) => c.rules.heedsVoteRequest(s.servers.get(m.to), m, c),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    const granted = c.rules.grantsVote(me, m, c);
    if (granted) me.votedFor = m.from;
    send(s, { kind: "RequestVoteResponse", term: me.term, from: m.to, to: m.from, granted }, c);
  },
});
