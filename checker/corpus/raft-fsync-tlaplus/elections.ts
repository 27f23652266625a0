/** How a server asks for votes in RaftFsync.tla: it starts an election, and then asks one server after the other. */
import { id } from "../../../spec/lang/index.ts";
import { startElection, voteRequest } from "../raft-tlaplus/elections.ts";
import { send, wasSent } from "../raft-tlaplus/network.ts";
import { type CommonState, common, type ServerId } from "../raft-tlaplus/state.ts";

export const timeout = common.action("Timeout", {
  says: "A server times out and votes for itself in the next term.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => s.electionCtr < c.MaxElections && s.servers.get(i).state !== "Leader",
  effect: (s, { i }) => startElection(s, i),
});

export const requestVote = common.action("RequestVote", {
  says: "A candidate asks another server for its vote, once.",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }) =>
    i !== j && s.servers.get(i).state === "Candidate" && !wasSent(s, requestOfCurrentTerm(s, i, j)),
  effect: (s, { i, j }) => send(s, requestOfCurrentTerm(s, i, j)),
});

function requestOfCurrentTerm(s: CommonState, i: ServerId, j: ServerId) {
  return voteRequest(s, i, j, s.servers.get(i).currentTerm);
}
