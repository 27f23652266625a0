import type { Constants } from "../constants.ts";
import type { ServerDraft, ServerId } from "../state.ts";
import { becomeFollower } from "./update-term.ts";

/** "On conversion to candidate, start election: increment currentTerm, vote for self" (figure 2, Candidates, §5.2). */
export function startElection(me: ServerDraft, i: ServerId, c: Constants): void {
  becomeFollower(me, c);
  me.role = "Candidate";
  me.term += 1;
  me.votedFor = i;
  me.votesGranted.add(i);
  if (c.tally === "counter") me.voteCount = 1;
}
