import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive } from "../../send.ts";

export const handlePreVoteResponse = raft.action("HandlePreVoteResponse", {
  says: "A server that asks for pre-votes counts one, or learns of a later term from a refusal.",
  source: "thesis §9.6; etcd-io/raft, MsgPreVoteResp",
  part: (c) => c.preVote,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "PreVoteResponse", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    if (!m.granted) c.rules.updateTerm(me, m.term, c);
    else if (me.preVotesGranted.size > 0 && m.term === me.term + 1) me.preVotesGranted.add(m.from);
  },
});
