import type { Constants } from "../constants.ts";
import { isMajority } from "../quorum.ts";
import type { Server } from "../state.ts";

/** "If votes received from majority of servers: become leader" (figure 2, Candidates). TLA+: votesGranted[i] \in Quorum. */
export function isElected(me: Server, c: Constants): boolean {
  return isMajority(me.votesGranted.size, c);
}
