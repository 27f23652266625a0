import { twoTermsOneRead } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const readWithoutRound: Mutant = {
  id: "M20",
  says: "A leader answers a read without a round of heartbeats: it may have been deposed.",
  seen: "d-engine#381",
  file: "spec/mutants/read-without-round.ts",
  rules: {
    isReadConfirmed: () => true,
  },
  catches: [
    {
      model: "m20",
      property: "LinearizableReads",
      bounds: twoTermsOneRead,
      found: { traceLength: 26, distinct: 249_374, generated: 706_306 },
      note: "Two entries are needed: the leader that was deposed has to have committed one of its own term, or it does not answer at all.",
    },
  ],
};
