import { twoTermsHeartbeats } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const commitToEndOfLog: Mutant = {
  id: "M13",
  says: "A follower commits up to the end of its own log, not up to the last entry that the message speaks for.",
  seen: "copycat#265, scylladb#9965, rabbitmq/ra#508, CCF#8172",
  file: "spec/mutants/commit-to-end-of-log.ts",
  rules: {
    advanceFollowerCommit: (me, m) => {
      me.commitIndex = Math.max(me.commitIndex, Math.min(m.leaderCommit, me.log.length));
    },
  },
  catches: [
    {
      model: "m13",
      property: "StateMachineSafety",
      bounds: twoTermsHeartbeats,
      found: { traceLength: 19, distinct: 2_198, generated: 4_622 },
    },
  ],
};
