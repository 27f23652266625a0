import { twoServersOneTerm } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const matchIndexGoesBack: Mutant = {
  id: "M16b",
  says: "A leader takes over the match index of a response even where it knows of more.",
  seen: "PySyncObj#166, raft.tla#18",
  file: "spec/mutants/match-index-goes-back.ts",
  rules: {
    recordMatch: (me, m) => {
      me.matchIndex.set(m.from, m.matchIndex);
      me.nextIndex.set(m.from, m.matchIndex + 1);
    },
  },
  catches: [
    {
      model: "m16b",
      property: "MonotonicMatchIndex",
      bounds: twoServersOneTerm,
      found: { traceLength: 12, distinct: 49, generated: 73 },
    },
  ],
};
