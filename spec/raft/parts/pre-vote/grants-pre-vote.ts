import type { PreVoteRequest } from "../../messages.ts";
import type { RaftConstants } from "../../protocol.ts";
import type { Server } from "../../state.ts";

/**
 * Whether this server would vote for the sender in the term that the sender would start: a later one than its own, or its
 * own where its vote is free, and for a log that is at least as up-to-date as its own (thesis §9.6; etcd-io/raft, canVote).
 */
export function grantsPreVote(me: Server, m: PreVoteRequest, c: RaftConstants): boolean {
  const isFree = m.term > me.term || (m.term === me.term && (me.votedFor === null || me.votedFor === m.from));
  return isFree && c.rules.isUpToDate(me, m, c);
}
