/** How a cluster begins. TLA+: `Init`; there terms start at 1, here at 0, which the first election makes 1. */
import type { Constants } from "./constants.ts";
import type { StateDraft } from "./state.ts";

export const init = {
  effect: (s: StateDraft, _: unknown, c: Constants) => {
    for (const i of c.Server) {
      const me = s.servers.get(i);
      me.role = "Follower";
      me.term = 0;
      me.votedFor = null;
      me.commitIndex = 0;
      me.nextIndex.fill(1);
      me.matchIndex.fill(0);
    }
  },
};
