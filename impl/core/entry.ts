import type { Configuration } from "./configuration.ts";

/** Names a server. An id belongs to one data folder for ever; a server that lost its folder needs a new one. */
export type NodeId = string;

/**
 * One entry of the log. `index` counts from one. A leader begins its term with a no-op, because only an entry of its
 * own term lets it learn what is committed (section 5.4.2 of the paper, 6.4 of the thesis).
 */
export type Entry =
  | { readonly kind: "no-op"; readonly index: number; readonly term: number }
  | { readonly kind: "command"; readonly index: number; readonly term: number; readonly data: Uint8Array }
  | {
      readonly kind: "configuration";
      readonly index: number;
      readonly term: number;
      readonly configuration: Configuration;
    };

/** What an entry takes besides its data, in memory and on its way, as far as limits are concerned. */
const ENTRY_OVERHEAD = 32;
const MEMBER_OVERHEAD = 64;

/** Bytes that the entry counts against limits. */
export function entrySize(entry: Entry): number {
  if (entry.kind === "command") return ENTRY_OVERHEAD + entry.data.length;
  if (entry.kind === "no-op") return ENTRY_OVERHEAD;
  return ENTRY_OVERHEAD + MEMBER_OVERHEAD * Object.keys(entry.configuration.contacts).length;
}

/** What must survive a crash besides the log (figure 2 of the paper: persistent state on all servers). */
export interface HardState {
  readonly term: number;
  readonly votedFor: NodeId | null;
}

/** What a snapshot stands for: all entries up to `index`, the last of which was of `term`. */
export interface SnapshotMeta {
  readonly index: number;
  readonly term: number;
  /** The configuration in force at `index`. */
  readonly configuration: Configuration;
  /** Bytes of the state machine's image. */
  readonly size: number;
}
