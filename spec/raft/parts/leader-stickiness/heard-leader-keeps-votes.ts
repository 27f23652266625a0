import type { Constants } from "../../constants.ts";
import type { RequestVoteRequest } from "../../messages.ts";
import { deliverable, isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import type { Server, State } from "../../state.ts";
import { isWantedByLeader } from "../leadership-transfer/transfer.ts";

export const heardLeaderKeepsVotes = raft.stepInvariant("HeardLeaderKeepsVotes", {
  says: "A request for a vote changes neither the term nor the vote of a server that hears a leader or leads, unless the leader wants it.",
  source: "§6; thesis §4.2.3",
  part: (c) => c.leaderStickiness,
  when: (before, after, c) => received(before, after, c).some((m) => hears(before.servers.get(m.to))),
  holds: (before, after, c) =>
    received(before, after, c).every((m) => {
      const me = before.servers.get(m.to);
      const then = after.servers.get(m.to);
      return !hears(me) || (me.term === then.term && me.votedFor === then.votedFor);
    }),
});

function hears(me: Server): boolean {
  return me.hearsLeader || me.role === "Leader";
}

/** The requests, unwanted by the leader, that the step took out of the network. */
function received(before: State, after: State, c: Constants): readonly RequestVoteRequest[] {
  return [...deliverable(before.network, "RequestVoteRequest", c)].filter(
    (m) => !isInFlight(after.network, m, c) && !isWantedByLeader(m, c),
  );
}
