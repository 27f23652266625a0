import type { ChunkWrite } from "../core/effects.ts";
import type { SnapshotMeta } from "../core/entry.ts";
import type { Files } from "./files.ts";
import { StorageError } from "./interface.ts";
import { snapshotPath, unfinished } from "./names.ts";
import { type SnapshotFile, SnapshotWriter } from "./snapshot-file.ts";

/**
 * The snapshots in the folder. Every file has a number of its own, and the log says which one counts: a file gets its
 * final name first, then the log is told, then the file before it is removed. A crash in between leaves a file that
 * nobody asks for, and it is removed at the next start.
 */
export class Snapshots {
  readonly #files: Files;
  readonly #folder: string;
  #current: SnapshotFile | null;
  #nextNumber: number;
  #incoming: SnapshotWriter | null = null;

  constructor(files: Files, folder: string, current: SnapshotFile | null, nextNumber: number) {
    this.#files = files;
    this.#folder = folder;
    this.#current = current;
    this.#nextNumber = nextNumber;
  }

  /** For a file that is going to be written. */
  takeNumber(): number {
    this.#nextNumber += 1;
    return this.#nextNumber - 1;
  }

  /** Writes an image, and makes file and name durable. */
  async write(number: number, meta: SnapshotMeta, image: Uint8Array): Promise<SnapshotFile> {
    const path = snapshotPath(this.#folder, number);
    let writer: SnapshotWriter | null = null;
    try {
      writer = await SnapshotWriter.create(this.#files, unfinished(path), meta);
      await writer.append(image);
      return await this.#finish(writer, path);
    } catch (error) {
      await writer?.close().catch(ignoreStorageError);
      // On a full disk it is the room for the log that matters now.
      await this.#files.remove(unfinished(path)).catch(ignoreStorageError);
      throw error;
    }
  }

  /** Takes a chunk from the leader; the last one gives the file, durable, under the number that was taken for it. */
  async collect(chunk: ChunkWrite, number: number | null): Promise<SnapshotFile | null> {
    if (chunk.offset === 0) await this.#beginIncoming(chunk.snapshot);
    const writer = this.#incoming;
    if (writer === null || writer.size !== chunk.offset) {
      throw new Error(`a chunk at ${chunk.offset} was written where ${writer?.size ?? 0} is next`);
    }
    await writer.append(chunk.data);
    if (number === null) return null;
    this.#incoming = null;
    return this.#finish(writer, snapshotPath(this.#folder, number));
  }

  /** The log says that this one counts: the one before goes. */
  async replace(file: SnapshotFile): Promise<void> {
    const old = this.#current;
    this.#current = file;
    if (old !== null) await this.discard(old);
  }

  async discard(file: SnapshotFile): Promise<void> {
    // A file too many does no harm, and the next start removes it.
    await file.retire().catch(ignoreStorageError);
    await this.#files.remove(file.path).catch(ignoreStorageError);
  }

  async read(index: number): Promise<Uint8Array | null> {
    const file = this.#at(index);
    return file === null ? null : file.read(0, file.meta.size);
  }

  async readChunk(index: number, offset: number, sizeMax: number) {
    const file = this.#at(index);
    if (file === null) return null;
    const data = await file.read(offset, sizeMax);
    return { data, isLast: offset + data.length >= file.meta.size };
  }

  async close(): Promise<void> {
    await this.#incoming?.close();
    await this.#current?.retire();
  }

  #at(index: number): SnapshotFile | null {
    return this.#current?.meta.index === index ? this.#current : null;
  }

  async #beginIncoming(meta: SnapshotMeta): Promise<void> {
    const path = unfinished(snapshotPath(this.#folder, 0));
    if (this.#incoming !== null) {
      await this.#incoming.close();
      await this.#files.remove(path);
      this.#incoming = null;
    }
    this.#incoming = await SnapshotWriter.create(this.#files, path, meta);
  }

  async #finish(writer: SnapshotWriter, path: string): Promise<SnapshotFile> {
    const file = await writer.finish(path);
    await this.#files.rename(writer.path, path);
    await this.#files.syncFolder(this.#folder);
    return file;
  }
}

function ignoreStorageError(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}
