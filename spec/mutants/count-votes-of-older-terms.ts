import { twoElections } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const countVotesOfOlderTerms: Mutant = {
  id: "M10",
  says: "A candidate counts a vote that it was granted in an older term.",
  seen: "xraft#33",
  file: "spec/mutants/count-votes-of-older-terms.ts",
  rules: {
    isCountableVote: (me, m) => me.role === "Candidate" && m.granted,
  },
  catches: [
    {
      model: "m10",
      property: "ElectionSafety",
      bounds: twoElections,
      found: { traceLength: 12, distinct: 2_345, generated: 5_602 },
    },
  ],
};
