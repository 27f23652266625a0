import type { Storage, StoredFile } from "./storage.ts";

/**
 * The disk of one search. What it has no room for stays in memory until it has: writing goes on for the moment, and who
 * writes much asks `isFull` now and then, and rests while it is. Nobody reads such a file meanwhile.
 */
export class Disk {
  /** Bytes written so far, and sorted runs among the files. */
  bytes = 0;
  runs = 0;
  readonly #storage: Storage;
  readonly #waiting: { readonly file: StoredFile; readonly words: Int32Array; readonly at: number }[] = [];

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  create(): StoredFile {
    return this.#storage.create();
  }

  /** The words may be written over afterwards. */
  write(file: StoredFile, words: Int32Array, at: number): void {
    this.bytes += words.byteLength;
    if (this.isFull || !file.write(words, at)) this.#waiting.push({ file, words: words.slice(), at });
  }

  read(file: StoredFile, into: Int32Array, at: number): void {
    if (this.#waiting.some((one) => one.file === file)) throw new Error("nobody reads what waits to be written");
    file.read(into, at);
  }

  /** True where something waits to be written. */
  get isFull(): boolean {
    return this.#waiting.length > 0;
  }

  /** Writes what waits, as far as there is room now. */
  retry(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined || !first.file.write(first.words, first.at)) return;
      this.#waiting.shift();
    }
  }
}
