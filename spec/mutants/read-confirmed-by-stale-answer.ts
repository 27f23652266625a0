import { rules } from "../raft/index.ts";
import { twoTermsOneReadLate } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const readConfirmedByStaleAnswer: Mutant = {
  id: "M21",
  says: "The answer to a heartbeat that was sent before a read was asked confirms the read, because contexts are reused.",
  seen: "etcd#20418",
  file: "spec/mutants/read-confirmed-by-stale-answer.ts",
  rules: {
    confirmReads: (me, m, c) => rules.confirmReads(me, { ...m, context: c.maxReads }, c),
  },
  catches: [
    {
      model: "m21",
      property: "LinearizableReads",
      bounds: twoTermsOneReadLate,
      found: { traceLength: 29, distinct: 5_726_192, generated: 25_649_859 },
      note: "The stale answer is one to a heartbeat that carried no read. With two reads of one context instead the mutant falls too, with 14,348,259 states explored and 30 in the trace.",
    },
  ],
};
