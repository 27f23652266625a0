/** What a server that has a snapshot no longer knows of its log. */
import type { Constants } from "../../constants.ts";
import type { AppendEntriesRequest } from "../../messages.ts";
import type { Server, ServerDraft } from "../../state.ts";

/** Whether a leader has the entries from this index on, and the term of the one before, which AppendEntries names. */
export function hasEntriesFrom(me: Server, index: number, c: Constants): boolean {
  return !c.snapshots || c.trailingEntries || index > me.snapshotIndex;
}

/** Whether this entry is gone, its term included. The term of the last entry of a snapshot is known. */
export function isInSnapshot(me: Server, index: number, c: Constants): boolean {
  return c.snapshots && index < me.snapshotIndex;
}

/** The message without the entries that the snapshot of its receiver holds: they are committed, and the same. */
export function afterSnapshot(me: Server, m: AppendEntriesRequest, c: Constants): AppendEntriesRequest {
  if (!isInSnapshot(me, m.prevLogIndex, c)) return m;
  const held = Math.min(me.snapshotIndex - m.prevLogIndex, m.entries.length);
  return { ...m, prevLogIndex: m.prevLogIndex + held, entries: m.entries.sub(held + 1, m.entries.length) };
}

/** A server starts again with the state of its snapshot, and so with all that it holds as committed. */
export function restoreSnapshot(me: ServerDraft, c: Constants): void {
  if (c.snapshots) me.commitIndex = me.snapshotIndex;
}
