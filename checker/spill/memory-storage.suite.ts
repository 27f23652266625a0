/** A disk for tests, in memory. It can be full for a while, and counts what it is asked. */
import type { Storage, StoredFile } from "./storage.ts";

export interface MemoryStorage extends Storage {
  /** Files that were made and not removed. */
  readonly files: () => number;
}

/** `isFull` is asked before each write, with the words to be written. */
export function memoryStorage(isFull: (words: number) => boolean = () => false): MemoryStorage {
  let files = 0;
  const create = (): StoredFile => {
    files += 1;
    let content = new Int32Array(16);
    let used = 0;
    return {
      write(words, at) {
        // A disk that is almost full takes a part.
        const taken = isFull(words.length) ? Math.floor(words.length / 2) : words.length;
        if (at + taken > content.length) {
          const larger = new Int32Array(2 * (at + taken));
          larger.set(content);
          content = larger;
        }
        content.set(words.subarray(0, taken), at);
        used = Math.max(used, at + taken);
        return taken === words.length;
      },
      read(into, at) {
        if (at + into.length > used) throw new RangeError("what was not written cannot be read");
        into.set(content.subarray(at, at + into.length));
      },
      remove() {
        files -= 1;
        content = new Int32Array(0);
        used = 0;
      },
    };
  };
  return { create, files: () => files };
}
