import { oneElectionOfFour } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const countAVoteTwice: Mutant = {
  id: "M11",
  says: "A candidate counts votes, not voters: a vote that arrives twice counts twice.",
  seen: "xraft#27",
  file: "spec/mutants/count-a-vote-twice.ts",
  rule: "recordVote",
  by: (me, voter) => {
    me.voteCount += 1;
    me.votesGranted.add(voter);
  },
  catches: [
    {
      model: "m11",
      property: "ElectionSafety",
      bounds: oneElectionOfFour,
      found: { traceLength: 15, distinct: 10_391, generated: 49_084 },
      note: "Loss makes room in the network. Without it five messages must be in flight, and the trace has 13 states.",
    },
  ],
};
