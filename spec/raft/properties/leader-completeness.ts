import { agreesAt } from "../log.ts";
import { raft } from "../protocol.ts";
import type { Server } from "../state.ts";

export const leaderCompleteness = raft.invariant("LeaderCompleteness", {
  says: "If a log entry is committed in a given term, then that entry is present in the logs of the leaders of all higher terms.",
  source: "figure 3; §5.4; TLA+ LeaderCompleteness",
  when: (s) => s.servers.some((leader) => s.servers.some((other) => mustHoldCommitted(leader, other))),
  holds: (s) =>
    s.servers.every((leader) =>
      s.servers.every((other) => !mustHoldCommitted(leader, other) || holdsCommitted(leader, other)),
    ),
});

/** What a server of a lower term knows to be committed was committed before this leader was elected. */
function mustHoldCommitted(leader: Server, other: Server): boolean {
  return leader.role === "Leader" && other.commitIndex > 0 && other.term < leader.term;
}

function holdsCommitted(leader: Server, other: Server): boolean {
  return other.log.every((_, index) => index > other.commitIndex || agreesAt(leader.log, other.log, index));
}
