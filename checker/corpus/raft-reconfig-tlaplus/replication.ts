/** The actions of both modules that replicate the log and commit it. */

import { id } from "../../../spec/lang/index.ts";
import { forgetIndexes } from "../raft-tlaplus/state.ts";
import { configOf, isMember, isQuorum, isRemovedBy, noteConfig } from "./configuration.ts";
import { discard, isOfCurrentTerm, isOfKnownTerm, type MessageOf, reply, send, wasSent } from "./network.ts";
import { type RaftDraft, type RaftServer, type RaftState, raft, type ServerId, snapshotDue } from "./state.ts";

const clientRequest = raft.action("ClientRequest", {
  says: "A leader appends a value that no client has asked for before.",
  params: (c) => ({ i: id(c.Server), v: id(c.Value) }),
  guard: (s, { i, v }, c) => {
    const { state, currentTerm } = s.servers.get(i);
    return state === "Leader" && s.acked.get(v) === null && s.valueCtr.get(currentTerm) < c.MaxValuesPerTerm;
  },
  effect: (s, { i, v }) => {
    const { log, currentTerm } = s.servers.get(i);
    log.push({ kind: "AppendCommand", term: currentTerm, value: v });
    s.acked.set(v, false);
    s.valueCtr.set(currentTerm, s.valueCtr.get(currentTerm) + 1);
  },
});

const appendEntries = raft.action("AppendEntries", {
  says: "A leader that awaits no answer from a member sends it the next entry, or none where it has them all.",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }) => {
    const { state, log, nextIndex, pendingResponse } = s.servers.get(i);
    if (i === j || state !== "Leader" || !isMember(log, j)) return false;
    if (pendingResponse.get(j) || nextIndex.get(j) < 0) return false;
    const request = appendRequest(s, i, j);
    return request.entry !== null || !wasSent(s, request);
  },
  effect: (s, { i, j }) => {
    send(s, appendRequest(s, i, j));
    s.servers.get(i).pendingResponse.set(j, true);
  },
});

function appendRequest(s: RaftState, i: ServerId, j: ServerId): MessageOf<"AppendEntriesRequest"> {
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

const advanceCommitIndex = raft.action("AdvanceCommitIndex", {
  says: "A leader commits what a quorum has, tells the clients, and resigns if it thereby leaves the cluster.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => {
    const server = s.servers.get(i);
    return server.state === "Leader" && server.commitIndex < committable(server, i);
  },
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    const from = server.commitIndex + 1;
    const to = committable(server, i);
    for (const entry of server.log.sub(from, to)) if (entry.kind === "AppendCommand") s.acked.set(entry.value, true);
    server.commitIndex = to;
    noteConfig(server);
    if (isRemovedBy(server, i, from, to)) resign(s, i);
  },
});

/** The last index that a quorum agrees on; the commit index as it is where that entry is of an earlier term. */
function committable({ currentTerm, log, commitIndex, matchIndex }: RaftServer, i: ServerId): number {
  const config = configOf(log);
  const isAgreed = (index: number): boolean =>
    isQuorum(config, (member) => member === i || matchIndex.get(member) >= index);
  let agreed = log.length;
  while (agreed > 0 && !isAgreed(agreed)) agreed -= 1;
  return agreed > 0 && log.get(agreed).term === currentTerm ? agreed : commitIndex;
}

/** What a removed leader forgets. It keeps in mind for which answers it waited, as the original does. */
function resign(s: RaftDraft, i: ServerId): void {
  const server = s.servers.get(i);
  server.state = "NotMember";
  server.votesGranted.clear();
  forgetIndexes(server, 1);
  server.commitIndex = 0;
}

const rejectAppendEntriesRequest = raft.action("RejectAppendEntriesRequest", {
  says: "A server refuses a request of an old term, one that does not continue its log, or any while it is no member.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("AppendEntriesRequest")) }),
  guard: (s, { m }) => isOfKnownTerm(s, m) && refusal(s, m) !== null,
  effect: (s, { m }) => {
    const result = refusal(s, m);
    if (result !== null) reply(s, appendResponse(s, m, { result, matchIndex: 0 }), m);
  },
});

function refusal(
  s: RaftState,
  m: MessageOf<"AppendEntriesRequest">,
): "StaleTerm" | "NeedSnapshot" | "EntryMismatch" | null {
  const server = s.servers.get(m.dest);
  if (m.term < server.currentTerm) return "StaleTerm";
  if (!isMember(server.log, m.dest)) return "NeedSnapshot";
  return server.state === "Follower" && !continuesLog(server, m) ? "EntryMismatch" : null;
}

const acceptAppendEntriesRequest = raft.action("AcceptAppendEntriesRequest", {
  says: "A member makes its log end as the request says, takes over the commit index, and leaves if it is now left out.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("AppendEntriesRequest")) }),
  guard: (s, { m }) => {
    const server = s.servers.get(m.dest);
    const listens = server.state === "Follower" || server.state === "Candidate";
    return listens && isOfCurrentTerm(s, m) && isMember(server.log, m.dest) && continuesLog(server, m);
  },
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    server.log.truncate(m.prevLogIndex);
    if (m.entry !== null) server.log.push(m.entry);
    server.commitIndex = m.commitIndex;
    noteConfig(server);
    server.state = isMember(server.log, m.dest) ? "Follower" : "NotMember";
    reply(s, appendResponse(s, m, { result: "Ok", matchIndex: server.log.length }), m);
  },
});

/** A request without an entry fits only where the log ends. No log of a member is empty, so none begins at its start. */
function continuesLog({ log }: RaftServer, m: MessageOf<"AppendEntriesRequest">): boolean {
  const { prevLogIndex, prevLogTerm, entry } = m;
  if (prevLogIndex === 0 || prevLogIndex > log.length) return false;
  return log.get(prevLogIndex).term === prevLogTerm && (entry !== null || prevLogIndex === log.length);
}

function appendResponse(
  s: RaftState,
  { source, dest }: MessageOf<"AppendEntriesRequest">,
  outcome: Pick<MessageOf<"AppendEntriesResponse">, "result" | "matchIndex">,
): MessageOf<"AppendEntriesResponse"> {
  const term = s.servers.get(dest).currentTerm;
  return { kind: "AppendEntriesResponse", term, ...outcome, source: dest, dest: source };
}

const handleAppendEntriesResponse = raft.action("HandleAppendEntriesResponse", {
  says: "A leader learns how far a member's log agrees with its own, steps back by one entry, or sees a snapshot due.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("AppendEntriesResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m) && s.servers.get(m.dest).state === "Leader",
  effect: (s, { m }) => {
    const { nextIndex, matchIndex, pendingResponse } = s.servers.get(m.dest);
    if (m.result === "Ok") matchIndex.set(m.source, m.matchIndex);
    nextIndex.set(m.source, nextAfter(m, nextIndex.get(m.source)));
    pendingResponse.set(m.source, false);
    discard(s, m);
  },
});

function nextAfter({ result, matchIndex }: MessageOf<"AppendEntriesResponse">, next: number): number {
  switch (result) {
    case "Ok":
      return matchIndex + 1;
    case "EntryMismatch":
      return Math.max(next - 1, 1);
    case "NeedSnapshot":
      return snapshotDue;
    case "StaleTerm":
      return next;
  }
}

export const replication = [
  clientRequest,
  advanceCommitIndex,
  appendEntries,
  rejectAppendEntriesRequest,
  acceptAppendEntriesRequest,
  handleAppendEntriesResponse,
];
