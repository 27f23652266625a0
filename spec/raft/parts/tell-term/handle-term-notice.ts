import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive } from "../../send.ts";

export const handleTermNotice = raft.action("HandleTermNotice", {
  says: "A server learns of a later term.",
  source: "§5.1: a server whose term is smaller than another's updates it",
  part: (c) => c.termNotices,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "TermNotice", c)) }),
  effect: (s, { m }, c) => c.rules.updateTerm(receive(s, m, c), m.term, c),
});
