import type { ChunkWrite, Write } from "../core/effects.ts";
import { ByteWriter } from "../core/encoding/bytes.ts";
import type { SnapshotMeta } from "../core/entry.ts";
import type { Durable } from "../core/state.ts";
import { beginFrame, FRAME_HEADER_BYTES } from "./frame.ts";
import { type Storage, StorageError, type StorageProblem } from "./interface.ts";
import { closedProblem } from "./memory-storage.ts";
import { writeEntryRecord, writeHardState, writeSnapshotMarker, writeTruncation } from "./record.ts";
import type { LogState, SegmentedLog } from "./segmented-log.ts";
import type { SnapshotFile } from "./snapshot-file.ts";
import type { Snapshots } from "./snapshots.ts";

/** What a sync made durable: for metrics. */
export interface SyncReport {
  readonly milliseconds: number;
  readonly bytes: number;
  readonly writes: number;
}

export interface FolderParts {
  readonly folder: string;
  readonly durable: Durable;
  readonly state: LogState;
  readonly log: SegmentedLog;
  readonly snapshots: Snapshots;
  readonly unlock: () => Promise<void>;
  readonly onSync: (report: SyncReport) => void;
}

/** Beyond this a batch takes no more writes, so that the frames of a large backlog stay of a moderate size. */
const BATCH_BYTES_MAX = 4 << 20;

/**
 * A storage in a folder. Writes are encoded as they come, into the batch that waits; while one batch is on its way to
 * the disk, all others gather in the next. A batch is one frame: it is found after a crash as a whole or not at all.
 */
export class FolderStorage implements Storage {
  readonly durable: Durable;
  readonly #parts: FolderParts;
  /** What is true when all that is queued is durable. */
  #queued: LogState;
  #state: LogState;
  #waiting: Batch[] = [];
  #run: Promise<void> | null = null;
  #saving: Promise<void> = Promise.resolve();
  #failure: StorageError | null = null;
  /** What `close` waits for, once it was called. */
  #closing: Promise<void> | null = null;
  /** Whether anything was written since a clean end was marked. */
  #isDirty = false;

  constructor(parts: FolderParts) {
    const { durable, state } = parts;
    this.#parts = parts;
    this.durable = durable;
    this.#state = state;
    this.#queued = state;
  }

  async write(write: Write): Promise<void> {
    this.#requireUsable();
    const batch = this.#openBatch();
    this.#encode(write, batch);
    await this.#queue(batch);
  }

  async saveSnapshot(snapshot: SnapshotMeta, image: Uint8Array): Promise<void> {
    this.#requireUsable();
    const saving = this.#saving.then(() => this.#save(snapshot, image));
    this.#saving = saving.catch(() => undefined);
    await saving;
  }

  async readSnapshot(index: number): Promise<Uint8Array | null> {
    this.#requireUsable();
    return this.#parts.snapshots.read(index);
  }

  async readChunk(index: number, offset: number, sizeMax: number) {
    this.#requireUsable();
    return this.#parts.snapshots.readChunk(index, offset, sizeMax);
  }

  release(index: number): void {
    if (this.#failure !== null || this.#closing !== null) return;
    this.#parts.log.release(Math.min(index, this.#state.snapshot.meta.index));
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await this.#saving;
    await this.#run;
    try {
      // An empty frame at the end proves that the one before it was durable: damage to it is no torn tail then.
      if (this.#failure === null && this.#isDirty) await this.#appendSeal();
    } finally {
      await this.#closeParts();
    }
  }

  async #closeParts(): Promise<void> {
    const { log, snapshots, unlock } = this.#parts;
    try {
      await log.close();
      await snapshots.close();
    } finally {
      await unlock();
    }
  }

  #encode(write: Write, batch: Batch): void {
    const { out } = batch;
    const { hardState, truncateFrom, entries, chunk } = write;
    const lastIndex = this.#requireConsecutive(write);
    if (truncateFrom > 0) writeTruncation(out, truncateFrom);
    for (const entry of entries) writeEntryRecord(out, entry);
    if (entries.length > 0) batch.indexMax = Math.max(batch.indexMax, lastIndex);
    if (hardState !== null) writeHardState(out, hardState);
    this.#queued = { ...this.#queued, lastIndex, hardState: hardState ?? this.#queued.hardState };
    if (chunk !== null) this.#encodeChunk(chunk, batch);
    batch.after = this.#queued;
  }

