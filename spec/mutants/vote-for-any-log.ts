import type { Mutant } from "./mutant.ts";


export const voteForAnyLog: Mutant = {
  id: "M8c",
  says: "A voter does not compare logs at all.",
  seen: "hashicorp/raft#94, neo4j#6289, noraft#22",
  file: "vote-for-any-log.ts",
  rule: "isUpToDate",
  by: () => true,
  caught: [],
};
