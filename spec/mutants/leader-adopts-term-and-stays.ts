import { rules } from "../raft/index.ts";
import { twoServersTwoValues } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const leaderAdoptsTermAndStays: Mutant = {
  id: "M18",
  says: "A leader takes over a higher term before it steps down, and stamps new entries with it.",
  seen: "camunda#5360, hashicorp/raft#695",
  file: "spec/mutants/leader-adopts-term-and-stays.ts",
  rules: {
    updateTerm: (me, term, c) => {
      if (me.role !== "Leader") rules.updateTerm(me, term, c);
      else if (term > me.term) {
        me.term = term;
        me.votedFor = null;
      }
    },
  },
  catches: [
    {
      model: "m18",
      property: "LogMatching",
      bounds: twoServersTwoValues,
      found: { traceLength: 11, distinct: 48, generated: 72 },
      note: "Two servers are enough, where the derivation has three. With one value it takes three servers and logs of two entries, because entries of one term are then the same.",
    },
  ],
};
