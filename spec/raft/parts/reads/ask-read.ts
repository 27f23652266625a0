import { id, setOf } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";
import { committedEver } from "./committed-ever.ts";

export const askRead = raft.action("AskRead", {
  says: "A leader is asked for a read. It notes up to where it has to apply before it may answer.",
  source: "thesis §6.4, steps 1 and 2; etcd-io/raft, MsgReadIndex",
  part: (c) => c.readIndex,
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    return me.role === "Leader" && me.readsAsked < c.maxReads;
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    me.readsAsked += 1;
    me.reads.add({
      context: c.rules.readContext(me, c),
      index: c.rules.readIndex(me, c),
      confirmedBy: setOf(i),
      committed: committedEver(s, c),
    });
  },
});
