import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const persistLog = raft.action("PersistLog", {
  says: "The log reaches the disk, after the term in which its entries were accepted.",
  source: "figure 2, persistent state",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => {
    const me = s.servers.get(i);
    return me.durable.term === me.term && !me.durable.log.equals(me.log);
  },
  effect: (s, { i }) => {
    const me = s.servers.get(i);
    me.durable.log.assign(me.log);
  },
});
