/** Where a run says what it is at, so that it can be ended from outside whatever it does, with what it found so far. */
import type { Progress } from "../checker/index.ts";
import type { Report } from "../checker/report/index.ts";
import type { ModelDeclaration } from "../spec/lang/index.ts";
import type { RunOptions } from "./run-options.ts";

/** What to print of a search that is ended from outside: its report, but for what it finds and what ends it. */
export interface Unfinished {
  readonly report: Report;
  readonly options: Pick<RunOptions, "reporter" | "full" | "strict" | "expect">;
  readonly version: string;
  readonly isColoured: boolean;
  /** How to go on with the search where its folder holds a checkpoint; null where it is not kept. */
  readonly resume: { readonly folder: string; readonly command: string } | null;
}

export interface Watch {
  /** The same declaration, with functions that say when they are called. */
  readonly marked: (declaration: ModelDeclaration) => ModelDeclaration;
  /** Runs what the file of a spec does when it is loaded. */
  readonly loading: <R>(file: string, run: () => R) => R;
  /** The run is to end after so many seconds. */
  readonly bounded: (seconds: number | undefined) => void;
  /** A search begins that pauses and answers to its limits; null where it does not, and can only be ended from outside. */
  readonly searching: (unfinished: Unfinished | null) => void;
  readonly shown: (progress: Progress) => void;
  /** True once a signal or the time of the run asks for its end: the search learns it from here before its next pause. */
  readonly isAskedToEnd: () => boolean;
  /** Something is written that a later run goes on from: it must be written whole. */
  readonly keeping: () => void;
  readonly kept: () => void;
  /** The search is over. What follows ends by itself. */
  readonly concluding: () => void;
}

/** For a world in which no run is ended from outside. */
export const unwatched: Watch = {
  marked: (declaration) => declaration,
  loading: (_, run) => run(),
  bounded: () => undefined,
  searching: () => undefined,
  shown: () => undefined,
  isAskedToEnd: () => false,
  keeping: () => undefined,
  kept: () => undefined,
  concluding: () => undefined,
};
