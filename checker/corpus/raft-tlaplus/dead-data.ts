/** What of Raft.tla's state can never matter again. */
import type { DeadDataDeclaration } from "../../../spec/lang/index.ts";
import { isOfKnownTerm } from "./network.ts";
import { forgetFollowers, type Message, type RaftConstants, type RaftDraft, type RaftState, raft } from "./state.ts";

export const deadData: DeadDataDeclaration<RaftDraft, RaftConstants> = {
  says: "Votes are read on candidates only, what is known of followers on leaders only, and many messages never again.",
  reset: (s, c) => {
    for (const i of c.Server) {
      const server = s.servers.get(i);
      if (server.state !== "Candidate") server.votesGranted.clear();
      if (server.state !== "Leader") forgetFollowers(server, 1);
    }
  },
  elements: [
    raft.deadElements(
      (s) => s.sent,
      (s, m) => isOfKnownTerm(s, m) && !mayBeSentAgain(s, m),
    ),
    raft.deadElements((s) => s.inFlight, isIgnored),
  ],
};

/**
 * Whether a rule may still ask if this very message was sent. Terms never fall, and a server leads in a term once: a
 * request for votes is asked for in the next term of its sender, an empty request while its sender leads in its term.
 */
function mayBeSentAgain(s: RaftState, m: Message): boolean {
  const { currentTerm, state } = s.servers.get(m.source);
  if (m.kind === "RequestVoteRequest") return m.term > currentTerm;
  return m.kind === "AppendEntriesRequest" && m.entry === null && m.term === currentTerm && state === "Leader";
}

/** Whether receiving the message could only take it out of the network, now and ever after. */
function isIgnored(s: RaftState, m: Message): boolean {
  const { currentTerm, state } = s.servers.get(m.dest);
  switch (m.kind) {
    case "RequestVoteResponse":
      return !m.voteGranted || m.term < currentTerm || (m.term === currentTerm && state !== "Candidate");
    case "AppendEntriesResponse":
      // Who refuses an old request answers with its own term, in which the receiver may be about to lead.
      return m.term < currentTerm || (m.term === currentTerm && state === "Follower");
    default:
      return false;
  }
}
