import { id, integer } from "../../lang/index.ts";
import { hasRoomFor } from "../bounds.ts";
import { termAt } from "../log.ts";
import type { AppendEntriesRequest } from "../messages.ts";
import { isInFlight } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { send } from "../send.ts";
import type { Server, ServerId } from "../state.ts";

export const appendEntries = raft.action("AppendEntries", {
  says: "A leader sends a follower the next entries of its log, or a heartbeat where it has none to send.",
  source: "figure 2, Leaders, and AppendEntries RPC; §5.3; TLA+ AppendEntries",
  fair: "weak",
  params: (c) => ({ i: id(c.Server), j: id(c.Server), entryCount: integer(0, c.maxBatch) }),
  guard: (s, { i, j, entryCount }, c) => {
    const me = s.servers.get(i);
    if (i === j || me.role !== "Leader" || !hasRoomFor(s, 1, c)) return false;
    const unsent = me.log.length - me.nextIndex.get(j) + 1;
    if (entryCount > unsent || (entryCount === 0 && unsent > 0 && !c.heartbeats)) return false;
    // To send the same request again adds nothing that the network could not do by duplicating it.
    const isOnItsWay = isInFlight(s.network, request(me, i, j, entryCount), c);
    return c.rules.hasEntriesFrom(me, me.nextIndex.get(j), c) && !isOnItsWay;
  },
  effect: (s, { i, j, entryCount }, c) => {
    const me = s.servers.get(i);
    const m = request(me, i, j, entryCount);
    send(s, m, c);
    me.nextIndex.set(j, c.rules.nextIndexAfterSending(me, m, c));
  },
});

/** The AppendEntries request from leader `me` to `j` that carries this many entries. */
function request(me: Server, i: ServerId, j: ServerId, entryCount: number): AppendEntriesRequest {
  const prevLogIndex = me.nextIndex.get(j) - 1;
  return {
    kind: "AppendEntriesRequest",
    term: me.term,
    from: i,
    to: j,
    prevLogIndex,
    prevLogTerm: termAt(me.log, prevLogIndex),
    entries: me.log.sub(prevLogIndex + 1, prevLogIndex + entryCount),
    leaderCommit: me.commitIndex,
  };
}
