import type { AppendEntriesRequest } from "../messages.ts";
import type { Server } from "../state.ts";

/** A follower vouches for the entries of this message and what precedes them, not for whatever else its log holds. */
export function acknowledge(_me: Server, m: AppendEntriesRequest): number {
  return m.prevLogIndex + m.entries.length;
}
