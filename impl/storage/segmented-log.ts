import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ByteWriter } from "../core/encoding/bytes.ts";
import type { HardState } from "../core/entry.ts";
import type { Files, OpenFile } from "./files.ts";
import { beginFrame, endFrame } from "./frame.ts";
import { StorageError } from "./interface.ts";
import { SPARE_NAME, segmentPath, unfinished } from "./names.ts";
import { type NumberedSnapshot, writeHardState, writePosition, writeSnapshotMarker } from "./record.ts";
import type { Recovered, Segment } from "./recovery.ts";
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES } from "./segment.ts";

/** What is true after a frame, besides the entries themselves. */
export interface LogState {
  readonly hardState: HardState;
  readonly snapshot: NumberedSnapshot;
  /** The index of the last entry, or of the snapshot where there is none. */
  readonly lastIndex: number;
}

/** How much is written at a time, and synced, when a segment is filled with zeros. */
const FILL_BYTES = 4 << 20;

/**
 * The frames on the disk: one file after the other, each filled with zeros before it is used, so that a sync has no
 * metadata to write. A frame that does not fit goes to the next segment; one that is larger than a segment makes its
 * file grow. Old segments are not used again: in a tail that is all zeros a torn frame can be seen, in stale frames not.
 */
export class SegmentedLog {
  readonly #files: Files;
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #closed: Segment[] = [];
  /** The segment that is written to; null before the first. */
  #current: Current | null = null;
  #nextFrame = 1;
  /** Resolves when there is a spare segment, with what went wrong otherwise; null where none was asked for. */
  #spare: Promise<StorageError | null> | null = null;
  /** The last deletion that was asked for. */
  #deletion: Promise<void> = Promise.resolve();
  #canDelete = true;

  constructor(files: Files, folder: string, segmentBytes: number) {
    this.#files = files;
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
  }

  /** Begins a new log with this state in its first frame. */
  async create(state: LogState): Promise<void> {
    await this.#startSegment({ number: 1, previousEnd: 0 }, state);
  }

