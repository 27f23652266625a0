import type { Configuration } from "../configuration.ts";
import type { Entry, NodeId, SnapshotMeta } from "../entry.ts";
import type { AppendRequest, Message, SnapshotChunk } from "../message.ts";
import type { Rule } from "../observer.ts";
import type { Role } from "../state.ts";

/** The first line of every trace. docs/trace-events.md describes the format; a change of meaning changes the version. */
export const traceHeader = { format: "lockstep-trace", version: 1 } as const;

/**
 * What happened at one server. Rules change its state and show what they have made of it; whatever else happens leaves
 * it as it was after the rule before. Only the role's inner life (votes counted, what a leader knows of its followers)
 * is not shown.
 */
export type TraceEvent =
  | (Stamp & { readonly event: Rule; readonly cause: MessageName | null; readonly state: TracedState })
  /** The rules that follow from it come next. */
  | (Stamp & { readonly event: "ReceiveMessage"; readonly message: TracedMessage })
  | (Stamp & { readonly event: "SendMessage"; readonly message: TracedMessage })
  /** A write was handed to the disk. It is durable when `durable.write` of a state is not below its number. */
  | (Stamp & { readonly event: "StartWrite"; readonly write: TracedWrite })
  /** The state machine has taken all entries up to `index`. */
  | (Stamp & { readonly event: "ApplyEntries"; readonly index: number })
  /** What the world did. Only a simulated one can say so. */
  | (Stamp & { readonly event: "DropMessage" | "DuplicateMessage"; readonly message: MessageName })
  | (Stamp & { readonly event: "Crash" })
  /** The sink had no room for `count` events of this server, this one being the last of them. */
  | (Stamp & { readonly event: "EventsLost"; readonly count: number });

/** Which server, in which of its lives, and when by its Lamport clock. No two events of a server share a clock. */
export interface Stamp {
  readonly node: NodeId;
  readonly incarnation: number;
  readonly clock: number;
}

/** A server stamps every message with another clock, so sender and clock name it. `id` is the core's own count. */
export interface MessageName {
  readonly from: NodeId;
  readonly id: number;
  readonly clock: number;
}

export interface TracedState {
  readonly term: number;
  readonly vote: NodeId | null;
  readonly role: Role["kind"];
  readonly commit: number;
  readonly lastIndex: number;
  readonly lastTerm: number;
  readonly snapshotIndex: number;
  readonly snapshotTerm: number;
  readonly configuration: TracedConfiguration;
  readonly durable: DurableState;
}

/** What a crash would leave. */
export interface DurableState {
  readonly write: number;
  readonly term: number;
  readonly vote: NodeId | null;
  readonly lastIndex: number;
  readonly lastTerm: number;
}

/** Consecutive entries of one term and kind: first index, last index, term, kind; for a configuration also what it is. */
export type EntryRun =
  | readonly [first: number, last: number, term: number, kind: "no-op" | "command"]
  | readonly [first: number, last: number, term: number, kind: "configuration", configuration: TracedConfiguration];

export type TracedConfiguration = Omit<Configuration, "contacts">;

export type TracedSnapshot = Omit<SnapshotMeta, "configuration"> & { readonly configuration: TracedConfiguration };

/** A message without the bytes of commands and images. */
export type TracedMessage =
  | Exclude<Message, AppendRequest | SnapshotChunk>
  | (Omit<AppendRequest, "entries"> & { readonly entries: readonly EntryRun[] })
  | (Omit<SnapshotChunk, "data" | "snapshot"> & { readonly snapshot: TracedSnapshot; readonly length: number });

export interface TracedWrite {
  readonly number: number;
  readonly hardState: { readonly term: number; readonly vote: NodeId | null } | null;
  readonly truncateFrom: number;
  readonly entries: readonly EntryRun[];
  readonly chunk: { readonly snapshot: TracedSnapshot; readonly offset: number; readonly isLast: boolean } | null;
}

export function tracedConfiguration(configuration: Configuration): TracedConfiguration {
  const { voters, outgoing, learners, promoting, removing } = configuration;
  return { voters, outgoing, learners, promoting, removing };
}

export function tracedSnapshot(snapshot: SnapshotMeta): TracedSnapshot {
  return { ...snapshot, configuration: tracedConfiguration(snapshot.configuration) };
}

export function tracedMessage(message: Message): TracedMessage {
  if (message.kind === "append-request") return { ...message, entries: entryRuns(message.entries) };
  if (message.kind === "snapshot-chunk") {
    const { data, snapshot, ...rest } = message;
    return { ...rest, snapshot: tracedSnapshot(snapshot), length: data.length };
  }
  return message;
}

/** Entries of a log, which are consecutive, as few runs as there are. */
export function entryRuns(entries: readonly Entry[]): EntryRun[] {
  const runs: EntryRun[] = [];
  let first = 0;
  for (let i = 1; i <= entries.length; i += 1) {
    const begin = entries[first] as Entry;
    const next = entries[i];
    if (next !== undefined && next.kind !== "configuration" && next.kind === begin.kind && next.term === begin.term) {
      continue;
    }
    runs.push(
      begin.kind === "configuration"
        ? [begin.index, begin.index, begin.term, begin.kind, tracedConfiguration(begin.configuration)]
        : [begin.index, begin.index + (i - first) - 1, begin.term, begin.kind],
    );
    first = i;
  }
  return runs;
}

/** One line of a trace, without the line's end. Equal events give equal bytes. */
export function encodeTraceEvent(event: TraceEvent): string {
  return JSON.stringify(event);
}
