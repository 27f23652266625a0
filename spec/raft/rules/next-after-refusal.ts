import type { AppendEntriesResponse } from "../messages.ts";
import type { Server } from "../state.ts";

/** "Decrement nextIndex" (figure 2, Leaders, §5.3): where a leader tries next after a refusal. */
export function nextAfterRefusal(me: Server, m: AppendEntriesResponse): number {
  return me.nextIndex.get(m.from) - 1;
}
