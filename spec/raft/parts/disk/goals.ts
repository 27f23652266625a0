/** What must be possible where servers write behind themselves. */
import { raft } from "../../protocol.ts";
import { isWritten } from "./writes.ts";

const changesWhileItWrites = raft.reachable("ChangesWhileItWrites", {
  says: "A server has changed again while a write of it is under way.",
  part: (c) => c.writeQueue,
  goal: (s, c) => s.servers.some((me) => me.writes.length > 0 && !isWritten(me, c)),
});

const aCrashLosesEntries = raft.reachableStep("ACrashLosesEntries", {
  says: "A crash loses entries of a log that were not on disk.",
  part: (c) => c.writeQueue && c.maxRestarts > 0 && c.maxLogLength > 0,
  goal: (before, after) =>
    before.restarts < after.restarts && before.servers.some((me, i) => me.log.length > after.servers.get(i).log.length),
});

const aTornWrite = raft.reachableStep("ATornWrite", {
  says: "A crash leaves the term of a write on disk, and not its entries.",
  part: (c) => c.tornWrites && c.maxRestarts > 0 && c.maxLogLength > 0,
  goal: (before, after) =>
    before.restarts < after.restarts &&
    before.servers.some((me, i) => {
      const { term, log } = after.servers.get(i).durable;
      if (me.writes.length === 0 || me.durable.term === term) return false;
      const { from, entries } = me.writes.first;
      return me.writes.first.term === term && entries.length > 0 && log.length < from;
    }),
});

export const diskGoals = [changesWhileItWrites, aCrashLosesEntries, aTornWrite];
