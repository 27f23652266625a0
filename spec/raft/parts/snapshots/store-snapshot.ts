import { termAt } from "../../log.ts";
import type { InstallSnapshotRequest } from "../../messages.ts";
import type { Server, ServerDraft } from "../../state.ts";

/**
 * "Save snapshot file, discard any existing snapshot with a smaller index. If existing log entry has same index and term as
 * snapshot's last included entry, retain log entries following it. Discard the entire log. Reset state machine using
 * snapshot contents" (figure 13, 5 to 8). What is already committed here stays so: the snapshot may come late.
 */
export function storeSnapshot(me: ServerDraft, m: InstallSnapshotRequest): void {
  me.commitIndex = Math.max(me.commitIndex, m.lastIncludedIndex);
  if (m.lastIncludedIndex <= me.snapshotIndex) return;
  if (holdsLastIncluded(me, m)) replacePrefix(me, m);
  else me.log.assign(m.content);
  me.snapshotIndex = m.lastIncludedIndex;
}

/** Whether the log has the last entry of the snapshot, and with it, by Log Matching, all that the snapshot holds. */
export function holdsLastIncluded(
  me: Server,
  { lastIncludedIndex, lastIncludedTerm }: InstallSnapshotRequest,
): boolean {
  return me.log.length >= lastIncludedIndex && termAt(me.log, lastIncludedIndex) === lastIncludedTerm;
}

function replacePrefix(me: ServerDraft, { content }: InstallSnapshotRequest): void {
  let index = 0;
  for (const entry of content) {
    index += 1;
    me.log.set(index, entry);
  }
}
