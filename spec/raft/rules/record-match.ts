import type { AppendEntriesResponse } from "../messages.ts";
import type { ServerDraft } from "../state.ts";

/**
 * "If successful: update nextIndex and matchIndex for follower" (figure 2, Leaders). Responses may overtake each
 * other, so neither ever goes back.
 */
export function recordMatch(me: ServerDraft, m: AppendEntriesResponse): void {
  me.matchIndex.set(m.from, Math.max(me.matchIndex.get(m.from), m.matchIndex));
  me.nextIndex.set(m.from, Math.max(me.nextIndex.get(m.from), m.matchIndex + 1));
}
