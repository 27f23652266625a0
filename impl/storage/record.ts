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
/** Where the log ends when a segment begins: it tells whether older segments are missing that are still needed. */
const POSITION = 6;

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

export function writePosition(out: ByteWriter, lastIndex: number): void {
  out.byte(POSITION);
  out.number(lastIndex);
}

/** What the records say so far. */
export interface Replay {
  hardState: HardState;
  snapshot: NumberedSnapshot | null;
  /** Consecutive. Commands are views of the frames. */
  entries: Entry[];
  /** Entries up to here were in segments that are gone; a snapshot has to stand for them. */
  goneUpTo: number;
  /** The greatest index that was seen since it was last set to 0. */
  indexMax: number;
}

export function emptyReplay(): Replay {
  return { hardState: { term: 0, votedFor: null }, snapshot: null, entries: [], goneUpTo: 0, indexMax: 0 };
}

/** Takes the next record in. Throws `EncodingError` where it makes no sense. */
export function replayRecord(from: ByteReader, replay: Replay): void {
  const kind = from.byte();
  switch (kind) {
    case ENTRY:
      appendEntry(replay, readEntry(from));
      return;
    case TRUNCATION:
      truncate(replay, from.number());
      return;
    case HARD_STATE:
      replay.hardState = { term: from.number(), votedFor: from.flag() ? from.text() : null };
      return;
    case SNAPSHOT:
      replay.snapshot = { number: from.number(), meta: readSnapshotMeta(from) };
      return;
    case REPLACEMENT:
      replay.snapshot = { number: from.number(), meta: readSnapshotMeta(from) };
      replay.entries = [];
      replay.goneUpTo = 0;
      return;
    case POSITION:
      locate(replay, from.number());
      return;
    default:
      throw new EncodingError(`there is no record of kind ${kind}`);
  }
}

function truncate(replay: Replay, from: number): void {
  const first = replay.entries[0]?.index ?? from;
  replay.entries.length = Math.min(replay.entries.length, Math.max(0, from - first));
  replay.goneUpTo = Math.min(replay.goneUpTo, from - 1);
}

function locate(replay: Replay, lastIndex: number): void {
  const last = replay.entries[replay.entries.length - 1];
  if (last === undefined) replay.goneUpTo = lastIndex;
  else if (last.index !== lastIndex) {
    throw new EncodingError(`the log ends with entry ${last.index}, and should end with ${lastIndex}`);
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
