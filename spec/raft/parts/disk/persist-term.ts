import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const persistTerm = raft.action("PersistTerm", {
  says: "The current term reaches the disk. The vote on disk was for an older term: it goes.",
  source: "figure 2, persistent state",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).durable.term !== s.servers.get(i).term,
  effect: (s, { i }) => {
    const me = s.servers.get(i);
    me.durable.term = me.term;
    me.durable.votedFor = null;
  },
});
