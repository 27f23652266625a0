/** What the commands need of the world, as parameters: tests hand over another world. */
import type { Hire } from "../checker/parallel/index.ts";
import type { OpenedStorage, UnopenedStorage } from "./folder-storage.ts";
import type { Recipe } from "./recipe.ts";
import type { SpecSource } from "./spec-source.ts";
import type { Watch } from "./watch.ts";

export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
}

/** A file operation that failed: the code of the operating system (`ENOENT`, `ENOSPC`) and its message. */
export interface FileFailure {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

/** What an error of the operating system says. */
export function failureOf(error: unknown): FileFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "EUNKNOWN";
  return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
}

export interface Files {
  readonly read: (path: string) => Promise<{ readonly ok: true; readonly text: string } | FileFailure>;
  /** Writes the whole file or leaves what was there, and makes the folders it needs. */
  readonly write: (path: string, text: string) => Promise<{ readonly ok: true } | FileFailure>;
}

export type Interrupt = "SIGINT" | "SIGTERM";

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly files: Files;
  readonly specs: SpecSource;
  /** Who can end the run from outside. */
  readonly watch: Watch;
  /** The version of this tool, which traces carry. */
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
  /** Bytes of the heap in use, garbage included. */
  readonly heapBytes: () => number;
  /** Takes the garbage out of the heap; slow. */
  readonly collectGarbage: () => void;
  /** How much of the heap a run may use where it is given no limit. */
  readonly heapBytesMax: number;
  /** Bytes that a search may use outside the heap where it is given no limit. */
  readonly memoryBytesMax: number;
  /** Threads that the machine runs at once. */
  readonly processors: number;
  /** Makes room on disk for what one search cannot keep in memory, in this folder or in one of the system's choice. */
  readonly openStorage: (folder: string | null) => OpenedStorage | UnopenedStorage;
  /** Starts threads that work on this model; null where the world has none. */
  readonly hire: ((recipe: Recipe) => Hire) | null;
  /** Lets signals and output have their turn. */
  readonly turn: () => Promise<void>;
  /** The same after a moment, for who has nothing to do but wait. */
  readonly rest: () => Promise<void>;
  /** Calls the listener at each interrupt until the returned function is called. */
  readonly onInterrupt: (listener: (interrupt: Interrupt) => void) => () => void;
  /** Ends the process here and now. */
  readonly endAtOnce: (code: number) => void;
}
