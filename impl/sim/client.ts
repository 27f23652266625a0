import type { Command, KvResult } from "../kv/machine/index.ts";
import type { Random } from "./random.ts";

/** What a client asks a server. Requests and answers travel like messages, and may be lost. */
export interface ClientRequest {
  readonly client: number;
  /** Tells the operation from those before it, and the attempt from others at the same operation. */
  readonly operation: number;
  readonly attempt: number;
  readonly body:
    | { readonly kind: "command"; readonly data: Uint8Array }
    | { readonly kind: "read"; readonly key: string; readonly by: "quorum" | "lease" | "stale" };
}

export interface ClientAnswer {
  readonly client: number;
  readonly operation: number;
  readonly attempt: number;
  readonly body:
    | { readonly kind: "applied"; readonly index: number; readonly result: KvResult }
    | { readonly kind: "read"; readonly value: string | null }
    /** `leader` is the place of the server that leads, where one is known. */
    | { readonly kind: "not-done"; readonly leader: number | null };
}

export type Operation =
  | { readonly f: "open"; readonly command: Command }
  | {
      readonly f: "put" | "append" | "delete" | "cas";
      readonly key: string;
      readonly command: Command;
      readonly value: HistoryValue;
    }
  | { readonly f: "get"; readonly key: string; readonly by: "quorum" | "lease" | "stale" };

export type HistoryValue = string | null | readonly [string | null, string];

/** A client does one operation at a time, and asks again, in the same session, until it gives up. */
export class Client {
  readonly index: number;
  readonly random: Random;
  /** Its name in the history: another one after each operation of which it does not know what became. */
  process: number;
  /** The session's number; 0 before it is open. */
  session = 0;
  sequence = 0;
  operation: Operation | null = null;
  data: Uint8Array | null = null;
  /** When the operation began, in microseconds. */
  beganAt = 0;
  operationCount = 0;
  /** Counts all attempts: a timer of an earlier one says nothing. */
  attemptCount = 0;
  attemptsLeft = 0;
  /** Whom it believes to lead. */
  target = 0;
  /** What it saw last of each key, for compare-and-swap. */
  readonly seen = new Map<string, string | null>();
  /** Reads to do before it is done, in the quiet phase. */
  finalReads: string[] | null = null;
  isDone = false;

  constructor(index: number, random: Random) {
    this.index = index;
    this.process = index;
    this.random = random;
  }
}
