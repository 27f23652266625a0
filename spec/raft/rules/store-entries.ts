import { termAt } from "../log.ts";
import type { AppendEntriesRequest } from "../messages.ts";
import type { ServerDraft } from "../state.ts";

/**
 * "If an existing entry conflicts with a new one (same index but different terms), delete the existing entry and all
 * that follow it. Append any new entries not already in the log" (figure 2, AppendEntries RPC, §5.3).
 */
export function storeEntries(me: ServerDraft, m: AppendEntriesRequest): void {
  let index = m.prevLogIndex;
  for (const entry of m.entries) {
    index += 1;
    if (me.log.length >= index && termAt(me.log, index) !== entry.term) me.log.truncate(index - 1);
    if (me.log.length < index) me.log.push(entry);
  }
}
