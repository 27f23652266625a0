import { becomeFollower } from "../raft/index.ts";
import { twoServersTwoElections } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const termGoesBack: Mutant = {
  id: "M16c",
  says: "A server takes over the term of any message, an older one as well.",
  seen: "PySyncObj#166, raft.tla#18",
  file: "spec/mutants/term-goes-back.ts",
  rules: {
    updateTerm: (me, term, c) => {
      if (term === me.term) return;
      me.term = term;
      me.votedFor = null;
      becomeFollower(me, c);
    },
  },
  catches: [
    {
      model: "m16c",
      property: "MonotonicTerm",
      bounds: twoServersTwoElections,
      found: { traceLength: 5, distinct: 11, generated: 15 },
    },
  ],
};
