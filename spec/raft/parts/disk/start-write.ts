import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";
import { isWritten, nextWrite } from "./writes.ts";

export const startWrite = raft.action("StartWrite", {
  says: "A server hands its term, its vote and the new end of its log to the disk, and with them the messages that wait.",
  source: "figure 2, persistent state; thesis §10.2.1",
  part: (c) => c.writeQueue,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    return me.writes.length < c.maxWrites && (me.outbox.size > 0 || !isWritten(me, c));
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    me.writes.push(nextWrite(me, c));
    me.outbox.clear();
  },
});
