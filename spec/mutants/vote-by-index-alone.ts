import type { Mutant } from "./mutant.ts";


export const voteByIndexAlone: Mutant = {
  id: "M8a",
  says: "A voter compares only the lengths of the logs, not the terms of their last entries.",
  seen: "hashicorp/raft#94, neo4j#6289, noraft#22",
  file: "vote-by-index-alone.ts",
  rule: "isUpToDate",
  by: (me, m) => m.lastLogIndex >= me.log.length,
  caught: [],
};