  /** Goes on with one that was recovered. */
  async resume(recovered: Recovered): Promise<void> {
    const { segments, header, end, nextFrame } = recovered;
    this.#closed.push(...segments.slice(0, -1));
    this.#nextFrame = nextFrame;
    const path = segmentPath(this.#folder, header.number);
    const file = await this.#files.open(path, "update");
    const indexMax = segments.at(-1)?.indexMax ?? 0;
    const size = Math.max(this.#segmentBytes, await file.size());
    this.#current = { file, size, number: header.number, salt: header.salt, position: end, indexMax };
  }

  /**
   * Makes a frame durable, whose body was written to `out` after `beginFrame`. `before` is what was true before it;
   * `indexMax` is the greatest index of its entries.
   */
  async append(out: ByteWriter, before: LogState, indexMax: number): Promise<void> {
    const { position, size, number } = this.#requireCurrent();
    // Eight bytes are the most that a frame is padded with.
    if (position + out.length + 8 > size) {
      await this.#startSegment({ number: number + 1, previousEnd: position }, before);
    }
    const current = this.#requireCurrent();
    const bytes = endFrame(out, current.salt, this.#nextFrame);
    await current.file.writeThrough(bytes, current.position);
    current.position += bytes.length;
    current.indexMax = Math.max(current.indexMax, indexMax);
    this.#nextFrame += 1;
  }

  /** Deletes the oldest segments as long as all their entries are at or before `index`. */
  release(index: number): void {
    for (let first = this.#closed[0]; first !== undefined && first.indexMax <= index; first = this.#closed[0]) {
      this.#closed.shift();
      const { number } = first;
      this.#deletion = this.#deletion.then(() => this.#delete(number));
    }
  }

  /** Waits for what is under way, and closes the file. */
  async close(): Promise<void> {
    await this.#deletion;
    await this.#spare;
    await this.#current?.file.close();
    this.#current = null;
  }

  async #startSegment(place: { number: number; previousEnd: number }, state: LogState): Promise<void> {
    await this.#requireSpare();
    const salt = randomBytes(4).readUInt32LE();
    const spare = join(this.#folder, SPARE_NAME);
    const file = await this.#files.open(spare, "update");
    const header = encodeSegmentHeader({ ...place, salt, firstFrame: this.#nextFrame });
    const out = new ByteWriter();
    beginFrame(out);
    writeHardState(out, state.hardState);
    writeSnapshotMarker(out, state.snapshot, "kept-log");
    writePosition(out, state.lastIndex);
    const frame = endFrame(out, salt, this.#nextFrame);
    const start = new Uint8Array(header.length + frame.length);
    start.set(header);
    start.set(frame, header.length);
    await file.writeThrough(start, 0);
    await this.#files.rename(spare, segmentPath(this.#folder, place.number));
    await this.#files.syncFolder(this.#folder);
    this.#spare = null;
    this.#nextFrame += 1;
    const old = this.#current;
    this.#current = {
      file,
      salt,
      number: place.number,
      size: Math.max(this.#segmentBytes, start.length),
      position: start.length,
      indexMax: 0,
    };
    if (old !== null) {
      this.#closed.push({ number: old.number, indexMax: old.indexMax });
      await old.file.close();
    }
    this.prepareSpare();
  }

  /** Begins to fill the segment after this one with zeros, unless it is there. */
  prepareSpare(): void {
    this.#spare ??= this.#fillSpare();
  }

  async #requireSpare(): Promise<void> {
    this.prepareSpare();
    if ((await this.#spare) === null) return;
    // The disk may have been full then, and have room again by now.
    this.#spare = this.#fillSpare();
    const problem = await this.#spare;
    if (problem !== null) throw problem;
  }

  async #fillSpare(): Promise<StorageError | null> {
    const path = join(this.#folder, SPARE_NAME);
    try {
      const names = await this.#files.list(this.#folder);
      if (names.includes(SPARE_NAME)) {
        if (await this.#isUsable(path)) return null;
        await this.#files.remove(path);
      }
      // A full disk may have left it half filled, and what it takes is given back first.
      if (names.includes(unfinished(SPARE_NAME))) await this.#files.remove(unfinished(path));
      const file = await this.#files.open(unfinished(path), "create");
      try {
        await this.#fill(file);
      } finally {
        await file.close();
      }
      await this.#files.rename(unfinished(path), path);
      return null;
    } catch (error) {
      if (error instanceof StorageError) return error;
      throw error;
    }
  }

  async #fill(file: OpenFile): Promise<void> {
    const zeros = new Uint8Array(Math.min(FILL_BYTES, this.#segmentBytes));
    for (let at = 0; at < this.#segmentBytes; at += zeros.length) {
      await file.write(zeros.subarray(0, Math.min(zeros.length, this.#segmentBytes - at)), at);
      // Piece by piece, so that the syncs of the log never wait for more than one piece.
      await file.sync();
    }
  }

  /** Whether it is as large as is wanted now, and no crash left the beginning of a segment in it. */
  async #isUsable(path: string): Promise<boolean> {
    const file = await this.#files.open(path, "read");
    try {
      const start = new Uint8Array(SEGMENT_HEADER_BYTES);
      await file.read(start, 0);
      return (await file.size()) === this.#segmentBytes && start.every((byte) => byte === 0);
    } finally {
      await file.close();
    }
  }

  /** One after the other and each durable, so that what a crash leaves has no gap. */
  async #delete(number: number): Promise<void> {
    if (!this.#canDelete) return;
    try {
      await this.#files.remove(segmentPath(this.#folder, number));
      await this.#files.syncFolder(this.#folder);
    } catch (error) {
      // A segment too many does no harm, a gap would. It is found at the next start, and released again.
      if (!(error instanceof StorageError)) throw error;
      this.#canDelete = false;
    }
  }

  #requireCurrent(): Current {
    if (this.#current === null) throw new Error("the log has no segment yet, or is closed");
    return this.#current;
  }
}

interface Current {
  readonly file: OpenFile;
  readonly size: number;
  readonly number: number;
  readonly salt: number;
  position: number;
  indexMax: number;
}
