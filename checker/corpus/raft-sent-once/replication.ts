/** The actions that replicate the log and commit it, where Raft.tla has others. */
import { id } from "../../../spec/lang/index.ts";
import { discard, isOfCurrentTerm, type MessageOf, reply, send, wasSent } from "../raft-tlaplus/network.ts";
import {
  appendRequest,
  appendResponse,
  committable,
  commitUpTo,
  isAccepted,
  isRejected,
  learnFrom,
} from "../raft-tlaplus/replication.ts";
import type { CommonServer, CommonServerDraft, CommonState, RaftConstants, ServerId } from "../raft-tlaplus/state.ts";
import { type rules, sentOnce } from "./protocol.ts";

export const appendEntries = sentOnce.action("AppendEntries", {
  says: "A leader sends a follower the next entry, or none where it has them all, unless it has sent the same before.",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }, c) => {
    const leader = s.servers.get(i);
    if (i === j || leader.state !== "Leader") return false;
    const lastIndex = Math.min(leader.log.length, leader.nextIndex.get(j));
    return c.rules.maySend(leader, lastIndex, c) && !wasSent(s, appendRequest(s, i, j));
  },
  effect: (s, { i, j }) => send(s, appendRequest(s, i, j)),
});

export const advanceCommitIndex = sentOnce.action("AdvanceCommitIndex", {
  says: "A leader commits what a replication quorum has, if the last of it is of its own term, and tells the clients.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const leader = s.servers.get(i);
    return leader.state === "Leader" && leader.commitIndex < committableBy(leader, i, c);
  },
  effect: (s, { i }, c) => commitUpTo(s, i, committableBy(s.servers.get(i), i, c), c),
});

function committableBy(leader: CommonServer, i: ServerId, c: RaftConstants & { readonly rules: typeof rules }): number {
  return committable(leader, (index) => {
    const holders = c.Server.filter((k) =>
      k === i ? c.rules.countsItself(leader, index, c) : leader.matchIndex.get(k) >= index,
    );
    return c.rules.isReplicationQuorum(holders.length, c);
  });
}

export const rejectAppendEntriesRequest = sentOnce.action("RejectAppendEntriesRequest", {
  says: "A server refuses a request of an old term, or one that does not continue its log, if it has not done so before.",
  params: () => ({ m: sentOnce.found((s) => s.inFlight.ofKind("AppendEntriesRequest")) }),
  guard: (s, { m }) => isRejected(s, m) && !wasSent(s, refusal(s, m)),
  effect: (s, { m }) => reply(s, refusal(s, m), m),
});

function refusal(s: CommonState, m: MessageOf<"AppendEntriesRequest">): MessageOf<"AppendEntriesResponse"> {
  return appendResponse(s, m, { success: false, matchIndex: 0 });
}

export const acceptAppendEntriesRequest = sentOnce.action("AcceptAppendEntriesRequest", {
  says: "A server that is not leader stores the entry of a request, and takes over the commit index.",
  params: () => ({ m: sentOnce.found((s) => s.inFlight.ofKind("AppendEntriesRequest")) }),
  guard: (s, { m }) => isAccepted(s, m) && !wasSent(s, acknowledgement(s, m)),
  effect: (s, { m }, c) => {
    const follower = s.servers.get(m.dest);
    follower.state = "Follower";
    follower.commitIndex = m.commitIndex;
    if (m.entry !== null) store(follower, m.prevLogIndex, m.entry);
    c.rules.beforeReply(follower, c);
    reply(s, acknowledgement(s, m), m);
  },
});

/** An entry of the same term is the same entry: the log keeps it, and what follows it. Raft.tla cuts the log there. */
function store({ log }: CommonServerDraft, prevLogIndex: number, entry: CommonServer["log"]["last"]): void {
  if (log.length > prevLogIndex && log.get(prevLogIndex + 1).term === entry.term) return;
  log.truncate(prevLogIndex);
  log.push(entry);
}

function acknowledgement(s: CommonState, m: MessageOf<"AppendEntriesRequest">): MessageOf<"AppendEntriesResponse"> {
  return appendResponse(s, m, { success: true, matchIndex: m.prevLogIndex + (m.entry === null ? 0 : 1) });
}

export const handleAppendEntriesResponse = sentOnce.action("HandleAppendEntriesResponse", {
  says: "A server learns how far a follower's log agrees with its own, or steps back by one entry.",
  params: () => ({ m: sentOnce.found((s) => s.inFlight.ofKind("AppendEntriesResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m),
  effect: (s, { m }) => {
    learnFrom(s.servers.get(m.dest), m);
    discard(s, m);
  },
});
