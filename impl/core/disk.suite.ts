import type { ChunkWrite, Configuration, Durable, Entry, HardState, SnapshotMeta, Write } from "./index.ts";
import { noConfiguration } from "./index.ts";

/** A disk for tests of this room: it holds exactly the writes that were made durable, and nothing of the others. */
export class Disk {
  #hardState: HardState = { term: 0, votedFor: null };
  #snapshot: SnapshotMeta;
  #image = new Uint8Array();
  #entries: Entry[] = [];
  #pieces: number[] = [];

  /** `initial` is what the cluster begins with; null for a server that joins one. */
  constructor(initial: Configuration | null) {
    this.#snapshot = { index: 0, term: 0, configuration: initial ?? noConfiguration, size: 0 };
  }

  get durable(): Durable {
    return { hardState: this.#hardState, snapshot: this.#snapshot, entries: [...this.#entries] };
  }

  get snapshot(): SnapshotMeta {
    return this.#snapshot;
  }

  /** Whether the entry would be found after a crash, itself or in a snapshot. */
  holds({ index, term }: Entry): boolean {
    return index <= this.#snapshot.index || this.#entries.some((one) => one.index === index && one.term === term);
  }

  makeDurable({ hardState, truncateFrom, entries, chunk }: Write): void {
    if (truncateFrom > 0) this.#entries = this.#entries.filter((entry) => entry.index < truncateFrom);
    for (const entry of entries) {
      const expected = 1 + (this.#entries.at(-1)?.index ?? this.#snapshot.index);
      if (entry.index !== expected) throw new Error(`entry ${entry.index} is written where ${expected} is next`);
      this.#entries.push(entry);
    }
    if (hardState !== null) this.#hardState = hardState;
    if (chunk !== null) this.#collect(chunk);
  }

  #collect({ snapshot, offset, data, isLast }: ChunkWrite): void {
    if (offset === 0) this.#pieces = [];
    if (offset !== this.#pieces.length) {
      throw new Error(`a piece at ${offset} is written where ${this.#pieces.length} is next`);
    }
    this.#pieces.push(...data);
    if (!isLast) return;
    if (this.#pieces.length !== snapshot.size) {
      throw new Error(`a snapshot of ${snapshot.size} bytes has ${this.#pieces.length}`);
    }
    this.#snapshot = snapshot;
    this.#image = Uint8Array.from(this.#pieces);
    this.#entries = [];
  }

  /** Keeps an own snapshot, unless a newer one is there. */
  saveSnapshot(snapshot: SnapshotMeta, image: Uint8Array): void {
    if (snapshot.index <= this.#snapshot.index) return;
    this.#snapshot = snapshot;
    this.#image = Uint8Array.from(image);
  }

  /** Deletes entries that the snapshot stands for. */
  release(index: number): void {
    if (index > this.#snapshot.index) throw new Error(`entry ${index} is released and in no snapshot`);
    this.#entries = this.#entries.filter((entry) => entry.index > index);
  }

  /** The image at `index`; null where another took its place. */
  image(index: number): Uint8Array | null {
    return index === this.#snapshot.index ? this.#image : null;
  }

  readChunk(index: number, offset: number, sizeMax: number): { data: Uint8Array | null; isLast: boolean } {
    const image = this.image(index);
    if (image === null) return { data: null, isLast: false };
    const data = image.slice(offset, offset + sizeMax);
    return { data, isLast: offset + data.length >= image.length };
  }

  /** Half a snapshot is nothing after a crash. */
  crash(): void {
    this.#pieces = [];
  }
}
