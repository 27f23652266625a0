import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const hintTakenForMatch: Mutant = {
  id: "M15",
  says: "A leader takes the hint of a follower that refused for what the follower has.",
  seen: "CCF#5325",
  file: "hint-taken-for-match.ts",
  rule: "recordRefusal",
  by: (me, m, c) => {
    rules.recordRefusal(me, m, c);
    me.matchIndex.set(m.from, Math.max(me.matchIndex.get(m.from), m.index));
  },
  caught: [],
};
