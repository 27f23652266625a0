import type { RequestVoteResponse } from "../messages.ts";
import type { Server } from "../state.ts";

/** A candidate counts the votes granted to it in its current term, and no others (§5.2). */
export function isCountableVote(me: Server, m: RequestVoteResponse): boolean {
  return me.role === "Candidate" && m.granted && m.term === me.term;
}
