import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const candidateDropsUncommittedEntries: Mutant = {
  id: "M17",
  says: "A server that becomes candidate deletes the entries it does not know to be committed.",
  seen: "CCF#5674",
  file: "candidate-drops-uncommitted-entries.ts",
  rule: "startElection",
  by: (me, i, c) => {
    rules.startElection(me, i, c);
    me.log.truncate(me.commitIndex);
  },
  caught: [],
};
