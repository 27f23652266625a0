/** The actions of Raft.tla that replicate the log and commit it. */
import { id } from "../../../spec/lang/index.ts";
import { discard, isOfCurrentTerm, isOfKnownTerm, type MessageOf, reply, send, wasSent } from "./network.ts";
import {
  type CommonDraft,
  type CommonServer,
  type CommonServerDraft,
  type CommonState,
  common,
  isQuorum,
  type RaftConstants,
  type RaftServer,
  raft,
  type ServerId,
} from "./state.ts";

export const clientRequest = common.action("ClientRequest", {
  says: "A leader appends a value that no client has asked for before.",
  params: (c) => ({ i: id(c.Server), v: id(c.Value) }),
  guard: (s, { i, v }) => s.servers.get(i).state === "Leader" && s.acked.get(v) === null,
  effect: (s, { i, v }) => {
    const server = s.servers.get(i);
    server.log.push({ term: server.currentTerm, value: v });
    s.acked.set(v, false);
  },
  fair: "weak",
});

export const appendEntries = raft.action("AppendEntries", {
  says: "A leader that awaits no answer from a follower sends it the next entry, or none where it has them all.",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }) => {
    const { state, pendingResponse } = s.servers.get(i);
    if (i === j || state !== "Leader" || pendingResponse.get(j)) return false;
    const request = appendRequest(s, i, j);
    return request.entry !== null || !wasSent(s, request);
  },
  effect: (s, { i, j }) => {
    send(s, appendRequest(s, i, j));
    s.servers.get(i).pendingResponse.set(j, true);
  },
  fair: "weak",
});

export function appendRequest(s: CommonState, i: ServerId, j: ServerId): MessageOf<"AppendEntriesRequest"> {
  const { currentTerm, log, commitIndex, nextIndex } = s.servers.get(i);
  const next = nextIndex.get(j);
  const prevLogIndex = next - 1;
  return {
    kind: "AppendEntriesRequest",
    term: currentTerm,
    prevLogIndex,
    prevLogTerm: prevLogIndex > 0 ? log.get(prevLogIndex).term : 0,
    entry: next <= log.length ? log.get(next) : null,
    commitIndex: Math.min(commitIndex, log.length, next),
    source: i,
    dest: j,
  };
}

export const advanceCommitIndex = raft.action("AdvanceCommitIndex", {
  says: "A leader commits what a quorum has, if the last of it is of its own term, and tells the clients.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const server = s.servers.get(i);
    return server.state === "Leader" && server.commitIndex < committableByQuorum(server, i, c);
  },
  effect: (s, { i }, c) => commitUpTo(s, i, committableByQuorum(s.servers.get(i), i, c), c),
  fair: "weak",
});

function committableByQuorum(server: RaftServer, i: ServerId, c: RaftConstants): number {
  return committable(server, (index) =>
    isQuorum(c.Server.filter((k) => k === i || server.matchIndex.get(k) >= index).length, c),
  );
}

/** The last index that enough servers have; the commit index as it is where that entry is of an earlier term. */
export function committable(server: CommonServer, isReplicated: (index: number) => boolean): number {
  let agreed = server.log.length;
  while (agreed > 0 && !isReplicated(agreed)) agreed -= 1;
  return agreed > 0 && server.log.get(agreed).term === server.currentTerm ? agreed : server.commitIndex;
}

export function commitUpTo(s: CommonDraft, i: ServerId, newCommitIndex: number, c: RaftConstants): void {
  const server = s.servers.get(i);
  const committed = [...server.log.sub(server.commitIndex + 1, newCommitIndex)].map((entry) => entry.value);
  for (const v of c.Value) if (s.acked.get(v) === false) s.acked.set(v, committed.includes(v));
  server.commitIndex = newCommitIndex;
}

export const rejectAppendEntriesRequest = raft.action("RejectAppendEntriesRequest", {
  says: "A server refuses a request of an old term, or one that does not continue its log.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("AppendEntriesRequest")) }),
  guard: (s, { m }) => isRejected(s, m),
  effect: (s, { m }) => reply(s, appendResponse(s, m, { success: false, matchIndex: 0 }), m),
  fair: "weak",
});

export function isRejected(s: CommonState, m: MessageOf<"AppendEntriesRequest">): boolean {
  const server = s.servers.get(m.dest);
  if (m.term === server.currentTerm) return server.state === "Follower" && !continuesLog(server, m);
  return isOfKnownTerm(s, m);
}

export const acceptAppendEntriesRequest = raft.action("AcceptAppendEntriesRequest", {
  says: "A server that is not leader makes its log end as the request says, and takes over the commit index.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("AppendEntriesRequest")) }),
  guard: (s, { m }) => isAccepted(s, m),
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    server.state = "Follower";
    server.commitIndex = m.commitIndex;
    server.log.truncate(m.prevLogIndex);
    if (m.entry !== null) server.log.push(m.entry);
    reply(s, appendResponse(s, m, { success: true, matchIndex: server.log.length }), m);
  },
  fair: "weak",
});

export function isAccepted(s: CommonState, m: MessageOf<"AppendEntriesRequest">): boolean {
  const server = s.servers.get(m.dest);
  return isOfCurrentTerm(s, m) && server.state !== "Leader" && continuesLog(server, m);
}

function continuesLog(
  { log }: CommonServer,
  { prevLogIndex, prevLogTerm }: MessageOf<"AppendEntriesRequest">,
): boolean {
  return prevLogIndex === 0 || (prevLogIndex <= log.length && log.get(prevLogIndex).term === prevLogTerm);
}

export function appendResponse(
  s: CommonState,
  { source, dest }: MessageOf<"AppendEntriesRequest">,
  result: { readonly success: boolean; readonly matchIndex: number },
): MessageOf<"AppendEntriesResponse"> {
  const term = s.servers.get(dest).currentTerm;
  return { kind: "AppendEntriesResponse", term, ...result, source: dest, dest: source };
}

export const handleAppendEntriesResponse = raft.action("HandleAppendEntriesResponse", {
  says: "A server learns how far a follower's log agrees with its own, or steps back by one entry.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("AppendEntriesResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m),
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    learnFrom(server, m);
    server.pendingResponse.set(m.source, false);
    discard(s, m);
  },
  fair: "weak",
});

export function learnFrom({ nextIndex, matchIndex }: CommonServerDraft, m: MessageOf<"AppendEntriesResponse">): void {
  if (m.success) matchIndex.set(m.source, m.matchIndex);
  nextIndex.set(m.source, m.success ? m.matchIndex + 1 : Math.max(nextIndex.get(m.source) - 1, 1));
}
