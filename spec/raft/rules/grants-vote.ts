import type { RequestVoteRequest } from "../messages.ts";
import type { RaftConstants } from "../protocol.ts";
import type { Server } from "../state.ts";

/**
 * "Reply false if term < currentTerm. If votedFor is null or candidateId, and candidate's log is at least as
 * up-to-date as receiver's log, grant vote" (figure 2, RequestVote RPC, §5.2, §5.4). TLA+: grant.
 */
export function grantsVote(me: Server, m: RequestVoteRequest, c: RaftConstants): boolean {
  return m.term === me.term && (me.votedFor === null || me.votedFor === m.from) && c.rules.isUpToDate(me, m, c);
}
