import { rules } from "../raft/index.ts";
import { oneElectionAndRestart } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const termLostOnRestart: Mutant = {
  id: "M5",
  says: "A server that restarts has forgotten its term.",
  seen: "PySyncObj#201, raft-java#57, akka-raft#62",
  file: "spec/mutants/term-lost-on-restart.ts",
  rules: {
    restart: (me, c) => {
      rules.restart(me, c);
      me.term = 0;
    },
  },
  catches: [
    {
      model: "m5",
      property: "ElectionSafety",
      bounds: oneElectionAndRestart,
      found: { traceLength: 10, distinct: 564, generated: 1_250 },
    },
  ],
};
