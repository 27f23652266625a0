/** What a search that is short of memory needs of a disk. The room that may touch files implements it. */

/** A file of words, written and read by their places, counted in words from its beginning. */
export interface StoredFile {
  /** Writes these words from this place on; false where the disk is full, and then any part of them may stand there. */
  write(words: Int32Array, at: number): boolean;
  /** Fills the array with what stands from this place on, all of which was written. */
  read(into: Int32Array, at: number): void;
  /** Gives back the room that the file takes; nobody asks for it again. */
  remove(): void;
}

export interface Storage {
  /** A new file without words. */
  create(): StoredFile;
}

/** A disk that fails in another way than being full. */
export class StorageError extends Error {}
