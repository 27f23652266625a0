import { raft } from "../../protocol.ts";
import { isMajority } from "../../quorum.ts";
import type { Server } from "../../state.ts";

export const electionNeedsPreVotes = raft.stepInvariant("ElectionNeedsPreVotes", {
  says: "A server starts an election only after a majority said that it would vote for it.",
  source: "thesis §9.6",
  part: (c) => c.preVote,
  when: (before, after) => before.servers.some((me, i) => startsElection(me, after.servers.get(i))),
  holds: (before, after, c) =>
    before.servers.every(
      (me, i) => !startsElection(me, after.servers.get(i)) || isMajority(me.preVotesGranted.size, c),
    ),
});

function startsElection(me: Server, then: Server): boolean {
  return then.role === "Candidate" && me.term < then.term;
}
