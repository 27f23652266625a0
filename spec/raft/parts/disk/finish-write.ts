import { id } from "../../../lang/index.ts";
import { transmit } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { apply } from "./writes.ts";

export const finishWrite = raft.action("FinishWrite", {
  says: "The oldest write of a server reaches its disk, and the messages that waited for it leave.",
  source: "figure 2, persistent state: updated on stable storage before responding",
  part: (c) => c.writeQueue,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).writes.length > 0,
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    const write = me.writes.shift();
    apply(me.durable, write, c);
    for (const m of write.messages) transmit(s.network, m, c);
  },
});
