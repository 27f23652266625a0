import type { RaftConstants } from "../protocol.ts";
import type { ServerDraft } from "../state.ts";

/** "Convert to follower" (figure 2, Rules for Servers): a candidate or leader gives up its role. */
export function becomeFollower(me: ServerDraft, c: RaftConstants): void {
  me.role = "Follower";
  c.rules.resetRoleState(me, c);
}
