import { termAt } from "../log.ts";
import type { AppendEntriesRequest } from "../messages.ts";
import type { Server } from "../state.ts";

/** "Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm" (§5.3). */
export function matchesPrevious(me: Server, m: AppendEntriesRequest): boolean {
  return me.log.length >= m.prevLogIndex && termAt(me.log, m.prevLogIndex) === m.prevLogTerm;
}
