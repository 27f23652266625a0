import type { ChunkWrite, Durable, Entry, HardState, SnapshotMeta, Write } from "../core/index.ts";
import type { Random } from "./random.ts";

/** What a disk is asked to keep. Releases are no writes of the core, and never wait. */
export type DiskOperation =
  | { readonly kind: "write"; readonly write: Write }
  | { readonly kind: "snapshot"; readonly snapshot: SnapshotMeta; readonly image: Uint8Array }
  | { readonly kind: "release"; readonly index: number };

interface IncomingImage {
  readonly index: number;
  readonly pieces: Uint8Array[];
  length: number;
}

/** The core asked for something that no storage could do. */
class DiskMisuse extends Error {
  override readonly name = "DiskMisuse";
}

/** What lies on a disk: contents, not lengths, so that what was overwritten comes back if the overwriting is lost. */
export class DiskContent {
  hardState: HardState = { term: 0, votedFor: null };
  snapshot: SnapshotMeta;
  image: Uint8Array;
  entries: Entry[] = [];
  incoming: IncomingImage | null = null;

  constructor(snapshot: SnapshotMeta, image: Uint8Array) {
    this.snapshot = snapshot;
    this.image = image;
  }

  copy(): DiskContent {
    const copy = new DiskContent(this.snapshot, this.image);
    copy.hardState = this.hardState;
    copy.entries = this.entries.slice();
    copy.incoming = this.incoming === null ? null : { ...this.incoming, pieces: this.incoming.pieces.slice() };
    return copy;
  }

  get durable(): Durable {
    return { hardState: this.hardState, snapshot: this.snapshot, entries: this.entries.slice() };
  }

  get lastIndex(): number {
    const last = this.entries[this.entries.length - 1];
    return last === undefined ? this.snapshot.index : Math.max(last.index, this.snapshot.index);
  }

  /** Whether the entry of this index and term is kept here, itself or in the snapshot. */
  holds(index: number, term: number): boolean {
    if (index <= this.snapshot.index) return true;
    const first = this.entries[0];
    return first !== undefined && this.entries[index - first.index]?.term === term;
  }

  perform(operation: DiskOperation): void {
    if (operation.kind === "write") this.#write(operation.write);
    else if (operation.kind === "snapshot") this.#keep(operation.snapshot, operation.image);
    else this.#release(operation.index);
  }

  #write({ truncateFrom, entries, hardState, chunk }: Write): void {
    if (truncateFrom > 0) this.#truncate(truncateFrom);
    for (const entry of entries) this.#append(entry);
    if (hardState !== null) this.hardState = hardState;
    if (chunk !== null) this.#receive(chunk);
  }

  #truncate(from: number): void {
    const first = this.entries[0]?.index ?? from;
    if (from <= this.snapshot.index) throw new DiskMisuse(`truncation from ${from} reaches into the snapshot`);
    this.entries.length = Math.min(this.entries.length, Math.max(0, from - first));
  }

  #append(entry: Entry): void {
    if (entry.index !== this.lastIndex + 1) {
      throw new DiskMisuse(`entry ${entry.index} was written after entry ${this.lastIndex}`);
    }
    this.entries.push(entry);
  }

  #receive({ snapshot, offset, data, isLast }: ChunkWrite): void {
    if (offset === 0) this.incoming = { index: snapshot.index, pieces: [], length: 0 };
    const { incoming } = this;
    if (incoming === null || incoming.index !== snapshot.index || incoming.length !== offset) {
      throw new DiskMisuse(`a piece of snapshot ${snapshot.index} at ${offset} follows ${incoming?.length ?? 0} bytes`);
    }
    incoming.pieces.push(data);
    incoming.length += data.length;
    if (!isLast) return;
    this.snapshot = snapshot;
    this.image = joined(incoming.pieces, incoming.length);
    this.entries = [];
    this.incoming = null;
  }

  #keep(snapshot: SnapshotMeta, image: Uint8Array): void {
    if (snapshot.index <= this.snapshot.index) return;
    this.snapshot = snapshot;
    this.image = image;
  }

  #release(index: number): void {
    const first = this.entries[0];
    const released = Math.min(index, this.snapshot.index);
    if (first === undefined || released < first.index) return;
    this.entries.splice(0, released - first.index + 1);
  }
}

/** How a server stopped, as far as its disk is concerned. */
export interface Stop {
  /** The machine lost its power, and not only the process its life. */
  readonly power: boolean;
  /**
   * The first write that is lost was under way. Its record is whole or it is no record: what is there of it is found out
   * by its checksum and cut off, so that the contents are the same as if it had not begun.
   */
  readonly torn: boolean;
}

/** What a stop took away. */
export interface Lost {
  readonly writes: number;
  readonly isTorn: boolean;
  /** Something is gone that was called durable. */
  readonly isDurable: boolean;
}

/**
 * A disk as the process sees it, and as it is found after a power cut. They differ by what was asked for and is not
 * synced, and by what the disk only said was synced.
 */
export class Disk {
  /** What the process was told is durable. */
  view: DiskContent;
  /** What it had said it had, once a lie was found out. */
  #said: DiskContent | null = null;
  /** Writes that were asked for and not yet called durable, oldest first. */
  readonly queue: Write[] = [];
  /** How many of them the sync under way is about; 0 where none is. */
  syncing = 0;
  isLying = false;
  /** What is really durable; the same object as `view` where the disk has told the truth. */
  #synced: DiskContent;
  readonly #unsynced: DiskOperation[] = [];

  constructor(content: DiskContent) {
    this.view = content;
    this.#synced = content;
  }

  lie(): void {
    this.isLying = true;
    if (this.#synced === this.view) this.#synced = this.view.copy();
  }

  get hasLied(): boolean {
    return this.#unsynced.length > 0;
  }

  /** The sync under way is done, or the disk says so. Gives the writes that it was about. */
  synced(): Write[] {
    const writes = this.queue.splice(0, this.syncing);
    this.syncing = 0;
    for (const write of writes) this.#acknowledge({ kind: "write", write });
    return writes;
  }

  perform(operation: DiskOperation): void {
    this.#acknowledge(operation);
  }

  /**
   * Whether it has that entry, as far as others may count on it. A server whose disk was found lying never comes back:
   * it will vote for nobody without the entry, which is all that a majority needs of it.
   */
  stands(index: number, term: number): boolean {
    return (this.#said ?? this.view).holds(index, term);
  }

  /** Leaves what a start finds. */
  stop({ power, torn }: Stop, random: Random): Lost {
    const lies = power ? this.#unsynced.length : 0;
    const all: DiskOperation[] = this.#unsynced.slice(0, lies);
    for (const write of this.queue) all.push({ kind: "write", write });
    const found = power ? this.#synced : this.view;
    const kept = random.below(all.length + 1);
    for (let i = 0; i < kept; i += 1) found.perform(all[i] as DiskOperation);
    const cut = all[kept];
    const isTorn = torn && cut?.kind === "write";
    this.queue.length = 0;
    this.#unsynced.length = 0;
    this.syncing = 0;
    this.isLying = false;
    found.incoming = null;
    if (kept < lies) this.#said = this.view;
    this.view = found;
    this.#synced = found;
    return { writes: all.length - kept, isTorn, isDurable: kept < lies };
  }

  #acknowledge(operation: DiskOperation): void {
    this.view.perform(operation);
    if (this.isLying) this.#unsynced.push(operation);
    else if (this.#synced !== this.view) {
      this.#synced = this.view;
      this.#unsynced.length = 0;
    }
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
