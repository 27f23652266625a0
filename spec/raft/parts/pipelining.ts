/** Pipelining: a leader sends further entries before the answer to the last has come (thesis §10.2.2). */
import type { Constants } from "../constants.ts";
import type { AppendEntriesRequest } from "../messages.ts";
import type { Server } from "../state.ts";

/** The next entry to send to the receiver of this message: the one after it, or else the same until the answer comes. */
export function nextIndexAfterSending(me: Server, m: AppendEntriesRequest, c: Constants): number {
  return c.pipelining ? m.prevLogIndex + m.entries.length + 1 : me.nextIndex.get(m.to);
}
