import type { Constants } from "../../constants.ts";
import { deliverable, isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { isMajority } from "../../quorum.ts";
import type { ServerId, State } from "../../state.ts";

export const electionNeedsPreVotes = raft.stepInvariant("ElectionNeedsPreVotes", {
  says: "A server starts an election only after a majority said that it would vote for it, unless its leader tells it to.",
  source: "thesis §9.6, §3.10",
  part: (c) => c.preVote,
  when: (before, after, c) => c.Server.some((i) => startsElection(before, after, i, c)),
  holds: (before, after, c) =>
    before.servers.every((me, i) => !startsElection(before, after, i, c) || isMajority(me.preVotesGranted.size, c)),
});

function startsElection(before: State, after: State, i: ServerId, c: Constants): boolean {
  const then = after.servers.get(i);
  return then.role === "Candidate" && before.servers.get(i).term < then.term && !isToldTo(before, after, i, c);
}

/** Whether the server receives a TimeoutNow in this step. */
function isToldTo(before: State, after: State, i: ServerId, c: Constants): boolean {
  if (!c.leadershipTransfer) return false;
  return deliverable(before.network, "TimeoutNow", c).some((m) => m.to === i && !isInFlight(after.network, m, c));
}
