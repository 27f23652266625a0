import { rules } from "../raft/index.ts";
import { oneServerAndItsSnapshot } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const snapshotForgottenOnRestart: Mutant = {
  id: "M34",
  says: "A server that restarts has its snapshot, and takes none of it for committed.",
  seen: "NodeDB#247",
  file: "spec/mutants/snapshot-forgotten-on-restart.ts",
  rules: {
    restart: (me, c) => {
      rules.restart(me, c);
      me.commitIndex = 0;
    },
  },
  catches: [
    {
      model: "m34",
      property: "SnapshotIsCommitted",
      bounds: oneServerAndItsSnapshot,
      found: { traceLength: 7, distinct: 14, generated: 16 },
    },
  ],
};
