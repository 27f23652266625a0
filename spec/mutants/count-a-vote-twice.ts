import type { Mutant } from "./mutant.ts";


export const countAVoteTwice: Mutant = {
  id: "M11",
  says: "A candidate counts votes, not voters: a vote that arrives twice counts twice.",
  seen: "xraft#27",
  file: "count-a-vote-twice.ts",
  rule: "recordVote",
  by: (me, voter) => {
    me.voteCount += 1;
    me.votesGranted.add(voter);
  },
  caught: [],
};
