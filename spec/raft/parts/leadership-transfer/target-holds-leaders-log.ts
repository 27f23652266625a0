import type { Constants } from "../../constants.ts";
import type { TimeoutNow } from "../../messages.ts";
import { deliverable, isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import type { State } from "../../state.ts";

export const targetHoldsLeadersLog = raft.stepInvariant("TargetHoldsLeadersLog", {
  says: "A server that a leader tells to lead next holds the whole log of the leader, unless it is in a later term already.",
  source: "thesis §3.10",
  part: (c) => c.leadershipTransfer && c.Server.length > 1,
  when: (before, after, c) => sent(before, after, c).some((m) => after.servers.get(m.from).log.length > 0),
  holds: (before, after, c) =>
    sent(before, after, c).every((m) => {
      const target = after.servers.get(m.to);
      return target.term > m.term || after.servers.get(m.from).log.isPrefixOf(target.log);
    }),
});

/** What the step sent, and not what the network sent again. */
function sent(before: State, after: State, c: Constants): readonly TimeoutNow[] {
  return [...deliverable(after.network, "TimeoutNow", c)].filter((m) => !isInFlight(before.network, m, c));
}
