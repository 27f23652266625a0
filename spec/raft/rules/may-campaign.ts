import type { Server } from "../state.ts";

/** "If election timeout elapses: convert to candidate", "start new election" (figure 2, Followers and Candidates, §5.2). */
export function mayCampaign(me: Server): boolean {
  return me.role !== "Leader";
}
