import type { ServerDraft } from "../state.ts";

/** Clears what is valid in one role only: the votes of a candidate, and what a leader knows of its followers. */
export function resetRoleState(me: ServerDraft): void {
  me.votesGranted.clear();
  me.nextIndex.fill(1);
  me.matchIndex.fill(0);
}
