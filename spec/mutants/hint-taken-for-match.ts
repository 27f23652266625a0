import { rules } from "../raft/index.ts";
import { threeTermsPipelined, twoTermsPipelined } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const hintTakenForMatch: Mutant = {
  id: "M15",
  says: "A leader takes the hint of a follower that refused for what the follower has.",
  seen: "CCF#5325",
  file: "spec/mutants/hint-taken-for-match.ts",
  rules: {
    recordRefusal: (me, m, c) => {
      rules.recordRefusal(me, m, c);
      me.matchIndex.set(m.from, Math.max(me.matchIndex.get(m.from), m.hintIndex));
    },
  },
  catches: [
    {
      model: "m15",
      property: "CommittedOnQuorum",
      bounds: twoTermsPipelined,
      found: { traceLength: 21, distinct: 13_411, generated: 28_093 },
      note: "A leader that does not pipeline survives this, even one elected with a log: a hint speaks of entries before its election, and those it does not commit by counting.",
    },
    {
      model: "m15-leader-completeness",
      property: "LeaderCompleteness",
      bounds: threeTermsPipelined,
      found: { traceLength: 25, distinct: 1_636_836, generated: 4_483_387 },
      note: "Three terms, three messages in flight and logs of two entries are needed all at once. The counts are those of the fast engine, which ends the level that it is on.",
    },
  ],
};
