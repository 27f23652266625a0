import type { AppendEntriesResponse, HeartbeatResponse } from "../messages.ts";
import type { Server } from "../state.ts";

/** A leader learns from the answers to its own requests, those of its current term, and from no others (§5.1). */
export function isCountableAck(me: Server, m: AppendEntriesResponse | HeartbeatResponse): boolean {
  return me.role === "Leader" && m.term === me.term;
}
