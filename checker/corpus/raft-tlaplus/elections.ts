/** The actions of Raft.tla that choose a leader. */
import { id } from "../../../spec/lang/index.ts";
import { discard, isOfCurrentTerm, isOfKnownTerm, type MessageOf, reply, send, wasSent } from "./network.ts";
import {
  forgetFollowers,
  isQuorum,
  lastTerm,
  type RaftConstants,
  type RaftState,
  raft,
  type ServerId,
} from "./state.ts";

export const restart = raft.action("Restart", {
  says: "A server restarts: it keeps its term, its vote and its log, and forgets the rest.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, _, c) => s.restartCtr < c.MaxRestarts,
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    server.state = "Follower";
    server.votesGranted.clear();
    server.commitIndex = 0;
    forgetFollowers(server, 1);
    s.restartCtr += 1;
  },
  fair: "weak",
});

export const requestVote = raft.action("RequestVote", {
  says: "A server times out, votes for itself in the next term, and asks every other server for its vote.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) =>
    s.electionCtr < c.MaxElections &&
    s.servers.get(i).state !== "Leader" &&
    !voteRequests(s, i, c).some((request) => wasSent(s, request)),
  effect: (s, { i }, c) => {
    for (const request of voteRequests(s, i, c)) send(s, request);
    const server = s.servers.get(i);
    server.state = "Candidate";
    server.currentTerm += 1;
    server.votedFor = i;
    server.votesGranted.assign([i]);
    s.electionCtr += 1;
  },
  fair: "weak",
});

function voteRequests(s: RaftState, i: ServerId, c: RaftConstants): readonly MessageOf<"RequestVoteRequest">[] {
  const { currentTerm, log } = s.servers.get(i);
  return c.Server.filter((j) => j !== i).map((j) => ({
    kind: "RequestVoteRequest",
    term: currentTerm + 1,
    lastLogTerm: lastTerm(log),
    lastLogIndex: log.length,
    source: i,
    dest: j,
  }));
}

export const becomeLeader = raft.action("BecomeLeader", {
  says: "A candidate with the votes of a quorum becomes leader.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const { state, votesGranted } = s.servers.get(i);
    return state === "Candidate" && isQuorum(votesGranted.size, c);
  },
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    server.state = "Leader";
    forgetFollowers(server, server.log.length + 1);
  },
  fair: "weak",
});

export const updateTerm = raft.action("UpdateTerm", {
  says: "A message of a newer term, even one received already, makes its receiver a follower in that term.",
  params: () => ({ m: raft.found((s) => s.sent) }),
  guard: (s, { m }) => !isOfKnownTerm(s, m),
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    server.currentTerm = m.term;
    server.state = "Follower";
    server.votedFor = null;
  },
  fair: "weak",
});

export const handleRequestVoteRequest = raft.action("HandleRequestVoteRequest", {
  says: "A server answers a request for its vote.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("RequestVoteRequest")) }),
  guard: (s, { m }) => isOfKnownTerm(s, m),
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    const voteGranted = grants(s, m);
    if (voteGranted) server.votedFor = m.source;
    const term = server.currentTerm;
    reply(s, { kind: "RequestVoteResponse", term, voteGranted, source: m.dest, dest: m.source }, m);
  },
  fair: "weak",
});

function grants(s: RaftState, m: MessageOf<"RequestVoteRequest">): boolean {
  const { currentTerm, log, votedFor } = s.servers.get(m.dest);
  const isUpToDate = m.lastLogTerm > lastTerm(log) || (m.lastLogTerm === lastTerm(log) && m.lastLogIndex >= log.length);
  return m.term === currentTerm && isUpToDate && (votedFor === null || votedFor === m.source);
}

export const handleRequestVoteResponse = raft.action("HandleRequestVoteResponse", {
  says: "A server counts a vote of its term, even where it no longer stands for election.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("RequestVoteResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m),
  effect: (s, { m }) => {
    if (m.voteGranted) s.servers.get(m.dest).votesGranted.add(m.source);
    discard(s, m);
  },
  fair: "weak",
});
