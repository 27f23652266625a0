/**
 * Snapshots (§7): a server replaces a prefix of its log by what its state machine has made of it, and a leader sends its
 * snapshot to a follower that needs entries which are gone.
 *
 * `log` keeps its whole length here, and `snapshotIndex` says which prefix of it is a snapshot. A real server has the
 * state of its machine in place of that prefix, and `lastIncludedTerm`. The machine is deterministic, so the prefix decides
 * that state, and two snapshots are equal if the prefixes are: the prefix is a history variable. Therefore each property of logs
 * says across a compacted prefix what it says elsewhere. The prefix gives a server nothing that a real one lacks:
 *
 * - A leader sends no AppendEntries whose previous entry lies before the last one of its snapshot (`hasEntriesFrom`).
 * - A follower compares nothing with what its snapshot holds, and takes it as matching, because it is committed
 *   (`isInSnapshot`), and it stores no entry there (`afterSnapshot`).
 * - InstallSnapshot carries the prefix as the content of the snapshot, and the receiver takes it over unseen.
 *
 * All else that the rules read of a log lies at or after the last entry of the snapshot.
 *
 * A snapshot is on disk in the step that takes or installs it; with `writeQueue` it is a part of the next write, which the
 * acknowledgement waits for, and a crash before the end of that write brings the snapshot before it back. An
 * implementation that writes snapshots beside its queue, so that one may reach the disk before an older write of the log,
 * does more than this part allows.
 *
 * `snapshots` turns it on. `trailingEntries` is a permission: implementations keep some entries that their snapshot holds,
 * for followers that are only a little behind.
 *
 * | step of impl/core | step here |
 * |---|---|
 * | compaction.ts, TakeSnapshot | TakeSnapshot, with `trailingEntries` |
 * | snapshot-sending.ts, the last piece | InstallSnapshot; the pieces before it change nothing here |
 * | snapshot-receiving.ts, InstallSnapshot | HandleInstallSnapshotRequest |
 * | snapshot-receiving.ts, the log has it all | SkipSnapshot |
 * | start.ts, Restart | Restart |
 */
import { snapshotGoals } from "./goals.ts";
import { handleInstallSnapshotRequest } from "./handle-install-snapshot-request.ts";
import { installSnapshot } from "./install-snapshot.ts";
import { skipSnapshot } from "./skip-snapshot.ts";
import { snapshotIsCommitted } from "./snapshot-is-committed.ts";
import { takeSnapshot } from "./take-snapshot.ts";

export const snapshotActions = [takeSnapshot, installSnapshot, handleInstallSnapshotRequest, skipSnapshot];
export const snapshotProperties = [snapshotIsCommitted, ...snapshotGoals];
