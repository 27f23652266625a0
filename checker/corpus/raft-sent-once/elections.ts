/** The actions that choose a leader, where Raft.tla has others. */
import { id } from "../../../spec/lang/index.ts";
import { becomeFollowerAfresh, voteResponse } from "../raft-tlaplus/elections.ts";
import { isOfKnownTerm, reply, wasSent } from "../raft-tlaplus/network.ts";
import { forgetIndexes } from "../raft-tlaplus/state.ts";
import { sentOnce } from "./protocol.ts";

export const restart = sentOnce.action("Restart", {
  says: "A server restarts: it keeps its term, its vote and what is on its disk of its log, and forgets the rest.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, _, c) => s.restartCtr < c.MaxRestarts,
  effect: (s, { i }, c) => {
    const server = s.servers.get(i);
    becomeFollowerAfresh(server);
    forgetIndexes(server, 1);
    c.rules.recover(server, c);
    s.restartCtr += 1;
  },
});

export const becomeLeader = sentOnce.action("BecomeLeader", {
  says: "A candidate with the votes of an election quorum becomes leader.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const { state, votesGranted } = s.servers.get(i);
    return state === "Candidate" && c.rules.isElectionQuorum(votesGranted.size, c);
  },
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    server.state = "Leader";
    forgetIndexes(server, server.log.length + 1);
  },
});

export const handleRequestVoteRequest = sentOnce.action("HandleRequestVoteRequest", {
  says: "A server answers a request for its vote, unless it has sent the same answer before.",
  params: () => ({ m: sentOnce.found((s) => s.inFlight.ofKind("RequestVoteRequest")) }),
  guard: (s, { m }) => isOfKnownTerm(s, m) && !wasSent(s, voteResponse(s, m)),
  effect: (s, { m }) => {
    const response = voteResponse(s, m);
    if (response.voteGranted) s.servers.get(m.dest).votedFor = m.source;
    reply(s, response, m);
  },
});
