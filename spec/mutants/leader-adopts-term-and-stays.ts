import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const leaderAdoptsTermAndStays: Mutant = {
  id: "M18",
  says: "A leader takes over a higher term before it steps down, and stamps new entries with it.",
  seen: "camunda#5360, hashicorp/raft#695",
  file: "leader-adopts-term-and-stays.ts",
  rule: "updateTerm",
  by: (me, term, c) => {
    if (me.role !== "Leader") rules.updateTerm(me, term, c);
    else if (term > me.term) {
      me.term = term;
      me.votedFor = null;
    }
  },
  caught: [],
};
