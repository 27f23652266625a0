import { twoServersInOrder, twoServersOneTerm } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const commitIndexGoesBack: Mutant = {
  id: "M16a",
  says: "A follower takes over the commit index of a message even where it is behind its own.",
  seen: "PySyncObj#166, raft.tla#18",
  file: "spec/mutants/commit-index-goes-back.ts",
  rules: {
    advanceFollowerCommit: (me, m) => {
      me.commitIndex = Math.min(m.leaderCommit, m.prevLogIndex + m.entries.length);
    },
  },
  catches: [
    {
      model: "m16a",
      property: "MonotonicCommitIndex",
      bounds: twoServersOneTerm,
      found: { traceLength: 14, distinct: 68, generated: 116 },
    },
    {
      model: "m16a-in-order",
      property: "MonotonicCommitIndex",
      bounds: twoServersInOrder,
      found: { traceLength: 16, distinct: 61, generated: 81 },
      note: "Without reordering it takes a second term, whose leader knows less.",
    },
  ],
};
