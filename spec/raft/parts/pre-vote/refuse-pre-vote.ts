import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive, send } from "../../send.ts";

/** Refusing a pre-vote without a reason: impl/core does so in the term of the question, where etcd-io/raft may grant it. */
export const refusePreVote = raft.action("RefusePreVote", {
  says: "A server refuses a pre-vote, whatever it could do.",
  source: "thesis §9.6; impl/core, answerPreVote",
  part: (c) => c.preVote && c.voteRefusals,
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "PreVoteRequest", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    send(s, { kind: "PreVoteResponse", term: me.term, from: m.to, to: m.from, granted: false }, c);
  },
});
