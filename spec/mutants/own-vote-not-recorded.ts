import { rules } from "../raft/index.ts";
import { twoServersOneElection } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const ownVoteNotRecorded: Mutant = {
  id: "M12",
  says: "A candidate counts its own vote without recording it, and so has another to give.",
  seen: "nebula#3415",
  file: "spec/mutants/own-vote-not-recorded.ts",
  rules: {
    startElection: (me, i, c) => {
      rules.startElection(me, i, c);
      me.votedFor = null;
    },
  },
  catches: [
    {
      model: "m12",
      property: "ElectionSafety",
      bounds: twoServersOneElection,
      found: { traceLength: 9, distinct: 21, generated: 30 },
      note: "Two servers are enough, where the derivation has three.",
    },
  ],
};
