import { threeTerms, twoTerms } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const acknowledgeEndOfLog: Mutant = {
  id: "M14",
  says: "A follower vouches for its whole log, not for the entries that the message speaks for.",
  seen: "ravendb#9325, CCF#6016",
  file: "spec/mutants/acknowledge-end-of-log.ts",
  rules: {
    acknowledgedIndex: (me) => me.log.length,
  },
  catches: [
    {
      model: "m14",
      property: "CommittedOnQuorum",
      bounds: twoTerms,
      found: { traceLength: 17, distinct: 1_062, generated: 2_082 },
    },
    {
      model: "m14-leader-completeness",
      property: "LeaderCompleteness",
      bounds: threeTerms,
      found: { traceLength: 23, distinct: 5_268, generated: 10_753 },
    },
  ],
};
