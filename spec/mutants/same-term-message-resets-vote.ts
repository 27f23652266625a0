import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const sameTermMessageResetsVote: Mutant = {
  id: "M9",
  says: "Any message of the current term makes a server forget its vote.",
  seen: "CCF#8094, camunda#5356",
  file: "same-term-message-resets-vote.ts",
  rule: "updateTerm",
  by: (me, term, c) => {
    if (term === me.term) me.votedFor = null;
    rules.updateTerm(me, term, c);
  },
  caught: [],
};
