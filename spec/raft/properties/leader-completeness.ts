import { agreesAt } from "../log.ts";
import type { Entry } from "../messages.ts";
import { raft } from "../protocol.ts";
import type { Server } from "../state.ts";

export const leaderCompleteness = raft.invariant("LeaderCompleteness", {
  says: "If a log entry is committed in a given term, then that entry is present in the logs of the leaders of all higher terms.",
  source: "figure 3; §5.4; TLA+ LeaderCompleteness",
  when: (s) =>
    s.servers.some((leader, i) =>
      s.servers.some((other, j) => i !== j && other.log.some((entry, index) => mustHold(leader, other, entry, index))),
    ),
  holds: (s) =>
    s.servers.every((leader) =>
      s.servers.every((other) =>
        other.log.every(
          (entry, index) => !mustHold(leader, other, entry, index) || agreesAt(leader.log, other.log, index),
        ),
      ),
    ),
});

/**
 * Whether this leader must hold an entry of the other's log: an entry of an earlier term that the other, whose term is
 * no higher, knows to be committed. An earlier leader has committed it, or this one has; either way it has to be here.
 */
function mustHold(leader: Server, other: Server, entry: Entry, index: number): boolean {
  return (
    leader.role === "Leader" && other.term <= leader.term && index <= other.commitIndex && entry.term < leader.term
  );
}
