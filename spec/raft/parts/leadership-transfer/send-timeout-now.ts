import { id } from "../../../lang/index.ts";
import { hasRoomFor } from "../../bounds.ts";
import type { TimeoutNow } from "../../messages.ts";
import { isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { send } from "../../send.ts";
import type { Server, ServerId } from "../../state.ts";

export const sendTimeoutNow = raft.action("SendTimeoutNow", {
  says: "A leader tells the server that is to lead next to start an election at once, as soon as their logs match.",
  source: "thesis §3.10",
  part: (c) => c.leadershipTransfer,
  fair: "weak",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }, c) => {
    const me = s.servers.get(i);
    if (i === j || !c.rules.mayHandOver(me, j, c) || !hasRoomFor(s, 1, c)) return false;
    return !isInFlight(s.network, timeoutNow(me, i, j), c);
  },
  effect: (s, { i, j }, c) => send(s, timeoutNow(s.servers.get(i), i, j), c),
});

function timeoutNow(me: Server, i: ServerId, j: ServerId): TimeoutNow {
  return { kind: "TimeoutNow", term: me.term, from: i, to: j };
}
