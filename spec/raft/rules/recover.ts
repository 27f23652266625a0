import type { Constants } from "../constants.ts";
import type { ServerDraft } from "../state.ts";
import { becomeFollower } from "./update-term.ts";

/** "Persistent state on all servers: currentTerm, votedFor, log[]" (figure 2): all else starts anew. TLA+: Restart. */
export function recover(me: ServerDraft, c: Constants): void {
  if (c.splitDurability) {
    me.term = me.durable.term;
    me.votedFor = me.durable.votedFor;
    me.log.assign(me.durable.log);
    me.outbox.clear();
  }
  becomeFollower(me, c);
  me.commitIndex = 0;
}
