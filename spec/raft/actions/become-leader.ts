import { id } from "../../lang/index.ts";
import { raft } from "../protocol.ts";

export const becomeLeader = raft.action("BecomeLeader", {
  says: "A candidate with votes from a majority becomes the leader of its term.",
  source: "figure 2, Candidates, and volatile state on leaders; §5.2; TLA+ BecomeLeader",
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    return me.role === "Candidate" && c.rules.isElected(me, c);
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    c.rules.resetRoleState(me, c);
    me.role = "Leader";
    for (const j of c.Server) if (j !== i) me.nextIndex.set(j, me.log.length + 1);
  },
});
