import type { Mutant } from "./mutant.ts";


export const commitIndexGoesBack: Mutant = {
  id: "M16a",
  says: "A follower takes over the commit index of a message even where it is behind its own.",
  seen: "PySyncObj#166, raft.tla#18",
  file: "commit-index-goes-back.ts",
  rule: "followerCommit",
  by: (me, m) => {
    me.commitIndex = Math.min(m.leaderCommit, m.prevLogIndex + m.entries.length);
  },
  caught: [],
};
