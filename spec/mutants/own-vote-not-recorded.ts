import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const ownVoteNotRecorded: Mutant = {
  id: "M12",
  says: "A candidate counts its own vote without recording it, and so has another to give.",
  seen: "nebula#3415",
  file: "own-vote-not-recorded.ts",
  rule: "startElection",
  by: (me, i, c) => {
    rules.startElection(me, i, c);
    me.votedFor = null;
  },
  caught: [],
};
