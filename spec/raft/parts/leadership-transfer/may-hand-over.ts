import type { Server, ServerId } from "../../state.ts";

/** "The prior leader fully updates the target server's log to match its own" (thesis §3.10): it is known to. */
export function mayHandOver(me: Server, target: ServerId): boolean {
  return me.role === "Leader" && me.transferTo === target && me.matchIndex.get(target) === me.log.length;
}
