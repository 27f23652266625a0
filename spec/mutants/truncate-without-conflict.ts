import { twoServersOneTerm, twoTerms } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const truncateWithoutConflict: Mutant = {
  id: "M3",
  says: "A follower deletes all that follows prevLogIndex, whether or not it conflicts with the new entries.",
  seen: "RaftOS#26, hashicorp/raft#113",
  file: "spec/mutants/truncate-without-conflict.ts",
  rules: {
    storeEntries: (me, m) => {
      me.log.truncate(m.prevLogIndex);
      for (const entry of m.entries) me.log.push(entry);
    },
  },
  catches: [
    {
      model: "m3",
      property: "CommittedOnQuorum",
      bounds: twoServersOneTerm,
      found: { traceLength: 12, distinct: 57, generated: 81 },
      note: "A heartbeat from before the entry is overtaken by it.",
    },
    {
      model: "m3-well-formed",
      property: "WellFormed",
      bounds: twoServersOneTerm,
      found: { traceLength: 14, distinct: 96, generated: 164 },
      note: "The follower has deleted what it knows to be committed.",
    },
    {
      model: "m3-leader-completeness",
      property: "LeaderCompleteness",
      bounds: twoTerms,
      found: { traceLength: 19, distinct: 2_120, generated: 4_272 },
    },
  ],
};
