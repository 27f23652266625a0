import type { Mutant } from "./mutant.ts";


export const acknowledgeEndOfLog: Mutant = {
  id: "M14",
  says: "A follower vouches for its whole log, not for the entries that the message speaks for.",
  seen: "ravendb#9325, CCF#6016",
  file: "acknowledge-end-of-log.ts",
  rule: "acknowledge",
  by: (me) => me.log.length,
  caught: [],
};
