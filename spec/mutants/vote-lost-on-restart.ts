import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const voteLostOnRestart: Mutant = {
  id: "M4",
  says: "A server that restarts has forgotten its vote.",
  seen: "PySyncObj#201, raft-java#57, akka-raft#62",
  file: "vote-lost-on-restart.ts",
  rule: "recover",
  by: (me, c) => {
    rules.recover(me, c);
    me.votedFor = null;
  },
  caught: [],
};
