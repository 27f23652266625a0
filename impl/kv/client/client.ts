import type { Expected, Value } from "../machine/index.ts";
import {
  type ChangeAnswer,
  type DeleteAnswer,
  type GetAnswer,
  getAnswer,
  type RangeAnswer,
  rangeAnswer,
  type SwapAnswer,
  type WatchedChange,
} from "./answers.ts";
import { Caller, type ClientOptions } from "./caller.ts";
import type { Asked } from "./exchange.ts";
import type { Called } from "./failure.ts";
import { type ChangeRequest, type Consistency, changeRequest, keyPath, queryOf } from "./requests.ts";
import { Session } from "./session.ts";
import { type WatchScope, watchChanges } from "./watch.ts";

/** Changes of keys. How often one may take effect is for who carries them out to say. */
export interface Changes {
  put(key: string, value: Value): Promise<Called<ChangeAnswer>>;
  append(key: string, value: Value): Promise<Called<ChangeAnswer>>;
  delete(key: string): Promise<Called<DeleteAnswer>>;
  /** A null value deletes the key. */
  compareAndSwap(key: string, expected: Expected, value: Value | null): Promise<Called<SwapAnswer>>;
}

/**
 * A client of the key-value service. Calls do not reject: what went wrong is in their result. Its own changes are sent
 * again only while no attempt can have taken effect; those of a session are sent again until the deadline is over, and
 * take effect once.
 */
export class Client implements Changes {
  readonly #caller: Caller;

  constructor(options: ClientOptions) {
    this.#caller = new Caller(options);
  }

  async get(key: string, consistency: Consistency): Promise<Called<GetAnswer>> {
    const called = await this.#read(`${keyPath(key)}${queryOf({ consistency })}`);
    if (called.kind === "done") return { kind: "done", value: getAnswer(called.value) };
    const { code, details } = called.failure;
    if (code !== "key-not-found") return called;
    return { kind: "done", value: { item: null, revision: Number(details["revision"]) } };
  }

  async range(
    scope: { readonly prefix: string; readonly from: string | null; readonly limit: number | null },
    consistency: Consistency,
  ): Promise<Called<RangeAnswer>> {
    const called = await this.#read(`/v1/range${queryOf({ ...scope, consistency })}`);
    return called.kind === "done" ? { kind: "done", value: rangeAnswer(called.value) } : called;
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

  /** Nothing is sent before the session's first change. */
  session(): Session {
    return new Session(this.#caller);
  }

  /**
   * Changes from revision `from` on, or from now on if it is null, without gaps, over lost connections. Ends when the
   * signal is given; throws `WatchError` where the changes that come next are not kept any more, or on bad input.
   */
  watch(scope: WatchScope, from: number | null, signal: AbortSignal): AsyncGenerator<WatchedChange, void, undefined> {
    return watchChanges(this.#caller, scope, from, signal);
  }

  clusterStatus(): Promise<Called<unknown>> {
    return this.#read("/v1/cluster");
  }

  transferLeadership(to: string): Promise<Called<unknown>> {
    return this.#administer({ method: "POST", path: "/v1/cluster/transfer", body: JSON.stringify({ to }) });
  }

  addMember(id: string, contact: string, role: "voter" | "learner"): Promise<Called<unknown>> {
    const body = JSON.stringify({ id, contact, role });
    return this.#administer({ method: "POST", path: "/v1/cluster/members", body });
  }

  removeMember(id: string): Promise<Called<unknown>> {
    return this.#administer({ method: "DELETE", path: `/v1/cluster/members/${encodeURIComponent(id)}`, body: null });
  }

  /** Closes the connections. */
  close(): void {
    this.#caller.connections.close();
  }

  #read(path: string): Promise<Called<unknown>> {
    return this.#caller.call({ method: "GET", path, body: null }, "always");
  }

  #change(change: ChangeRequest): Promise<Called<unknown>> {
    return this.#caller.call(changeRequest(change, null), "only if nothing happened");
  }

  #administer(asked: Asked): Promise<Called<unknown>> {
    return this.#caller.call(asked, "only if nothing happened");
  }
}
