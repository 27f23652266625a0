import type { AppendEntriesResponse } from "../messages.ts";
import type { RaftConstants } from "../protocol.ts";
import type { ServerDraft } from "../state.ts";

/**
 * "If AppendEntries fails because of log inconsistency: decrement nextIndex and retry" (figure 2, Leaders, §5.3). Never
 * behind what is known to match.
 */
export function recordRefusal(me: ServerDraft, m: AppendEntriesResponse, c: RaftConstants): void {
  const next = c.rules.nextAfterRefusal(me, m, c);
  me.nextIndex.set(m.from, Math.max(next, me.matchIndex.get(m.from) + 1));
}
