/** The actions of Raft.tla that choose a leader. */
import { id } from "../../../spec/lang/index.ts";
import { discard, isOfCurrentTerm, isOfKnownTerm, type MessageOf, reply, send, wasSent } from "./network.ts";
import {
  type CommonDraft,
  type CommonServerDraft,
  type CommonState,
  common,
  forgetFollowers,
  isQuorum,
  lastTerm,
  type RaftConstants,
  raft,
  type ServerId,
} from "./state.ts";

export const restart = raft.action("Restart", {
  says: "A server restarts: it keeps its term, its vote and its log, and forgets the rest.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, _, c) => s.restartCtr < c.MaxRestarts,
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    becomeFollowerAfresh(server);
    forgetFollowers(server, 1);
    s.restartCtr += 1;
  },
  fair: "weak",
});

export function becomeFollowerAfresh(server: CommonServerDraft): void {
  server.state = "Follower";
  server.votesGranted.clear();
  server.commitIndex = 0;
}

export const requestVote = common.action("RequestVote", {
  says: "A server times out, votes for itself in the next term, and asks every other server for its vote.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) =>
    s.electionCtr < c.MaxElections &&
    s.servers.get(i).state !== "Leader" &&
    !voteRequests(s, i, c).some((request) => wasSent(s, request)),
  effect: (s, { i }, c) => {
    for (const request of voteRequests(s, i, c)) send(s, request);
    startElection(s, i);
  },
  fair: "weak",
});

function voteRequests(s: CommonState, i: ServerId, c: RaftConstants): readonly MessageOf<"RequestVoteRequest">[] {
  const term = s.servers.get(i).currentTerm + 1;
  return c.Server.filter((j) => j !== i).map((j) => voteRequest(s, i, j, term));
}

export function voteRequest(
  s: CommonState,
  source: ServerId,
  dest: ServerId,
  term: number,
): MessageOf<"RequestVoteRequest"> {
  const { log } = s.servers.get(source);
  return { kind: "RequestVoteRequest", term, lastLogTerm: lastTerm(log), lastLogIndex: log.length, source, dest };
}

export function startElection(s: CommonDraft, i: ServerId): void {
  const server = s.servers.get(i);
  server.state = "Candidate";
  server.currentTerm += 1;
  server.votedFor = i;
  server.votesGranted.assign([i]);
  s.electionCtr += 1;
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

export const updateTerm = common.action("UpdateTerm", {
  says: "A message of a newer term, even one received already, makes its receiver a follower in that term.",
  params: () => ({ m: common.found((s) => s.sent) }),
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
    const response = voteResponse(s, m);
    if (response.voteGranted) s.servers.get(m.dest).votedFor = m.source;
    reply(s, response, m);
  },
  fair: "weak",
});

export function voteResponse(
  s: CommonState,
  request: MessageOf<"RequestVoteRequest">,
): MessageOf<"RequestVoteResponse"> {
  const { source, dest } = request;
  const term = s.servers.get(dest).currentTerm;
  return { kind: "RequestVoteResponse", term, voteGranted: grants(s, request), source: dest, dest: source };
}

function grants(s: CommonState, m: MessageOf<"RequestVoteRequest">): boolean {
  const { currentTerm, log, votedFor } = s.servers.get(m.dest);
  const isUpToDate = m.lastLogTerm > lastTerm(log) || (m.lastLogTerm === lastTerm(log) && m.lastLogIndex >= log.length);
  return m.term === currentTerm && isUpToDate && (votedFor === null || votedFor === m.source);
}

export const handleRequestVoteResponse = common.action("HandleRequestVoteResponse", {
  says: "A server counts a vote of its term, even where it no longer stands for election.",
  params: () => ({ m: common.found((s) => s.inFlight.ofKind("RequestVoteResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m),
  effect: (s, { m }) => {
    if (m.voteGranted) s.servers.get(m.dest).votesGranted.add(m.source);
    discard(s, m);
  },
  fair: "weak",
});
