import { rules } from "../raft/index.ts";
import { twoServersOneElection } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const sameTermMessageResetsVote: Mutant = {
  id: "M9",
  says: "Any message of the current term makes a server forget its vote.",
  seen: "CCF#8094, camunda#5356",
  file: "spec/mutants/same-term-message-resets-vote.ts",
  rules: {
    updateTerm: (me, term, c) => {
      if (term === me.term) me.votedFor = null;
      rules.updateTerm(me, term, c);
    },
  },
  catches: [
    {
      model: "m9",
      property: "ElectionSafety",
      bounds: twoServersOneElection,
      found: { traceLength: 9, distinct: 28, generated: 36 },
      note: "Two servers are enough, where the derivation has three: each candidate forgets its vote for itself.",
    },
  ],
};
