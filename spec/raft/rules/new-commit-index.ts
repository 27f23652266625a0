import type { RaftConstants } from "../protocol.ts";
import type { Server, ServerId } from "../state.ts";

/** "Set commitIndex = N" (figure 2, Leaders): the largest N that is committable, or the present one. TLA+: newCommitIndex. */
export function newCommitIndex(me: Server, i: ServerId, c: RaftConstants): number {
  for (let index = me.log.length; index > me.commitIndex; index -= 1) {
    if (c.rules.isCommittable(me, i, index, c)) return index;
  }
  return me.commitIndex;
}
