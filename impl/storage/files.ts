/**
 * The few things that a storage asks of a file system, so that tests can bring one that fails. Calls reject with an
 * `Error` that has Node's `code` (ENOSPC, EIO, ENOENT, ...).
 */
export interface Files {
  /** Names in the folder. */
  list(folder: string): Promise<string[]>;
  /** With the folders above it; nothing happens if it is there. */
  createFolder(folder: string): Promise<void>;
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** Replaces what is there. Durable after `syncFolder`, like all that changes names. */
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; rejects with EEXIST where the name is taken. */
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  syncFolder(folder: string): Promise<void>;
}

/** `create` rejects with EEXIST where the name is taken; the others need the file. Only `update` has `writeThrough`. */
export type OpenMode = "read" | "create" | "update";

export interface OpenFile {
  size(): Promise<number>;
  /** Reads until the array is full or the file ends; resolves with the number of bytes. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Writes all of it. */
  write(data: Uint8Array, position: number): Promise<void>;
  /** What was written is durable, with what is needed to find it again (fdatasync). */
  sync(): Promise<void>;
  /** `write` and `sync` of it in one: the system call of a write-ahead log, and worth one trip through the thread pool. */
  writeThrough(data: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
}

/** The Node `code` of an error, or null. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
