import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive, send } from "../../send.ts";
import { returnedContext } from "../reads/confirm-reads.ts";
import { hasHeartbeats } from "./has-heartbeats.ts";

export const handleHeartbeatRequest = raft.action("HandleHeartbeatRequest", {
  says: "A server hears from the leader of its term, and commits up to where the leader says.",
  source: "etcd-io/raft, MsgHeartbeat; §5.2",
  part: hasHeartbeats,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "HeartbeatRequest", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    c.rules.followLeader(me, m.term, c);
    if (m.term === me.term) me.commitIndex = Math.max(me.commitIndex, m.commitIndex);
    const context = returnedContext(m, c);
    send(s, { kind: "HeartbeatResponse", term: me.term, from: m.to, to: m.from, context }, c);
  },
});
