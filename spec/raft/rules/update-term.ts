import type { Constants } from "../constants.ts";
import type { ServerDraft } from "../state.ts";

/**
 * "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower" (figure 2,
 * Rules for Servers, §5.1). The vote belongs to the old term. TLA+: UpdateTerm.
 */
export function updateTerm(me: ServerDraft, term: number, c: Constants): void {
  if (term <= me.term) return;
  me.term = term;
  me.votedFor = null;
  becomeFollower(me, c);
}

/** Leaves the role of candidate or leader, and with it the state that is valid only there. */
export function becomeFollower(me: ServerDraft, c: Constants): void {
  me.role = "Follower";
  forgetVotes(me, c);
  me.nextIndex.fill(1);
  me.matchIndex.fill(0);
}

export function forgetVotes(me: ServerDraft, c: Constants): void {
  me.votesGranted.clear();
  if (c.tally === "counter") me.voteCount = 0;
}
