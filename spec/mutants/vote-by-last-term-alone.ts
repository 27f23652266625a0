import type { Mutant } from "./mutant.ts";
import { lastTerm } from "../raft/index.ts";

export const voteByLastTermAlone: Mutant = {
  id: "M8b",
  says: "A voter compares only the terms of the last entries, not the lengths of the logs.",
  seen: "hashicorp/raft#94, neo4j#6289, noraft#22",
  file: "vote-by-last-term-alone.ts",
  rule: "isUpToDate",
  by: (me, m) => m.lastLogTerm >= lastTerm(me.log),
  caught: [],
};
