import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive, send } from "../../send.ts";
import { snapshotResponse } from "./snapshot-response.ts";

export const handleInstallSnapshotRequest = raft.action("HandleInstallSnapshotRequest", {
  says: "A server receives a snapshot from the leader of its term, and replaces the prefix of its log by it.",
  source: "figure 13, InstallSnapshot RPC, receiver",
  part: (c) => c.snapshots,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "InstallSnapshotRequest", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    c.rules.followLeader(me, m.term, c);
    const success = m.term === me.term && me.role === "Follower";
    if (success) c.rules.storeSnapshot(me, m, c);
    send(s, snapshotResponse(me, m, success), c);
  },
});
