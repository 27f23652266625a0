import { rules } from "../raft/index.ts";
import { twoServersTwoTerms, twoTerms } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const candidateDropsUncommittedEntries: Mutant = {
  id: "M17",
  says: "A server that becomes candidate deletes the entries it does not know to be committed.",
  seen: "CCF#5674",
  file: "spec/mutants/candidate-drops-uncommitted-entries.ts",
  rules: {
    startElection: (me, i, c) => {
      rules.startElection(me, i, c);
      me.log.truncate(me.commitIndex);
    },
  },
  catches: [
    {
      model: "m17",
      property: "CommittedOnQuorum",
      bounds: twoServersTwoTerms,
      found: { traceLength: 11, distinct: 33, generated: 44 },
      note: "Two servers are enough, where the derivation has three.",
    },
    {
      model: "m17-leader-completeness",
      property: "LeaderCompleteness",
      bounds: twoTerms,
      found: { traceLength: 16, distinct: 835, generated: 1_616 },
    },
  ],
};
