import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive, send } from "../send.ts";

/**
 * Refusing a vote without a reason of figure 2: a server that hears a leader keeps its vote (leader stickiness, thesis
 * §4.2.3), and so may any other. To ignore the request is a message lost (`loss`).
 */
export const refuseVote = raft.action("RefuseVote", {
  says: "A server refuses its vote, whatever it could do.",
  source: "thesis §4.2.3",
  part: (c) => c.voteRefusals,
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "RequestVoteRequest", c)) }),
  guard: (s, { m }, c) => c.rules.heedsVoteRequest(s.servers.get(m.to), m, c),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    send(s, { kind: "RequestVoteResponse", term: me.term, from: m.to, to: m.from, granted: false }, c);
  },
});
