import type { Status } from "../runtime/interface.ts";

type Refused = "propose" | "read" | "change" | "transfer";

/** What a running server tells whoever measures it. Times are in milliseconds, sizes in bytes. */
export interface ServerHooks {
  electionStarted(term: number): void;
  roleChanged(from: Status["role"], to: Status["role"], term: number): void;
  termChanged(term: number): void;
  proposalDone(time: number): void;
  readDone(time: number): void;
  applied(entries: number, time: number): void;
  /** A write and all before it are durable. */
  written(time: number): void;
  refused(request: Refused, refusal: string): void;
  messageDropped(): void;
  snapshotBytes(direction: "sent" | "received" | "taken", bytes: number): void;
  stopped(reason: string): void;
}

/** What waits where. */
export interface ServerQueues {
  readonly proposals: number;
  readonly proposalBytes: number;
  readonly events: number;
  readonly outstanding: number;
  readonly writes: number;
  readonly unapplied: number;
}
