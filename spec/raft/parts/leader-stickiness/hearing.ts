/** What stickiness changes in the rules of the basic algorithm. */
import type { Constants } from "../../constants.ts";
import type { RequestVoteRequest } from "../../messages.ts";
import type { Server, ServerDraft } from "../../state.ts";
import { isWantedByLeader } from "../leadership-transfer/transfer.ts";

/** A message of the leader of this server's term has come. */
export function hearLeader(me: ServerDraft, term: number, c: Constants): void {
  if (c.leaderStickiness && term === me.term) me.hearsLeader = true;
}

/**
 * A server that restarts cannot know whether it heard a leader just before: it waits for an election timeout, as if it
 * had. A lease of the leader may rest on it (thesis §6.4.1; impl/core).
 */
export function hearLeaderAfterRestart(me: ServerDraft, c: Constants): void {
  if (c.leaderStickiness) me.hearsLeader = true;
}

/** Whether the election timeout of this server has elapsed since it last heard a leader. */
export function hearsNoLeader(me: Server, c: Constants): boolean {
  return !c.leaderStickiness || !me.hearsLeader;
}

/** Whether this server keeps the leader that it hears, or is. */
export function keepsLeader(me: Server, c: Constants): boolean {
  return c.leaderStickiness && (me.role === "Leader" || me.hearsLeader);
}

/** Whether this server refuses the sender its vote to keep the leader. It does not where the leader wants the election. */
export function keepsLeaderFrom(me: Server, m: RequestVoteRequest, c: Constants): boolean {
  return keepsLeader(me, c) && !isWantedByLeader(m, c);
}

/** Whether this server lets a request for its vote change its term. One of its own term it always answers. */
export function heedsVoteRequest(me: Server, m: RequestVoteRequest, c: Constants): boolean {
  return m.term <= me.term || !keepsLeaderFrom(me, m, c);
}
