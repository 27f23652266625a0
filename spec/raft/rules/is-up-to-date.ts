import { lastTerm } from "../log.ts";
import type { PreVoteRequest, RequestVoteRequest } from "../messages.ts";
import type { Server } from "../state.ts";

/**
 * Whether the candidate's log is at least as up-to-date as mine: "if the logs have last entries with different terms,
 * then the log with the later term is more up-to-date; if the logs end with the same term, then whichever log is
 * longer" (§5.4.1).
 */
export function isUpToDate(me: Server, m: RequestVoteRequest | PreVoteRequest): boolean {
  const mine = lastTerm(me.log);
  return m.lastLogTerm > mine || (m.lastLogTerm === mine && m.lastLogIndex >= me.log.length);
}
