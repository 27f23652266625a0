import { twoTerms } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const voteForAnyLog: Mutant = {
  id: "M8c",
  says: "A voter does not compare logs at all.",
  seen: "hashicorp/raft#94, neo4j#6289, noraft#22",
  file: "spec/mutants/vote-for-any-log.ts",
  rules: {
    isUpToDate: () => true,
  },
  catches: [
    {
      model: "m8c",
      property: "LeaderCompleteness",
      bounds: twoTerms,
      found: { traceLength: 16, distinct: 763, generated: 1_510 },
    },
  ],
};
