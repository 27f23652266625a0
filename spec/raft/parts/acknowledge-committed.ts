import { deliverable } from "../network/network.ts";
import { raft } from "../protocol.ts";
import { receive, send } from "../send.ts";

/**
 * Acknowledging what is committed: a follower that is asked about entries which it knows to be committed need not compare
 * them. It holds what the leader holds up to its commit index, and says so (etcd-io/raft, handleAppendEntries).
 */
export const acknowledgeCommitted = raft.action("AcknowledgeCommitted", {
  says: "A follower skips entries that begin below its commit index, and acknowledges all that it knows to be committed.",
  source: "etcd-io/raft, handleAppendEntries",
  part: (c) => c.committedAcks,
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "AppendEntriesRequest", c)) }),
  guard: (s, { m }) => {
    const { term, commitIndex, role } = s.servers.get(m.to);
    const isFromItsLeader = m.term > term || (m.term === term && role !== "Leader");
    return isFromItsLeader && m.prevLogIndex < commitIndex;
  },
  effect: (s, { m }, c) => {
    const me = receive(s, m, c);
    c.rules.updateTerm(me, m.term, c);
    c.rules.followLeader(me, m.term, c);
    const answer = { success: true, matchIndex: me.commitIndex, hintIndex: 0 };
    send(s, { kind: "AppendEntriesResponse", term: me.term, from: m.to, to: m.from, ...answer }, c);
  },
});
