import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive } from "../../send.ts";
import { hasHeartbeats } from "./has-heartbeats.ts";

export const handleHeartbeatResponse = raft.action("HandleHeartbeatResponse", {
  says: "A leader hears that a follower is there, or of a later term.",
  source: "etcd-io/raft, MsgHeartbeatResp",
  part: hasHeartbeats,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "HeartbeatResponse", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    if (!c.rules.isCountableAck(me, m, c)) return;
    c.rules.recordContact(me, m.from, c);
    c.rules.confirmReads(me, m, c);
  },
});
