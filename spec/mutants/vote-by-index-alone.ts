import { threeTerms } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const voteByIndexAlone: Mutant = {
  id: "M8a",
  says: "A voter compares only the lengths of the logs, not the terms of their last entries.",
  seen: "hashicorp/raft#94, neo4j#6289, noraft#22",
  file: "spec/mutants/vote-by-index-alone.ts",
  rules: {
    isUpToDate: (me, m) => m.lastLogIndex >= me.log.length,
  },
  catches: [
    {
      model: "m8a",
      property: "LeaderCompleteness",
      bounds: threeTerms,
      found: { traceLength: 23, distinct: 4_840, generated: 9_962 },
      note: "Two entries are enough, where the derivation has three: logs of equal length will do.",
    },
  ],
};
