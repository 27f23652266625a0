import { id } from "../../../lang/index.ts";
import { hasRoomFor } from "../../bounds.ts";
import type { TermNotice } from "../../messages.ts";
import { isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { send } from "../../send.ts";
import type { Server, ServerId } from "../../state.ts";

export const tellTerm = raft.action("TellTerm", {
  says: "A server tells another one its term.",
  source: "impl/core, term-notice; §5.1, replies carry the term",
  part: (c) => c.termNotices,
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }, c) => {
    const me = s.servers.get(i);
    return i !== j && me.term > 0 && hasRoomFor(s, 1, c) && !isInFlight(s.network, notice(me, i, j), c);
  },
  effect: (s, { i, j }, c) => send(s, notice(s.servers.get(i), i, j), c),
});

function notice(me: Server, i: ServerId, j: ServerId): TermNotice {
  return { kind: "TermNotice", term: me.term, from: i, to: j };
}
