import type { RaftConstants } from "../protocol.ts";
import type { ServerDraft } from "../state.ts";
import { becomeFollower } from "./become-follower.ts";

/**
 * "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower" (figure 2,
 * Rules for Servers, §5.1). The vote belongs to the old term. TLA+: UpdateTerm.
 */
export function updateTerm(me: ServerDraft, term: number, c: RaftConstants): void {
  if (term <= me.term) return;
  me.term = term;
  me.votedFor = null;
  becomeFollower(me, c);
}
