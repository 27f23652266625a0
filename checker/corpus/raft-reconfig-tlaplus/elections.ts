/** The actions of both modules that choose a leader. */

import { id } from "../../../spec/lang/index.ts";
import { forgetFollowers, lastTerm } from "../raft-tlaplus/state.ts";
import { configOf, isMember, isQuorum } from "./configuration.ts";
import { discard, isOfCurrentTerm, isOfKnownTerm, type MessageOf, reply, send, wasSent } from "./network.ts";
import { type RaftConstants, type RaftServer, type RaftState, raft, type ServerId } from "./state.ts";

const restart = raft.action("Restart", {
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
});

const requestVote = raft.action("RequestVote", {
  says: "A member times out, votes for itself in the next term, and asks every other member for its vote.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const { state, log } = s.servers.get(i);
    return (
      s.electionCtr < c.MaxElections &&
      (state === "Follower" || state === "Candidate") &&
      isMember(log, i) &&
      !voteRequests(s, i, c).some((request) => wasSent(s, request))
    );
  },
  effect: (s, { i }, c) => {
    for (const request of voteRequests(s, i, c)) send(s, request);
    const server = s.servers.get(i);
    server.state = "Candidate";
    server.currentTerm += 1;
    server.votedFor = i;
    server.votesGranted.assign([i]);
    s.electionCtr += 1;
  },
});

function voteRequests(s: RaftState, i: ServerId, c: RaftConstants): readonly MessageOf<"RequestVoteRequest">[] {
  const { currentTerm, log } = s.servers.get(i);
  return c.Server.filter((j) => j !== i && isMember(log, j)).map((j) => ({
    kind: "RequestVoteRequest",
    term: currentTerm + 1,
    lastLogTerm: lastTerm(log),
    lastLogIndex: log.length,
    source: i,
    dest: j,
  }));
}

const becomeLeader = raft.action("BecomeLeader", {
  says: "A candidate with the votes of a quorum of its configuration becomes leader.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).state === "Candidate" && isElected(s.servers.get(i)),
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    server.state = "Leader";
    forgetFollowers(server, server.log.length + 1);
  },
});

/**
 * Outside of a joint configuration the original compares the votes with the quorums of the members, and a set with any
 * other server's vote in it is none of them. A server that was wiped and is back in a term of its past can have such votes.
 */
function isElected({ log, votesGranted }: RaftServer): boolean {
  const config = configOf(log);
  if (config === null) return false;
  const countsAll = config.kind === "OldNewConfigCommand" || votesGranted.isSubsetOf(config.members);
  return countsAll && isQuorum(config, (member) => votesGranted.has(member));
}

const updateTerm = raft.action("UpdateTerm", {
  says: "A message of a newer term, even one received already, makes its receiver a follower in that term.",
  params: () => ({ m: raft.found((s) => s.sent) }),
  guard: (s, { m }) => !isOfKnownTerm(s, m),
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    server.currentTerm = m.term;
    server.state = "Follower";
    server.votedFor = null;
  },
});

const handleRequestVoteRequest = raft.action("HandleRequestVoteRequest", {
  says: "A server answers a request for its vote, whatever it thinks of who is a member.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("RequestVoteRequest")) }),
  guard: (s, { m }) => isOfKnownTerm(s, m),
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    const voteGranted = grants(s, m);
    if (voteGranted) server.votedFor = m.source;
    const term = server.currentTerm;
    reply(s, { kind: "RequestVoteResponse", term, voteGranted, source: m.dest, dest: m.source }, m);
  },
});

function grants(s: RaftState, m: MessageOf<"RequestVoteRequest">): boolean {
  const { currentTerm, log, votedFor } = s.servers.get(m.dest);
  const isUpToDate = m.lastLogTerm > lastTerm(log) || (m.lastLogTerm === lastTerm(log) && m.lastLogIndex >= log.length);
  return m.term === currentTerm && isUpToDate && (votedFor === null || votedFor === m.source);
}

const handleRequestVoteResponse = raft.action("HandleRequestVoteResponse", {
  says: "A candidate counts a vote of its term.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("RequestVoteResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m) && s.servers.get(m.dest).state === "Candidate",
  effect: (s, { m }) => {
    if (m.voteGranted) s.servers.get(m.dest).votesGranted.add(m.source);
    discard(s, m);
  },
});

export const elections = [
  restart,
  requestVote,
  becomeLeader,
  updateTerm,
  handleRequestVoteRequest,
  handleRequestVoteResponse,
];
