import type { Mutant } from "./mutant.ts";
import { holders, isQuorum } from "../raft/index.ts";

export const commitByCountingOlderTerms: Mutant = {
  id: "M1",
  says: "A leader commits an entry of an older term by counting its replicas.",
  seen: "figure 8 of the paper; LogCabin 2013, PySyncObj#169, canonical/raft#220, NATS#7955",
  file: "commit-by-counting-older-terms.ts",
  rule: "committable",
  by: (me, i, c) => {
    for (let index = me.log.length; index > me.commitIndex; index -= 1) {
      if (isQuorum(holders(me, i, index, c), c)) return index;
    }
    return me.commitIndex;
  },
  caught: [],
};
