import { raft } from "../protocol.ts";

export const leaderAppendOnly = raft.stepInvariant("LeaderAppendOnly", {
  says: "A leader never overwrites or deletes entries in its log; it only appends new entries.",
  source: "figure 3; §5.3; TLA+ LeaderAppendOnly",
  when: (before, after) =>
    before.servers.some((me, i) => me.role === "Leader" && after.servers.get(i).role === "Leader"),
  holds: (before, after) =>
    before.servers.every((me, i) => {
      const then = after.servers.get(i);
      return me.role !== "Leader" || then.role !== "Leader" || me.log.isPrefixOf(then.log);
    }),
});
