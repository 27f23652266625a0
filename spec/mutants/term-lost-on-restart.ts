import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const termLostOnRestart: Mutant = {
  id: "M5",
  says: "A server that restarts has forgotten its term.",
  seen: "PySyncObj#201, raft-java#57, akka-raft#62",
  file: "term-lost-on-restart.ts",
  rule: "recover",
  by: (me, c) => {
    rules.recover(me, c);
    me.term = 0;
  },
  caught: [],
};
