import type { Stamp } from "../../core/sessions.ts";
import type { Expected, Value } from "../machine/index.ts";
import type { ChangeAnswer, DeleteAnswer, SwapAnswer } from "./answers.ts";
import type { Caller } from "./caller.ts";
import type { Changes } from "./client.ts";
import type { Called } from "./failure.ts";
import { type ChangeRequest, changeRequest } from "./requests.ts";

/** A session as the client sees it: the number the service gave it, and which answers are not here yet. */
interface Opened {
  readonly id: number;
  lastSequence: number;
  readonly awaited: Set<number>;
}

/**
 * Changes that take effect once, however often they have to be sent. A session that the service does not know any more
 * is replaced by a new one; a change that may have taken effect in the old one is not repeated in it.
 */
export class Session implements Changes {
  readonly #caller: Caller;
  #opening: Promise<Called<Opened>> | null = null;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  put(key: string, value: Value): Promise<Called<ChangeAnswer>> {
    return this.#change({ kind: "put", key, value }) as Promise<Called<ChangeAnswer>>;
  }

  append(key: string, value: Value): Promise<Called<ChangeAnswer>> {
    return this.#change({ kind: "append", key, value }) as Promise<Called<ChangeAnswer>>;
  }

  delete(key: string): Promise<Called<DeleteAnswer>> {
    return this.#change({ kind: "delete", key }) as Promise<Called<DeleteAnswer>>;
  }

  compareAndSwap(key: string, expected: Expected, value: Value | null): Promise<Called<SwapAnswer>> {
    return this.#change({ kind: "compare-and-swap", key, expected, value }) as Promise<Called<SwapAnswer>>;
  }

  /** Lets the service forget it. No other call of this session may be under way. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    const opened = await opening;
    if (opened?.kind !== "done") return;
    await this.#caller.call({ method: "DELETE", path: `/v1/sessions/${opened.value.id}`, body: null }, "always");
  }

  async #change(change: ChangeRequest): Promise<Called<unknown>> {
    const opening = this.#opened();
    const opened = await opening;
    if (opened.kind === "failed") {
      this.#forget(opening);
      return opened;
    }
    const called = await this.#changeIn(opened.value, change);
    if (called.kind === "done" || called.failure.code !== "unknown-session") return called;
    this.#forget(opening);
    return called.failure.happened === "maybe" ? called : this.#change(change);
  }

  async #changeIn(opened: Opened, change: ChangeRequest): Promise<Called<unknown>> {
    opened.lastSequence += 1;
    const sequence = opened.lastSequence;
    opened.awaited.add(sequence);
    // Sequences are added in order, so the first is the lowest.
    const [lowest = sequence] = opened.awaited;
    const stamp: Stamp = { session: opened.id, sequence, acknowledged: lowest - 1 };
    const called = await this.#caller.call(changeRequest(change, stamp), "always");
    // Also when nothing came: nobody waits for it any more, and were it to arrive late, it would be refused.
    opened.awaited.delete(sequence);
    return called;
  }

  #opened(): Promise<Called<Opened>> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** One that was opened without our knowing is left to expire. */
  async #open(): Promise<Called<Opened>> {
    const called = await this.#caller.call({ method: "POST", path: "/v1/sessions", body: null }, "always");
    if (called.kind === "failed") {
      return { kind: "failed", failure: { ...called.failure, happened: "no" } };
    }
    const { session } = called.value as { readonly session: number };
    return { kind: "done", value: { id: session, lastSequence: 0, awaited: new Set() } };
  }

  /** Unless another call has opened a new one already. */
  #forget(opening: Promise<Called<Opened>>): void {
    if (this.#opening === opening) this.#opening = null;
  }
}
