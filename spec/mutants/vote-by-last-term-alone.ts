import { lastTerm } from "../raft/index.ts";
import { twoTermsTwoEntries } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const voteByLastTermAlone: Mutant = {
  id: "M8b",
  says: "A voter compares only the terms of the last entries, not the lengths of the logs.",
  seen: "hashicorp/raft#94, neo4j#6289, noraft#22",
  file: "spec/mutants/vote-by-last-term-alone.ts",
  rules: {
    isUpToDate: (me, m) => m.lastLogTerm >= lastTerm(me.log),
  },
  catches: [
    {
      model: "m8b",
      property: "LeaderCompleteness",
      bounds: twoTermsTwoEntries,
      found: { traceLength: 23, distinct: 14_541, generated: 31_493 },
    },
  ],
};
