import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive } from "../send.ts";

export const handleAppendEntriesResponse = raft.action("HandleAppendEntriesResponse", {
  says: "A leader learns that a follower has stored its entries, or that their logs do not match yet.",
  source: "figure 2, Leaders; §5.3",
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "AppendEntriesResponse", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    if (!c.rules.isCountableAck(me, m, c)) return;
    if (m.success) c.rules.recordMatch(me, m, c);
    else c.rules.recordRefusal(me, m, c);
  },
});
