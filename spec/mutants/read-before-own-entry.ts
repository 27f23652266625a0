import { twoServersOneRead } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const readBeforeOwnEntry: Mutant = {
  id: "M19",
  says: "A leader answers a read before it has committed an entry of its own term.",
  seen: "etcd#7331, redisraft#22",
  file: "spec/mutants/read-before-own-entry.ts",
  rules: {
    readIndex: (me) => me.commitIndex,
  },
  catches: [
    {
      model: "m19",
      property: "LinearizableReads",
      bounds: twoServersOneRead,
      found: { traceLength: 19, distinct: 319, generated: 554 },
      note: "Two servers are enough: the leader that is asked has replaced the one that committed.",
    },
  ],
};
