import { id } from "../../../lang/index.ts";
import { hasRoomFor } from "../../bounds.ts";
import type { Constants } from "../../constants.ts";
import type { HeartbeatRequest } from "../../messages.ts";
import { isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { send } from "../../send.ts";
import type { Server, ServerId } from "../../state.ts";
import { heartbeatContext } from "../reads/confirm-reads.ts";
import { hasHeartbeats } from "./has-heartbeats.ts";

export const sendHeartbeat = raft.action("SendHeartbeat", {
  says: "A leader tells a follower that it is there, and up to where the follower may commit.",
  source: "etcd-io/raft, MsgHeartbeat; §5.2",
  part: hasHeartbeats,
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }, c) => {
    const me = s.servers.get(i);
    if (i === j || me.role !== "Leader" || !hasRoomFor(s, 1, c)) return false;
    return isWanted(me, c) && !isInFlight(s.network, heartbeat(me, i, j, c), c);
  },
  effect: (s, { i, j }, c) => send(s, heartbeat(s.servers.get(i), i, j, c), c),
});

/** Where heartbeats are there for reads only, a leader sends them while a read waits. */
function isWanted(me: Server, c: Constants): boolean {
  return c.heartbeatMessages || heartbeatContext(me, c) > 0;
}

/** The commit index goes as far as the follower is known to match: beyond, its log may hold other entries. */
function heartbeat(me: Server, i: ServerId, j: ServerId, c: Constants): HeartbeatRequest {
  const commitIndex = Math.min(me.commitIndex, me.matchIndex.get(j));
  return { kind: "HeartbeatRequest", term: me.term, from: i, to: j, commitIndex, context: heartbeatContext(me, c) };
}
