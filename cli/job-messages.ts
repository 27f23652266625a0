/** What the thread of a run and the thread that watches it say to each other. */
import type { Interrupt } from "./io.ts";
import type { Unfinished } from "./watch.ts";

export type OutputName = "stdout" | "stderr";

/** What the thread of a run is started with. */
export interface JobInput {
  readonly args: readonly string[];
  readonly cells: SharedArrayBuffer;
  readonly terminals: Readonly<Record<OutputName, boolean>>;
}

export type FromJob =
  | { readonly kind: "printed"; readonly to: OutputName; readonly text: string }
  /** What the function of the spec with the next number is called: see `Calls`. */
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "bounded"; readonly seconds: number | undefined }
  | { readonly kind: "searching"; readonly unfinished: Unfinished | null }
  /** A folder that must not stay, whatever ends the run. */
  | { readonly kind: "made-folder"; readonly folder: string }
  | { readonly kind: "ended"; readonly exit: number };

export interface ToJob {
  readonly kind: "interrupt";
  readonly signal: Interrupt;
}
