import type { AppendEntriesRequest } from "../messages.ts";
import type { Server } from "../state.ts";

/**
 * The last entry that a follower acknowledges: the last one of this message, and not the last one of its log, which may
 * hold entries of an older leader. TLA+: mmatchIndex.
 */
export function acknowledgedIndex(_: Server, m: AppendEntriesRequest): number {
  return m.prevLogIndex + m.entries.length;
}
