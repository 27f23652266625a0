import type { Write } from "../core/effects.ts";
import type { SnapshotMeta } from "../core/entry.ts";
import type { Durable } from "../core/state.ts";

/** A storage could not do what it was asked, or found what it should not have. */
export interface StorageProblem {
  readonly code:
    | "corrupt"
    | "sync-failed"
    | "write-failed"
    | "read-failed"
    | "disk-full"
    | "unwritable"
    | "locked"
    | "missing-data"
    | "foreign";
  /** One sentence: what was expected and what was found. */
  readonly message: string;
  readonly path: string;
  /** Bytes from the start of the file, where that means something. */
  readonly offset: number | null;
  /** What to try. */
  readonly hint: string;
}

/** After a failed write the storage takes no other: what was in doubt stays in doubt until the next start. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem, cause?: unknown) {
    super(`${problem.message} (${problem.path}${problem.offset === null ? "" : ` at byte ${problem.offset}`})`, {
      cause,
    });
    this.problem = problem;
  }
}

/** A server's disk, open. Every method but `release` rejects with `StorageError`. */
export interface Storage {
  /** What was durable when it was opened. */
  readonly durable: Durable;
  /** Resolves when the write and all before it are durable. Writes that come while a sync runs share the next one. */
  write(write: Write): Promise<void>;
  /** Keeps an image of the state machine in place of the one before; resolves when it is durable. */
  saveSnapshot(snapshot: SnapshotMeta, image: Uint8Array): Promise<void>;
  /** The image of the snapshot at `index`; null where another took its place. */
  readSnapshot(index: number): Promise<Uint8Array | null>;
  /** A piece of the image of the snapshot at `index`; null where another took its place. */
  readChunk(index: number, offset: number, sizeMax: number): Promise<{ data: Uint8Array; isLast: boolean } | null>;
  /** Entries up to `index` may be deleted. */
  release(index: number): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
