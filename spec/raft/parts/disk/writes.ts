/** The writes under way: what they will make of the disk, and what is left for the next one. */
import { commonPrefix } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";
import type { Server } from "../../state.ts";
import { snapshotIndexOf } from "../snapshots/fields.ts";
import type { DurableDraft, Write } from "./fields.ts";

/** Brings a write to the disk, whole. */
export function apply(durable: DurableDraft, write: Write, c: Constants): void {
  const { term, votedFor, from, entries } = write;
  durable.term = term;
  durable.votedFor = votedFor;
  durable.log.truncate(from - 1);
  for (const entry of entries) durable.log.push(entry);
  if (c.snapshots) durable.snapshotIndex = write.snapshotIndex;
}

/** A disk when all writes under way have finished: how long its log is, and up to where it is the server's. */
interface Disk extends Pick<Write, "term" | "votedFor" | "snapshotIndex"> {
  readonly length: number;
  readonly agreed: number;
}

function diskAfterWrites(me: Server, c: Constants): Disk {
  const { term, votedFor, log } = me.durable;
  const snapshotIndex = snapshotIndexOf(me.durable, c);
  let disk: Disk = { term, votedFor, snapshotIndex, length: log.length, agreed: commonPrefix(me.log, log) };
  for (const write of me.writes) {
    const kept = write.from - 1;
    const rewritten = kept + commonPrefix(me.log.sub(Math.min(kept, me.log.length) + 1, me.log.length), write.entries);
    disk = {
      term: write.term,
      votedFor: write.votedFor,
      snapshotIndex: snapshotIndexOf(write, c),
      length: kept + write.entries.length,
      agreed: disk.agreed < kept ? disk.agreed : rewritten,
    };
  }
  return disk;
}

/** Whether the disk has, or is about to have, all that the server must not forget. */
export function isWritten(me: Server, c: Constants): boolean {
  const disk = diskAfterWrites(me, c);
  const { length } = me.log;
  const isLogWritten = disk.agreed === length && disk.length === length;
  const isSnapshotWritten = disk.snapshotIndex === snapshotIndexOf(me, c);
  return disk.term === me.term && disk.votedFor === me.votedFor && isLogWritten && isSnapshotWritten;
}

/** The write that begins now: it writes the log from where the disk will differ. */
export function nextWrite(me: Server, c: Constants): Write {
  const from = diskAfterWrites(me, c).agreed + 1;
  const entries = me.log.sub(from, me.log.length);
  const snapshotIndex = snapshotIndexOf(me, c);
  return { term: me.term, votedFor: me.votedFor, from, entries, snapshotIndex, messages: me.outbox };
}
