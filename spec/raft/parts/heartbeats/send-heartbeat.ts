import { id } from "../../../lang/index.ts";
import { hasRoomFor } from "../../bounds.ts";
import type { HeartbeatRequest } from "../../messages.ts";
import { isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { send } from "../../send.ts";
import type { Server, ServerId } from "../../state.ts";

export const sendHeartbeat = raft.action("SendHeartbeat", {
  says: "A leader tells a follower that it is there, and up to where the follower may commit.",
  source: "etcd-io/raft, MsgHeartbeat; §5.2",
  part: (c) => c.heartbeatMessages,
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }, c) => {
    const me = s.servers.get(i);
    return i !== j && me.role === "Leader" && hasRoomFor(s, 1, c) && !isInFlight(s.network, heartbeat(me, i, j), c);
  },
  effect: (s, { i, j }, c) => send(s, heartbeat(s.servers.get(i), i, j), c),
});

/** The commit index goes as far as the follower is known to match: beyond, its log may hold other entries. */
function heartbeat(me: Server, i: ServerId, j: ServerId): HeartbeatRequest {
  const commitIndex = Math.min(me.commitIndex, me.matchIndex.get(j));
  return { kind: "HeartbeatRequest", term: me.term, from: i, to: j, commitIndex };
}
