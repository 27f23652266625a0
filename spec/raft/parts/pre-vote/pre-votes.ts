/** What pre-votes change in the rules of the basic algorithm. */
import type { Constants } from "../../constants.ts";
import { isMajority } from "../../quorum.ts";
import type { Server, ServerDraft } from "../../state.ts";

/** Whether a majority would vote for this server, as far as it has heard. */
export function hasPreVotes(me: Server, c: Constants): boolean {
  return !c.preVote || isMajority(me.preVotesGranted.size, c);
}

/** A server asks for pre-votes until it follows a leader, moves to another term, or starts its election. */
export function forgetPreVotes(me: ServerDraft, c: Constants): void {
  if (c.preVote) me.preVotesGranted.clear();
}

/** A leader of its own term is there: there is no need to ask any more. */
export function stopAsking(me: ServerDraft, term: number, c: Constants): void {
  if (term === me.term) forgetPreVotes(me, c);
}
