import type { Mutant } from "./mutant.ts";
import { isQuorum } from "../raft/index.ts";

export const leaderCountsItselfBeforeDisk: Mutant = {
  id: "M7",
  says: "A leader counts itself among the holders of an entry before it is on its own disk.",
  seen: "etcd#14370, Jepsen on NATS 2.12.1",
  file: "leader-counts-itself-before-disk.ts",
  rule: "committable",
  by: (me, i, c) => {
    for (let index = me.log.length; index > me.commitIndex; index -= 1) {
      const others = me.matchIndex.count((match, j) => j !== i && match >= index);
      if (me.log.get(index).term === me.term && isQuorum(1 + others, c)) return index;
    }
    return me.commitIndex;
  },
  caught: [],
};
