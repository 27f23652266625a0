import type { RaftConstants } from "../protocol.ts";
import type { ServerDraft } from "../state.ts";
import { becomeFollower } from "./become-follower.ts";

/** "Persistent state on all servers: currentTerm, votedFor, log[]" (figure 2): all else starts anew. TLA+: Restart. */
export function restart(me: ServerDraft, c: RaftConstants): void {
  becomeFollower(me, c);
  me.commitIndex = 0;
}
