/** The files of a search that is short of memory, in a folder of their own that is gone when the search is. */
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Storage, StorageError, type StoredFile } from "../checker/index.ts";
import { type FileFailure, failureOf } from "./io.ts";

export interface OpenedStorage extends Storage {
  readonly ok: true;
  /** The folder, as the user would look for it. */
  readonly folder: string;
  /** Removes the folder with all that is in it. */
  readonly close: () => void;
}

/** What kept a folder from being made, and in which one. */
export interface UnopenedStorage extends FileFailure {
  readonly folder: string;
}

/** Makes a folder for the files of one search, in this one or, where it is null, where the system keeps what is temporary. */
export function openFolderStorage(
  within: string | null,
  write: typeof writeSync = writeSync,
): OpenedStorage | UnopenedStorage {
  let folder: string;
  try {
    if (within !== null) mkdirSync(within, { recursive: true });
    folder = mkdtempSync(join(within ?? tmpdir(), "lockstep-spill-"));
  } catch (error) {
    return { ...failureOf(error), folder: within ?? tmpdir() };
  }
  const open = new Set<FolderFile>();
  let files = 0;
  const close = (): void => {
    process.off("exit", close);
    for (const file of open) file.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", close);
  const create = (): StoredFile => {
    files += 1;
    const file = new FolderFile(join(folder, String(files)), write, () => open.delete(file));
    open.add(file);
    return file;
  };
  return { ok: true, folder, close, create };
}

class FolderFile implements StoredFile {
  readonly #path: string;
  readonly #writeSync: typeof writeSync;
  readonly #removed: () => void;
  #opened: number | null = null;

  constructor(path: string, write: typeof writeSync, removed: () => void) {
    this.#path = path;
    this.#writeSync = write;
    this.#removed = removed;
  }

  write(words: Int32Array, at: number): boolean {
    const bytes = bytesOf(words);
    try {
      const file = this.#file();
      for (let done = 0; done < bytes.length; )
        done += this.#writeSync(file, bytes, done, bytes.length - done, at * 4 + done);
      return true;
    } catch (error) {
      const { code, message } = failureOf(error);
      if (code === "ENOSPC" || code === "EDQUOT") return false;
      throw new StorageError(message, { cause: error });
    }
  }

  read(into: Int32Array, at: number): void {
    const bytes = bytesOf(into);
    try {
      const file = this.#file();
      for (let done = 0; done < bytes.length; ) {
        const got = readSync(file, bytes, done, bytes.length - done, at * 4 + done);
        if (got === 0) throw new Error(`${this.#path} ends too early`);
        done += got;
      }
    } catch (error) {
      throw new StorageError(failureOf(error).message, { cause: error });
    }
  }

  remove(): void {
    if (this.#opened !== null) closeSync(this.#opened);
    this.#opened = null;
    this.#removed();
  }

  /** The file is opened when something is written, and has no name from then on: it goes with a process that is killed. */
  #file(): number {
    if (this.#opened !== null) return this.#opened;
    const file = openSync(this.#path, "w+");
    this.#opened = file;
    try {
      unlinkSync(this.#path);
    } catch {
      // Windows keeps the name of an open file. The folder is removed at the end, and the file with it.
    }
    return file;
  }
}

function bytesOf(words: Int32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
