import { rules } from "../raft/index.ts";
import { oneElectionAndRestart, oneServerAndRestart } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const voteLostOnRestart: Mutant = {
  id: "M4",
  says: "A server that restarts has forgotten its vote.",
  seen: "PySyncObj#201, raft-java#57, akka-raft#62",
  file: "spec/mutants/vote-lost-on-restart.ts",
  rules: {
    restart: (me, c) => {
      rules.restart(me, c);
      me.votedFor = null;
    },
  },
  catches: [
    {
      model: "m4",
      property: "ElectionSafety",
      bounds: oneElectionAndRestart,
      found: { traceLength: 10, distinct: 427, generated: 1_023 },
    },
    {
      model: "m4-monotonic-vote",
      property: "MonotonicVote",
      bounds: oneServerAndRestart,
      found: { traceLength: 3, distinct: 4, generated: 5 },
    },
  ],
};
