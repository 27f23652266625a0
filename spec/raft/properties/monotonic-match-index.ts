import { raft } from "../protocol.ts";
import type { Server } from "../state.ts";

export const monotonicMatchIndex = raft.stepInvariant("MonotonicMatchIndex", {
  says: "What a leader knows to match on a follower never decreases while it leads.",
  source: "figure 2, volatile state on leaders: increases monotonically; TLA+ MonotonicMatchIndex",
  when: (before, after) =>
    before.servers.some((me, i) => stillLeads(me, after.servers.get(i)) && me.matchIndex.some((match) => match > 0)),
  holds: (before, after) =>
    before.servers.every((me, i) => {
      const then = after.servers.get(i);
      return !stillLeads(me, then) || me.matchIndex.every((match, j) => match <= then.matchIndex.get(j));
    }),
});

function stillLeads(me: Server, then: Server): boolean {
  return me.role === "Leader" && then.role === "Leader" && me.term === then.term;
}
