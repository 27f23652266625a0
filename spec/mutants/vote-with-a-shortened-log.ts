import { rules } from "../raft/index.ts";
import { twoTermsAndRestart } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const voteWithAShortenedLog: Mutant = {
  id: "M28",
  says: "A server whose log lost its last entry to a repair at the restart votes at once, as if it had never held it.",
  seen: "nats-server#7587",
  file: "spec/mutants/vote-with-a-shortened-log.ts",
  rules: {
    restart: (me, c) => {
      if (me.log.length > 0) me.log.truncate(me.log.length - 1);
      rules.restart(me, c);
    },
  },
  catches: [
    {
      model: "m28",
      property: "LeaderCompleteness",
      bounds: twoTermsAndRestart,
      found: { traceLength: 17, distinct: 3_448, generated: 8_679 },
    },
  ],
};
