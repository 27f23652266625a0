import { raft } from "../../protocol.ts";

export const noRequestsDuringTransfer = raft.stepInvariant("NoRequestsDuringTransfer", {
  says: "The log of a leader does not grow while it hands over.",
  source: "thesis §3.10: the prior leader stops accepting new client requests",
  part: (c) => c.leadershipTransfer && c.Server.length > 1,
  when: (before) => before.servers.some((me) => me.transferTo !== null),
  holds: (before, after) =>
    before.servers.every((me, i) => {
      const then = after.servers.get(i);
      return me.transferTo === null || then.role !== "Leader" || then.log.length === me.log.length;
    }),
});
