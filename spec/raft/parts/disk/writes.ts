/** The writes under way: what they will make of the disk, and what is left for the next one. */
import { commonPrefix } from "../../../lang/index.ts";
import type { Server } from "../../state.ts";
import type { DurableDraft, Write } from "./fields.ts";

/** Brings a write to the disk, whole. */
export function apply(durable: DurableDraft, { term, votedFor, from, entries }: Write): void {
  durable.term = term;
  durable.votedFor = votedFor;
  durable.log.truncate(from - 1);
  for (const entry of entries) durable.log.push(entry);
}

/** A disk when all writes under way have finished: how long its log is, and up to where it is the server's. */
interface Disk extends Pick<Write, "term" | "votedFor"> {
  readonly length: number;
  readonly agreed: number;
}

function diskAfterWrites(me: Server): Disk {
  const { term, votedFor, log } = me.durable;
  let disk: Disk = { term, votedFor, length: log.length, agreed: commonPrefix(me.log, log) };
  for (const write of me.writes) {
    const kept = write.from - 1;
    const rewritten = kept + commonPrefix(me.log.sub(Math.min(kept, me.log.length) + 1, me.log.length), write.entries);
    disk = {
      term: write.term,
      votedFor: write.votedFor,
      length: kept + write.entries.length,
      agreed: disk.agreed < kept ? disk.agreed : rewritten,
    };
  }
  return disk;
}

/** Whether the disk has, or is about to have, all that the server must not forget. */
export function isWritten(me: Server): boolean {
  const disk = diskAfterWrites(me);
  const { length } = me.log;
  return disk.term === me.term && disk.votedFor === me.votedFor && disk.agreed === length && disk.length === length;
}

/** The write that begins now: it writes the log from where the disk will differ. */
export function nextWrite(me: Server): Write {
  const from = diskAfterWrites(me).agreed + 1;
  const entries = me.log.sub(from, me.log.length);
  return { term: me.term, votedFor: me.votedFor, from, entries, messages: me.outbox };
}
