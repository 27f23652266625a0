import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const persistVote = raft.action("PersistVote", {
  says: "The vote reaches the disk, after the term it belongs to.",
  source: "figure 2, persistent state",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => {
    const me = s.servers.get(i);
    return me.durable.term === me.term && me.durable.votedFor !== me.votedFor;
  },
  effect: (s, { i }) => {
    const me = s.servers.get(i);
    me.durable.votedFor = me.votedFor;
  },
});
