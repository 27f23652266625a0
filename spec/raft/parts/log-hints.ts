/**
 * Hints: a follower that refuses entries says where its log ends, so that the leader need not go back one entry at a time
 * (§5.3, last paragraph).
 */
import type { Constants } from "../constants.ts";
import type { AppendEntriesRequest, AppendEntriesResponse } from "../messages.ts";
import type { Server } from "../state.ts";

/** Where the leader should look for agreement next: the end of my log, but before the entry that did not match. */
export function hintIndex(me: Server, m: AppendEntriesRequest, c: Constants): number {
  return c.nackHint && m.prevLogIndex > 0 ? Math.min(me.log.length, m.prevLogIndex - 1) : 0;
}

/** With a hint the leader goes back at once to where the follower's log ends; never forward. */
export function nextByHint(oneBack: number, m: AppendEntriesResponse, c: Constants): number {
  return c.nackHint ? Math.min(oneBack, m.hintIndex + 1) : oneBack;
}
