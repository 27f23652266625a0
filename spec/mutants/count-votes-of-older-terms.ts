import type { Mutant } from "./mutant.ts";


export const countVotesOfOlderTerms: Mutant = {
  id: "M10",
  says: "A candidate counts a vote that it was granted in an older term.",
  seen: "xraft#33",
  file: "count-votes-of-older-terms.ts",
  rule: "countsVote",
  by: (me, m) => me.role === "Candidate" && m.granted,
  caught: [],
};
