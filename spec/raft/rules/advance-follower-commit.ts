import type { AppendEntriesRequest } from "../messages.ts";
import type { ServerDraft } from "../state.ts";

/**
 * "If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)" (figure 2,
 * AppendEntries RPC). The last new entry is the last one of this message, and not the last one of the follower's log.
 */
export function advanceFollowerCommit(me: ServerDraft, m: AppendEntriesRequest): void {
  const lastNew = m.prevLogIndex + m.entries.length;
  me.commitIndex = Math.max(me.commitIndex, Math.min(m.leaderCommit, lastNew));
}
