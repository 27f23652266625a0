import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive, send } from "../../send.ts";
import { snapshotResponse } from "./snapshot-response.ts";
import { holdsLastIncluded } from "./store-snapshot.ts";

/** Figure 13 saves every snapshot. A follower whose log has it all learns only that it is committed, in etcd and in impl/core. */
export const skipSnapshot = raft.action("SkipSnapshot", {
  says: "A follower whose log holds all of a snapshot keeps its log as it is, and knows that it is committed up to there.",
  source: "etcd-io/raft, restore; impl/core, snapshot-receiving",
  part: (c) => c.snapshots,
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "InstallSnapshotRequest", c)) }),
  guard: (s, { m }) => {
    const me = s.servers.get(m.to);
    const isFromItsLeader = m.term > me.term || (m.term === me.term && me.role !== "Leader");
    return isFromItsLeader && m.lastIncludedIndex > me.snapshotIndex && holdsLastIncluded(me, m);
  },
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    c.rules.followLeader(me, m.term, c);
    me.commitIndex = Math.max(me.commitIndex, m.lastIncludedIndex);
    send(s, snapshotResponse(me, m, true), c);
  },
});
