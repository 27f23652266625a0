import type { Mutant } from "./mutant.ts";


export const truncateWithoutConflict: Mutant = {
  id: "M3",
  says: "A follower deletes all that follows prevLogIndex, whether or not it conflicts with the new entries.",
  seen: "RaftOS#26, hashicorp/raft#113",
  file: "truncate-without-conflict.ts",
  rule: "storeEntries",
  by: (me, m) => {
    me.log.truncate(m.prevLogIndex);
    for (const entry of m.entries) me.log.push(entry);
  },
  caught: [],
};
