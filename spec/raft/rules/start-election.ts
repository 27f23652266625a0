import type { RaftConstants } from "../protocol.ts";
import type { ServerDraft, ServerId } from "../state.ts";

/** "On conversion to candidate, start election: increment currentTerm, vote for self" (figure 2, Candidates, §5.2). */
export function startElection(me: ServerDraft, i: ServerId, c: RaftConstants): void {
  c.rules.resetRoleState(me, c);
  me.role = "Candidate";
  me.term += 1;
  me.votedFor = i;
  me.votesGranted.add(i);
}
