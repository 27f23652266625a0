import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive, send } from "../send.ts";

export const handleAppendEntriesRequest = raft.action("HandleAppendEntriesRequest", {
  says: "A server receives entries or a heartbeat from a leader, and stores them or refuses.",
  source: "figure 2, AppendEntries RPC, receiver; §5.3",
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "AppendEntriesRequest", c)) }),
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    c.rules.followLeader(me, m.term, c);
    const success = m.term === me.term && me.role === "Follower" && c.rules.matchesPrevious(me, m, c);
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
