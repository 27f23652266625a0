import type { Refusal } from "../core/effects.ts";
import type { Role } from "../core/state.ts";

/** What a server tells whoever measures it. Times are in milliseconds, sizes in bytes. Hooks must be quick. */
export interface Hooks {
  /** The server stands for election. A pre-vote is none. */
  electionStarted(term: number): void;
  roleChanged(from: Role["kind"], to: Role["kind"], term: number): void;
  termChanged(term: number): void;
  /** From the call of `propose` to the result. */
  proposalDone(time: number): void;
  /** From the call of `read` to the moment when it may be answered. */
  readDone(time: number): void;
  /** So many committed entries went through the state machine at once. */
  applied(entries: number, time: number): void;
  /** From handing a write to the storage until it is durable. */
  written(time: number): void;
  refused(request: RequestKind, refusal: Refusal["kind"]): void;
  /** Messages from other servers for which there was no room. */
  messageDropped(): void;
  snapshotBytes(direction: "sent" | "received" | "taken", bytes: number): void;
  /** It stopped for good, because it cannot go on, not because it was asked to. */
  stopped(reason: string): void;
}

export type RequestKind = "propose" | "read" | "change" | "transfer";

/** What waits where, for whoever asks now and then. */
export interface Queues {
  /** Proposals that were not looked at yet, and their bytes. */
  readonly proposals: number;
  readonly proposalBytes: number;
  /** Messages and requests that were not looked at yet. */
  readonly events: number;
  /** Requests without an outcome. */
  readonly outstanding: number;
  /** Writes that are not durable. */
  readonly writes: number;
  /** Committed entries that are not applied. */
  readonly unapplied: number;
}

export const noHooks: Hooks = {
  electionStarted() {},
  roleChanged() {},
  termChanged() {},
  proposalDone() {},
  readDone() {},
  applied() {},
  written() {},
  refused() {},
  messageDropped() {},
  snapshotBytes() {},
  stopped() {},
};
