import { hasRoomFor, mayStartTerm } from "../../bounds.ts";
import type { TimeoutNow } from "../../messages.ts";
import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive } from "../../send.ts";
import type { Server } from "../../state.ts";
import { requestVotes } from "../../vote-requests.ts";

export const handleTimeoutNow = raft.action("HandleTimeoutNow", {
  says: "A follower is told to lead next, and starts an election at once. Any other server ignores that.",
  source: "thesis §3.10; etcd-io/raft, MsgTimeoutNow",
  part: (c) => c.leadershipTransfer,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "TimeoutNow", c)) }),
  guard: (s, { m }, c) => {
    const me = s.servers.get(m.to);
    if (!isForMe(me, m)) return true;
    const isWithinBounds = m.term > me.term ? m.term < c.maxTerm : mayStartTerm(me, c);
    // The message itself makes room for one of the requests.
    return isWithinBounds && hasRoomFor(s, c.Server.length - 2, c);
  },
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    const starts = isForMe(me, m);
    c.rules.updateTerm(me, m.term, c);
    if (!starts) return;
    c.rules.startElection(me, m.to, c);
    requestVotes(s, m.to, true, c);
  },
});

/** A later term makes a follower of any server first (§5.1). */
function isForMe(me: Server, m: TimeoutNow): boolean {
  return m.term > me.term || (m.term === me.term && me.role === "Follower");
}
