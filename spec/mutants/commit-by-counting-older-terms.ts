import { isMajority, replicaCount } from "../raft/index.ts";
import { fourTerms } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const commitByCountingOlderTerms: Mutant = {
  id: "M1",
  says: "A leader commits an entry of an older term by counting its replicas.",
  seen: "figure 8 of the paper; LogCabin 2013, PySyncObj#169, canonical/raft#220, NATS#7955",
  file: "spec/mutants/commit-by-counting-older-terms.ts",
  rules: {
    isCommittable: (me, i, index, c) => isMajority(replicaCount(me, i, index, c), c),
  },
  catches: [
    {
      model: "figure-8",
      property: "LeaderCompleteness",
      bounds: fourTerms,
      found: { traceLength: 32, distinct: 25_437, generated: 55_483 },
      note: "Three servers are enough, where the figure has five, and logs of one entry.",
    },
    {
      model: "m1-state-machine-safety",
      property: "StateMachineSafety",
      bounds: fourTerms,
      found: { traceLength: 39, distinct: 46_199, generated: 109_221 },
    },
  ],
};
