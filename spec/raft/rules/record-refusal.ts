import type { Constants } from "../constants.ts";
import type { AppendEntriesResponse } from "../messages.ts";
import type { ServerDraft } from "../state.ts";

/**
 * "If AppendEntries fails because of log inconsistency: decrement nextIndex and retry" (figure 2, Leaders, §5.3); with
 * hints, go back at once to where the follower's log ends. Never behind what is known to match.
 */
export function recordRefusal(me: ServerDraft, m: AppendEntriesResponse, c: Constants): void {
  const oneBack = me.nextIndex.get(m.from) - 1;
  const back = c.nackHint ? Math.min(oneBack, m.index + 1) : oneBack;
  me.nextIndex.set(m.from, Math.max(back, me.matchIndex.get(m.from) + 1));
}
