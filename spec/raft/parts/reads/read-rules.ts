/** The rules of reads. */
import type { Constants } from "../../constants.ts";
import { isMajority } from "../../quorum.ts";
import type { Server, ServerDraft } from "../../state.ts";
import type { Read } from "./fields.ts";

/**
 * Up to where a leader has to apply before it answers a read that it is asked for now. It is the commit index, but not before
 * the first entry of the leader's own term: "if the leader has not yet marked an entry from its current term committed, it
 * waits until it has done so" (thesis §6.4). Until then it does not know what its predecessors committed.
 */
export function readIndex(me: Server): number {
  return Math.max(me.commitIndex, firstIndexOfTerm(me));
}

/** The index of the first entry of the leader's own term, or of the next one that it appends, which will be the first. */
function firstIndexOfTerm(me: Server): number {
  let index = me.log.length + 1;
  while (index > 1 && me.log.get(index - 1).term === me.term) index -= 1;
  return index;
}

/** Each read of a leader has a context of its own. */
export function readContext(me: Server): number {
  return me.readsAsked;
}

/** Whether a majority has confirmed, since the read was asked, that the leader leads (thesis §6.4, step 3). */
export function isReadConfirmed(read: Read, c: Constants): boolean {
  return isMajority(read.confirmedBy.size, c);
}

/** A server that stops being leader answers none of its reads. */
export function forgetReads(me: ServerDraft, c: Constants): void {
  if (!c.readIndex) return;
  me.reads.clear();
  me.readsAsked = 0;
}
