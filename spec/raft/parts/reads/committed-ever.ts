import type { Constants } from "../../constants.ts";
import type { ServerDraft, State } from "../../state.ts";

/**
 * Up to where any server has ever committed. The commit index of a server decreases in a restart only, and what it loses
 * there is remembered.
 */
export function committedEver(s: State, c: Constants): number {
  let index = 0;
  for (const i of c.Server) {
    const me = s.servers.get(i);
    index = Math.max(index, me.commitIndex, c.maxRestarts > 0 ? me.commitIndexLost : 0);
  }
  return index;
}

/** Remembers what a restart is about to lose. */
export function rememberCommitIndex(me: ServerDraft, c: Constants): void {
  if (c.readIndex && c.maxRestarts > 0) me.commitIndexLost = Math.max(me.commitIndexLost, me.commitIndex);
}
