import { id } from "../../lang/index.ts";
import { raft } from "../protocol.ts";

export const advanceCommitIndex = raft.action("AdvanceCommitIndex", {
  says: "A leader commits the entries of its own term that a majority holds, and with them all before.",
  source: "figure 2, Leaders; §5.3, §5.4.2; TLA+ AdvanceCommitIndex",
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    return me.role === "Leader" && c.rules.newCommitIndex(me, i, c) > me.commitIndex;
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    me.commitIndex = c.rules.newCommitIndex(me, i, c);
  },
});