  /** The pieces are no part of the log. The last one's frame follows when the file is there, and makes it count. */
  #encodeChunk(chunk: ChunkWrite, batch: Batch): void {
    const number = chunk.isLast ? this.#parts.snapshots.takeNumber() : null;
    batch.chunks.push({ chunk, number });
    if (number === null) return;
    const snapshot = { number, meta: chunk.snapshot };
    writeSnapshotMarker(batch.out, snapshot, "new-log");
    this.#queued = { ...this.#queued, snapshot, lastIndex: chunk.snapshot.index };
  }

  async #save(meta: SnapshotMeta, image: Uint8Array): Promise<void> {
    const { snapshots } = this.#parts;
    if (this.#queued.snapshot.meta.index >= meta.index) return;
    const { lastIndex } = this.#queued;
    if (meta.index > lastIndex) throw new Error(`a snapshot at ${meta.index} is beyond entry ${lastIndex}`);
    const number = snapshots.takeNumber();
    let file: SnapshotFile;
    try {
      file = await snapshots.write(number, meta, image);
    } catch (error) {
      // Where there is no room for a snapshot, the log goes on. A sync that failed stops everything.
      if (error instanceof StorageError && error.problem.code === "sync-failed") this.#fail(error, []);
      throw error;
    }
    this.#requireSound();
    // One from the leader may have overtaken it.
    if (this.#queued.snapshot.meta.index >= meta.index) return snapshots.discard(file);
    const batch = this.#openBatch();
    const snapshot = { number, meta };
    writeSnapshotMarker(batch.out, snapshot, "kept-log");
    this.#queued = { ...this.#queued, snapshot };
    batch.after = this.#queued;
    batch.saved.push(file);
    await this.#queue(batch);
  }

  #openBatch(): Batch {
    const last = this.#waiting[this.#waiting.length - 1];
    if (last !== undefined && last.out.length < BATCH_BYTES_MAX) return last;
    const out = new ByteWriter(1 << 12);
    beginFrame(out);
    const batch: Batch = { out, chunks: [], saved: [], waiters: [], indexMax: 0, after: this.#queued };
    this.#waiting.push(batch);
    return batch;
  }

  #queue(batch: Batch): Promise<void> {
    const done = new Promise<void>((resolve, reject) => batch.waiters.push({ resolve, reject }));
    this.#run ??= this.#flushAll();
    return done;
  }

  async #flushAll(): Promise<void> {
    // Whatever is asked for in the same turn shares the first sync.
    await Promise.resolve();
    for (let batch = this.#waiting.shift(); batch !== undefined; batch = this.#waiting.shift()) {
      try {
        await this.#flush(batch);
      } catch (error) {
        this.#fail(error, batch.waiters);
        break;
      }
      for (const { resolve } of batch.waiters) resolve();
    }
    this.#run = null;
  }

  async #flush(batch: Batch): Promise<void> {
    const { log, snapshots, onSync } = this.#parts;
    const files = batch.saved;
    for (const { chunk, number } of batch.chunks) {
      const file = await snapshots.collect(chunk, number);
      if (file !== null) files.push(file);
    }
    if (batch.out.length > FRAME_HEADER_BYTES) {
      const start = performance.now();
      const bytes = batch.out.length;
      this.#isDirty = true;
      await log.append(batch.out, this.#state, batch.indexMax);
      onSync({ milliseconds: performance.now() - start, bytes, writes: batch.waiters.length });
    }
    this.#state = batch.after;
    for (const file of inOrderOf(files)) await snapshots.replace(file);
  }

  async #appendSeal(): Promise<void> {
    const out = new ByteWriter(FRAME_HEADER_BYTES);
    beginFrame(out);
    await this.#parts.log.append(out, this.#state, 0);
  }

  /** What is in doubt stays in doubt: an fsync that failed may have dropped the pages that a second one would miss. */
  #fail(error: unknown, waiters: readonly Waiter[]): void {
    if (error instanceof StorageError) this.#failure ??= error;
    else this.#failure ??= new StorageError(stoppedProblem(this.#parts.folder, error), error);
    for (const { reject } of [...waiters, ...this.#waiting.flatMap((batch) => batch.waiters)]) reject(error);
    this.#waiting = [];
  }

  #requireUsable(): void {
    this.#requireSound();
    if (this.#closing !== null) throw new StorageError(closedProblem(this.#parts.folder));
  }

  #requireSound(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  /** The index of the last entry after the write. */
  #requireConsecutive({ truncateFrom, entries }: Write): number {
    const { lastIndex } = this.#queued;
    let last = truncateFrom > 0 ? Math.min(lastIndex, truncateFrom - 1) : lastIndex;
    for (const entry of entries) {
      if (entry.index !== last + 1) throw new Error(`entry ${entry.index} is written where ${last + 1} is next`);
      last = entry.index;
    }
    return last;
  }
}

/** Writes that become durable with one frame. */
interface Batch {
  readonly out: ByteWriter;
  readonly chunks: { readonly chunk: ChunkWrite; readonly number: number | null }[];
  /** Snapshots of this server, already durable, that count as soon as the frame is. */
  readonly saved: SnapshotFile[];
  readonly waiters: Waiter[];
  /** The greatest index of an entry in it, 0 for none. */
  indexMax: number;
  after: LogState;
}

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

function stoppedProblem(path: string, error: unknown): StorageProblem {
  const why = error instanceof Error ? error.message : String(error);
  const message = `the storage stopped, because something was asked of it that makes no sense: ${why}`;
  return {
    code: "write-failed",
    message,
    path,
    offset: null,
    hint: "this is an error of the program; please report it",
  };
}

/** In the order of their indexes, which is the one in which they were asked for. */
function inOrderOf(files: readonly SnapshotFile[]): SnapshotFile[] {
  return [...files].sort((one, other) => one.meta.index - other.meta.index);
}
