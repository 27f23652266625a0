import { raft } from "../../protocol.ts";

export const onlyLeadersCheck = raft.invariant("OnlyLeadersCheck", {
  says: "Only a leader keeps who has answered, and it does not count itself among them.",
  source: "thesis §6.2",
  part: (c) => c.checkQuorum && c.Server.length > 1,
  when: (s) => s.servers.some((me) => me.heardFrom.size > 0),
  holds: (s) => s.servers.every((me, i) => me.heardFrom.size === 0 || (me.role === "Leader" && !me.heardFrom.has(i))),
});
