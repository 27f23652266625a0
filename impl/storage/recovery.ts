import { ByteReader, EncodingError } from "../core/encoding/bytes.ts";
import type { Files } from "./files.ts";
import { type Ending, readFrames } from "./frame.ts";
import { StorageError } from "./interface.ts";
import { segmentPath } from "./names.ts";
import { emptyReplay, type Replay, replayRecord } from "./record.ts";
import { decodeSegmentHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from "./segment.ts";

/** What a crash left at the end of the log, and was cut off: it was never acknowledged. */
export interface Repaired {
  readonly path: string;
  /** Where the log ends now. */
  readonly offset: number;
  /** Bytes that were overwritten with zeros. */
  readonly bytes: number;
}

/** A segment that is there, and the greatest index of an entry in it, 0 for none. */
export interface Segment {
  readonly number: number;
  readonly indexMax: number;
}

export interface Recovered {
  readonly replay: Replay;
  /** Oldest first; the last one is written to. */
  readonly segments: readonly Segment[];
  readonly header: SegmentHeader;
  /** Where the next frame goes, and its number. */
  readonly end: number;
  readonly nextFrame: number;
  readonly repaired: Repaired | null;
}

/**
 * Reads the log with these segments, all of it into memory: entries keep views of what was read. A torn tail is
 * overwritten with zeros, and anything else that does not check is refused.
 */
export async function recoverLog(files: Files, folder: string, numbers: readonly number[]): Promise<Recovered> {
  const replay = emptyReplay();
  const segments: Segment[] = [];
  let previous: SegmentEnd | null = null;
  for (const number of numbers) {
    const path = segmentPath(folder, number);
    const bytes = await readWhole(files, path);
    const header = headerOf(path, number, bytes);
    if (previous !== null) requireJoined(previous, header);
    replay.indexMax = 0;
    const read: SegmentEnd = readSegment(path, header, bytes, replay);
    segments.push({ number, indexMax: replay.indexMax });
    previous = read;
  }
  if (previous === null) throw new Error("there is no segment to recover");
  const repaired = await repair(files, previous);
  requireNoGap(previous.path, replay);
  const { header, ending, nextFrame } = previous;
  return { replay, segments, header, end: ending.end, nextFrame, repaired };
}

interface SegmentEnd {
  readonly path: string;
  readonly header: SegmentHeader;
  readonly ending: Ending;
  readonly nextFrame: number;
}

async function readWhole(files: Files, path: string): Promise<Uint8Array> {
  const file = await files.open(path, "read");
  try {
    const bytes = new Uint8Array(await file.size());
    const count = await file.read(bytes, 0);
    return bytes.subarray(0, count);
  } finally {
    await file.close();
  }
}

function headerOf(path: string, number: number, bytes: Uint8Array): SegmentHeader {
  const header = decodeSegmentHeader(bytes);
  if (typeof header === "string") throw corrupt(path, 0, `a segment of a log should begin here, and ${header}`);
  if (header.number === number) return header;
  throw corrupt(path, 16, `segment ${number} should be in this file, and it is segment ${header.number}`);
}

function requireJoined(previous: SegmentEnd, next: SegmentHeader): void {
  if (next.number !== previous.header.number + 1) {
    const missing = `segment ${previous.header.number + 1} should follow, and the next one is ${next.number}`;
    throw corrupt(previous.path, previous.ending.end, missing);
  }
  if (previous.ending.end === next.previousEnd && previous.nextFrame === next.firstFrame) return;
  const found = `there should be frames up to byte ${next.previousEnd}, where the next segment says that this one ends, and frame ${previous.nextFrame} does not check`;
  throw corrupt(previous.path, previous.ending.end, found);
}

function readSegment(path: string, header: SegmentHeader, bytes: Uint8Array, replay: Replay): SegmentEnd {
  let nextFrame = header.firstFrame;
  const ending = readFrames(bytes, SEGMENT_HEADER_BYTES, header.salt, header.firstFrame, (body, offset) => {
    nextFrame += 1;
    try {
      const reader = new ByteReader(body);
      while (!reader.isAtEnd) replayRecord(reader, replay);
    } catch (error) {
      if (error instanceof EncodingError)
        throw corrupt(path, offset, `a frame checks and says nonsense: ${error.message}`);
      throw error;
    }
  });
  if (ending.kind === "corrupt") {
    const place = ending.found === ending.end ? "another one is there" : `a later one is at byte ${ending.found}`;
    throw corrupt(path, ending.end, `frame ${nextFrame} should be here and does not check, and ${place}`);
  }
  if (nextFrame === header.firstFrame) {
    throw corrupt(path, ending.end, "the first frame of a segment should be here, and does not check");
  }
  return { path, header, ending, nextFrame };
}

async function repair(files: Files, { path, ending }: SegmentEnd): Promise<Repaired | null> {
  if (ending.kind !== "torn") return null;
  const bytes = ending.dirtyEnd - ending.end;
  const file = await files.open(path, "update");
  try {
    await file.writeThrough(new Uint8Array(bytes), ending.end);
  } finally {
    await file.close();
  }
  return { path, offset: ending.end, bytes };
}

function requireNoGap(path: string, { snapshot, entries, goneUpTo }: Replay): void {
  if (snapshot === null) throw corrupt(path, SEGMENT_HEADER_BYTES, "no segment says which snapshot the log follows");
  const { index } = snapshot.meta;
  const first = entries[0]?.index ?? goneUpTo + 1;
  if (first <= index + 1) return;
  throw corrupt(path, null, `the log should go on from the snapshot at index ${index}, and begins with entry ${first}`);
}

export function corrupt(path: string, offset: number | null, message: string): StorageError {
  const hint =
    "what is lost here may have been promised to others, so do not mend it: remove this server from the cluster, and add it again with an empty folder and a new id";
  return new StorageError({ code: "corrupt", message, path, offset, hint });
}
