import { id } from "../../../lang/index.ts";
import { hasRoomFor } from "../../bounds.ts";
import { isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { send } from "../../send.ts";

export const installSnapshot = raft.action("InstallSnapshot", {
  says: "A leader sends its snapshot to a follower that needs an entry which the leader has discarded.",
  source: "§7; figure 13, InstallSnapshot RPC",
  part: (c) => c.snapshots,
  fair: "weak",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }, c) => {
    const me = s.servers.get(i);
    if (i === j || me.role !== "Leader" || !hasRoomFor(s, 1, c)) return false;
    return me.nextIndex.get(j) <= me.snapshotIndex && !isInFlight(s.network, c.rules.snapshotRequest(me, i, j, c), c);
  },
  effect: (s, { i, j }, c) => send(s, c.rules.snapshotRequest(s.servers.get(i), i, j, c), c),
});
