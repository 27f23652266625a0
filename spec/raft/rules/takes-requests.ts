import type { Server } from "../state.ts";

/** "If command received from client: append entry to local log" (figure 2, Leaders, §5.3). */
export function takesRequests(me: Server): boolean {
  return me.role === "Leader";
}
