import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive, send } from "../../send.ts";

export const handlePreVoteRequest = raft.action("HandlePreVoteRequest", {
  says: "A server says whether it would vote for another one. Its own term and vote stay.",
  source: "thesis §9.6; etcd-io/raft, MsgPreVote",
  part: (c) => c.preVote,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "PreVoteRequest", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    const granted = c.rules.grantsPreVote(me, m, c);
    // A grant names the term that it is for, and a refusal the term of its sender.
    const term = granted ? m.term : me.term;
    send(s, { kind: "PreVoteResponse", term, from: m.to, to: m.from, granted }, c);
  },
});
