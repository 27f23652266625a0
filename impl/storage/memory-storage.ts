import { type Configuration, noConfiguration } from "../core/configuration.ts";
import type { ChunkWrite, Write } from "../core/effects.ts";
import type { Entry, HardState, SnapshotMeta } from "../core/entry.ts";
import type { Durable } from "../core/state.ts";
import { type Storage, StorageError, type StorageProblem } from "./interface.ts";

/**
 * A disk without promises, for simulations and as the oracle of the real storage. What is applied lies in a cache until
 * it is synced; a power cut keeps as many of the unsynced operations as it is told to, oldest first, and loses the rest.
 *
 * An operation is a write or a snapshot that was saved. It is there as a whole or not at all, as on the real disk, where
 * a checksum covers it. Whoever simulates a disk that lies about fsync tells the server that a write is durable and
 * does not call `sync`.
 */
export class MemoryDisk {
  #hardState: HardState = { term: 0, votedFor: null };
  #snapshot: SnapshotMeta;
  #image = new Uint8Array(0);
  #entries: Entry[] = [];
  #incoming: Incoming | null = null;
  #unsynced: Operation[] = [];

  /** A new server's disk. `initial` is what the cluster begins with; null for a server that is added to one. */
  constructor(initial: Configuration | null) {
    this.#snapshot = { index: 0, term: 0, configuration: initial ?? noConfiguration, size: 0 };
  }

  /** Takes the write into the cache. */
  apply(write: Write): void {
    this.#unsynced.push({ kind: "write", write });
  }

  /** Takes the snapshot into the cache; a snapshot that is not newer than the present one changes nothing. */
  saveSnapshot(snapshot: SnapshotMeta, image: Uint8Array): void {
    requireSize(snapshot, image.length);
    this.#unsynced.push({ kind: "save", snapshot, image });
  }

  /** How many operations a power cut may lose. */
  get unsynced(): number {
    return this.#unsynced.length;
  }

  /** Makes the oldest `count` unsynced operations durable: those that were there when the sync began. */
  sync(count = this.#unsynced.length): void {
    for (const operation of this.#unsynced.slice(0, count)) this.#fold(operation);
    this.#unsynced = this.#unsynced.slice(count);
  }

  /** The oldest `keepUnsynced` unsynced operations turn out durable, the others are gone, and so is half a snapshot. */
  powerCut(keepUnsynced: number): void {
    this.sync(keepUnsynced);
    this.#unsynced = [];
    this.#incoming = null;
  }

  /** What a server would find if it started now. */
  durable(): Durable {
    return { hardState: this.#hardState, snapshot: this.#snapshot, entries: [...this.#entries] };
  }

  /** The durable image at `index`; null where there is none, or another. It is no copy: leave it as it is. */
  readSnapshot(index: number): Uint8Array | null {
    return index === this.#snapshot.index && index > 0 ? this.#image : null;
  }

  /** A piece of that image, at most `sizeMax` bytes from `offset` on. */
  readChunk(index: number, offset: number, sizeMax: number): { data: Uint8Array; isLast: boolean } | null {
    const image = this.readSnapshot(index);
    if (image === null) return null;
    const end = Math.min(offset + sizeMax, image.length);
    return { data: image.subarray(offset, end), isLast: end === image.length };
  }

  /** Durable entries up to `index` are deleted, as far as the durable snapshot stands for them. */
  release(index: number): void {
    const last = Math.min(index, this.#snapshot.index);
    const first = this.#entries[0]?.index ?? last + 1;
    if (first <= last) this.#entries = this.#entries.slice(last - first + 1);
  }

  #fold(operation: Operation): void {
    if (operation.kind === "write") this.#foldWrite(operation.write);
    else if (operation.snapshot.index > this.#snapshot.index) {
      this.#snapshot = operation.snapshot;
      this.#image = operation.image.slice();
    }
  }

  #foldWrite(write: Write): void {
    if (write.truncateFrom > 0) this.#truncate(write.truncateFrom);
    for (const entry of write.entries) {
      const expected = 1 + (this.#entries.at(-1)?.index ?? this.#snapshot.index);
      if (entry.index !== expected) throw new Error(`entry ${entry.index} is written where ${expected} is next`);
      this.#entries.push(entry);
    }
    if (write.hardState !== null) this.#hardState = write.hardState;
    if (write.chunk !== null) this.#collect(write.chunk);
  }

  #truncate(from: number): void {
    const first = this.#entries[0]?.index ?? from;
    this.#entries.length = Math.min(this.#entries.length, Math.max(0, from - first));
  }

  #collect(chunk: ChunkWrite): void {
    if (chunk.offset === 0) this.#incoming = { pieces: [], size: 0 };
    const incoming = this.#incoming;
    if (incoming === null || incoming.size !== chunk.offset) {
      throw new Error(`a chunk at ${chunk.offset} was written where ${incoming?.size ?? 0} is next`);
    }
    incoming.pieces.push(chunk.data.slice());
    incoming.size += chunk.data.length;
    if (!chunk.isLast) return;
    requireSize(chunk.snapshot, incoming.size);
    this.#snapshot = chunk.snapshot;
    this.#image = concatenate(incoming.pieces, incoming.size);
    this.#entries = [];
    this.#incoming = null;
  }
}

/**
 * A storage on a disk in memory, which it syncs once for all writes of one turn of the event loop. The disk outlives
 * it: a server that starts again opens the same disk.
 */
export function memoryStorage(disk: MemoryDisk): Storage {
  return new MemoryStorage(disk);
}

class MemoryStorage implements Storage {
  readonly durable: Durable;
  readonly #disk: MemoryDisk;
  #sync: Promise<void> | null = null;
  #isClosed = false;

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
    this.durable = disk.durable();
  }

  async write(write: Write): Promise<void> {
    this.#requireOpen();
    this.#disk.apply(write);
    await this.#synced();
  }

  async saveSnapshot(snapshot: SnapshotMeta, image: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#disk.saveSnapshot(snapshot, image);
    await this.#synced();
  }

  async readSnapshot(index: number): Promise<Uint8Array | null> {
    this.#requireOpen();
    return this.#disk.readSnapshot(index)?.slice() ?? null;
  }

  async readChunk(index: number, offset: number, sizeMax: number) {
    this.#requireOpen();
    return this.#disk.readChunk(index, offset, sizeMax);
  }

  release(index: number): void {
    if (!this.#isClosed) this.#disk.release(index);
  }

  async close(): Promise<void> {
    await this.#sync;
    this.#isClosed = true;
  }

  #synced(): Promise<void> {
    this.#sync ??= Promise.resolve().then(() => {
      this.#sync = null;
      this.#disk.sync();
    });
    return this.#sync;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new StorageError(closedProblem("(in memory)"));
  }
}

/** What a storage answers when it is asked for something after its end. */
export function closedProblem(path: string): StorageProblem {
  return {
    code: "write-failed",
    message: "the storage is closed",
    path,
    offset: null,
    hint: "open the folder again",
  };
}

type Operation =
  | { readonly kind: "write"; readonly write: Write }
  | { readonly kind: "save"; readonly snapshot: SnapshotMeta; readonly image: Uint8Array };

/** A snapshot that is being received. */
interface Incoming {
  readonly pieces: Uint8Array[];
  size: number;
}

function requireSize(snapshot: SnapshotMeta, size: number): void {
  if (snapshot.size !== size) {
    throw new Error(`the image at index ${snapshot.index} has ${size} bytes and was announced with ${snapshot.size}`);
  }
}

function concatenate(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
