import { termAt } from "../log.ts";
import type { AppendEntriesRequest } from "../messages.ts";
import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive, send } from "../send.ts";
import type { Server } from "../state.ts";

export const handleAppendEntriesRequest = raft.action("HandleAppendEntriesRequest", {
  says: "A server receives entries or a heartbeat from a leader, and stores them or refuses.",
  source: "figure 2, AppendEntries RPC, receiver; §5.3",
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "AppendEntriesRequest", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    c.rules.followLeader(me, m.term, c);
    const success = m.term === me.term && me.role === "Follower" && matchesPrevious(me, m);
    if (success) {
      c.rules.storeEntries(me, m, c);
      c.rules.advanceFollowerCommit(me, m, c);
    }
    const matchIndex = success ? c.rules.acknowledgedIndex(me, m, c) : 0;
    const hintIndex = success ? 0 : c.rules.hintIndex(me, m, c);
    const answer = { success, matchIndex, hintIndex };
    send(s, { kind: "AppendEntriesResponse", term: me.term, from: m.to, to: m.from, ...answer }, c);
  },
});

/** "Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm" (§5.3). */
function matchesPrevious(me: Server, m: AppendEntriesRequest): boolean {
  return me.log.length >= m.prevLogIndex && termAt(me.log, m.prevLogIndex) === m.prevLogTerm;
}
