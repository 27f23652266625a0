import { type ByteReader, type ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import { readEntry, readSnapshotMeta, writeEntry, writeSnapshotMeta } from "../core/encoding/entry.ts";
import type { Entry, HardState, SnapshotMeta } from "../core/entry.ts";

/** A snapshot and the number in the name of its file. Number 0 stands for a server that has none. */
export interface NumberedSnapshot {
  readonly number: number;
  readonly meta: SnapshotMeta;
}

/** What the body of a frame is made of, one record after the other: a byte for the kind, and what the kind needs. */
const ENTRY = 1;
const TRUNCATION = 2;
const HARD_STATE = 3;
/** The snapshot stands for the entries up to its index; those after it stay. */
const SNAPSHOT = 4;
/** The snapshot takes the place of all entries. */
const REPLACEMENT = 5;

export function writeEntryRecord(out: ByteWriter, entry: Entry): void {
  out.byte(ENTRY);
  writeEntry(out, entry);
}

/** Entries from `from` on are gone. */
export function writeTruncation(out: ByteWriter, from: number): void {
  out.byte(TRUNCATION);
  out.number(from);
}

export function writeHardState(out: ByteWriter, hardState: HardState): void {
  out.byte(HARD_STATE);
  out.number(hardState.term);
  out.flag(hardState.votedFor !== null);
  if (hardState.votedFor !== null) out.text(hardState.votedFor);
}

export function writeSnapshotMarker(out: ByteWriter, snapshot: NumberedSnapshot, kind: "kept-log" | "new-log"): void {
  out.byte(kind === "kept-log" ? SNAPSHOT : REPLACEMENT);
  out.number(snapshot.number);
  writeSnapshotMeta(out, snapshot.meta);
}

/** What the records say so far. */
export interface Replay {
  hardState: HardState;
  snapshot: NumberedSnapshot | null;
  /** Consecutive. Commands are views of the frames. */
  entries: Entry[];
  /** The greatest index that was seen since it was last set to 0. */
  indexMax: number;
}

export function emptyReplay(): Replay {
  return { hardState: { term: 0, votedFor: null }, snapshot: null, entries: [], indexMax: 0 };
}

/** Takes the next record in. Throws `EncodingError` where it makes no sense. */
export function replayRecord(from: ByteReader, replay: Replay): void {
  const kind = from.byte();
  switch (kind) {
    case ENTRY:
      appendEntry(replay, readEntry(from));
      return;
    case TRUNCATION: {
      const first = replay.entries[0]?.index ?? 0;
      const kept = from.number() - first;
      replay.entries.length = Math.min(replay.entries.length, Math.max(0, kept));
      return;
    }
    case HARD_STATE:
      replay.hardState = { term: from.number(), votedFor: from.flag() ? from.text() : null };
      return;
    case SNAPSHOT:
      replay.snapshot = { number: from.number(), meta: readSnapshotMeta(from) };
      return;
    case REPLACEMENT:
      replay.snapshot = { number: from.number(), meta: readSnapshotMeta(from) };
      replay.entries = [];
      return;
    default:
      throw new EncodingError(`there is no record of kind ${kind}`);
  }
}

function appendEntry(replay: Replay, entry: Entry): void {
  const last = replay.entries[replay.entries.length - 1];
  if (last !== undefined && entry.index !== last.index + 1) {
    throw new EncodingError(`entry ${entry.index} follows entry ${last.index}`);
  }
  replay.entries.push(entry);
  if (entry.index > replay.indexMax) replay.indexMax = entry.index;
}
