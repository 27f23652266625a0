import type { Bits } from "./bits.ts";
import type { Disk } from "./disk.ts";
import type { StoredFile } from "./storage.ts";

/** A frontier on disk: chunks of rows, of which each says in its first word how many of its words are used. */
export class RowFile {
  /** Rows in the file. */
  rows = 0;
  /** Which of the rows count, by their numbers; null where all do. */
  kept: Bits | null = null;
  readonly #disk: Disk;
  #file: StoredFile | null = null;
  #written = 0;
  #read = 0;
  #chunk = new Int32Array(0);
  readonly #used = new Int32Array(1);

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  append(chunk: Int32Array): void {
    this.#file ??= this.#disk.create();
    const used = chunk[0] ?? 1;
    this.#disk.write(this.#file, chunk.subarray(0, used), this.#written);
    this.#written += used;
  }

  /** The next chunk, in memory that is used again; null after the last one. */
  next(): Int32Array | null {
    if (this.#file === null || this.#read >= this.#written) return null;
    this.#disk.read(this.#file, this.#used, this.#read);
    const used = this.#used[0] ?? 1;
    if (used > this.#chunk.length) this.#chunk = new Int32Array(used);
    this.#disk.read(this.#file, this.#chunk.subarray(0, used), this.#read);
    this.#read += used;
    return this.#chunk;
  }

  remove(): void {
    this.#file?.remove();
    this.#file = null;
  }
}
