import type { Called, Client, Consistency, Session } from "../../impl/kv/index.ts";
import { type Call, Epoch, type Text } from "./epoch.ts";
import { OwnKeys } from "./own-keys.ts";
import type { Random } from "./random.ts";
import { pause } from "./until.ts";

export interface WorkloadOptions {
  /** Its keys begin with it, so that one workload may follow another on the same servers. */
  readonly name: string;
  readonly clients: number;
  /** A new client of the cluster, as it is now. */
  readonly connect: () => Client;
  /** How reads are done, one as often as the other. */
  readonly reads: readonly Consistency[];
  readonly random: Random;
  /** An epoch whose keys nobody writes any more. */
  readonly onOver: (epoch: Epoch) => void;
}

export interface Counts {
  ok: number;
  /** It had no effect, and the client knows. */
  failed: number;
  /** A cas that found another value: an answer like others. */
  unequal: number;
  /** Nothing is known about it. */
  doubtful: number;
}

const KEYS_OF_AN_EPOCH = 5;
const CALLS_OF_AN_EPOCH = 40 * KEYS_OF_AN_EPOCH;
/** After so many operations a client comes back as a new one, which knows who is a member now. */
const CALLS_OF_A_CLIENT = 300;
const THINKING_MS_MAX = 20;

/** Clients that read and write until they are stopped, and record what they saw. */
export class Workload {
  readonly counts: Counts = { ok: 0, failed: 0, unequal: 0, doubtful: 0 };
  /** How often operations failed, by code. */
  readonly failures = new Map<string, number>();
  readonly owners: OwnKeys[];
  slowestMs = 0;
  readonly #options: WorkloadOptions;
  readonly #running: Promise<void>;
  #epoch: Epoch;
  #epochCount = 0;
  #nextProcess: number;
  #isStopping = false;

  constructor(options: WorkloadOptions) {
    this.#options = options;
    this.#epoch = this.#newEpoch();
    this.#nextProcess = options.clients;
    this.owners = Array.from({ length: options.clients }, (_, i) => new OwnKeys(`${options.name}/own-${i}`));
    const clients = this.owners.map((own, i) => this.#work(i, own));
    this.#running = Promise.all(clients).then(() => undefined);
  }

  /** Of writes and reads: everything that the service said it did. */
  get acknowledged(): number {
    return this.counts.ok + this.counts.unequal;
  }

  get epochCount(): number {
    return this.#epochCount;
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
    if (this.#epoch.begun > 0) this.#options.onOver(this.#epoch);
    this.#epoch = this.#newEpoch();
  }

  /** An id for somebody who takes part in a history. */
  newProcess(): number {
    this.#nextProcess += 1;
    return this.#nextProcess - 1;
  }

  #newEpoch(): Epoch {
    this.#epochCount += 1;
    return new Epoch(`${this.#options.name}/${this.#epochCount}`, KEYS_OF_AN_EPOCH);
  }

  async #work(first: number, own: OwnKeys): Promise<void> {
    const { connect, random } = this.#options;
    let process = first;
    const seen = new Map<string, Text>();
    while (!this.#isStopping) {
      const client = connect();
      const session = client.session();
      for (let i = 0; i < CALLS_OF_A_CLIENT && !this.#isStopping; i += 1) {
        const began = performance.now();
        if (random.below(4) === 0) await this.#append(session, own);
        else if ((await this.#call(client, session, process, seen)) === "doubtful") process = this.newProcess();
        this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
        await pause(random.below(THINKING_MS_MAX));
      }
      client.close();
    }
  }

  async #append(session: Session, own: OwnKeys): Promise<void> {
    const { key, piece } = own.next();
    const called = await session.append(key, piece);
    this.#count(called);
    if (called.kind === "done") own.acknowledged(piece);
    else if (called.failure.happened === "maybe") own.doubtful(piece);
  }

  async #call(
    client: Client,
    session: Session,
    process: number,
    seen: Map<string, Text>,
  ): Promise<"known" | "doubtful"> {
    const epoch = this.#epochOfNow();
    const call = this.#nextCall(epoch, process, seen);
    epoch.invoke(process, call);
    const called = await this.#send(client, session, call);
    this.#count(called);
    if (called.kind === "failed") {
      const { code, happened } = called.failure;
      if (call.f === "get" || happened === "no") {
        epoch.fail(process, call, code);
        return "known";
      }
      epoch.info(process, call, code);
      return "doubtful";
    }
    const { value } = called;
    if (value.kind === "unequal") {
      this.counts.ok -= 1;
      this.counts.unequal += 1;
      epoch.fail(process, call, null);
    } else {
      epoch.ok(process, value.kind === "read" ? { ...call, value: value.text } : call);
      seen.set(call.key, value.kind === "read" ? value.text : lastOf(call));
    }
    return "known";
  }

  #epochOfNow(): Epoch {
    const over = this.#epoch;
    if (over.begun >= CALLS_OF_AN_EPOCH) {
      this.#epoch = this.#newEpoch();
      this.#options.onOver(over);
    }
    return this.#epoch;
  }

  #nextCall({ keys, begun }: Epoch, process: number, seen: ReadonlyMap<string, Text>): Call {
    const { random } = this.#options;
    const key = random.pick(keys);
    const fresh = `${process}-${begun}`;
    const kind = random.below(100);
    if (kind < 40) return { f: "get", key, value: null };
    if (kind < 60) return { f: "put", key, value: fresh };
    if (kind < 78) return { f: "append", key, value: `,${fresh}` };
    if (kind < 92) return { f: "cas", key, value: [seen.get(key) ?? null, fresh] };
    return { f: "delete", key, value: null };
  }

  async #send(client: Client, session: Session, { f, key, value }: Call): Promise<Called<Answered>> {
    if (f === "get") {
      const called = await client.get(key, this.#options.random.pick(this.#options.reads));
      return mapped(called, ({ item }) => ({ kind: "read", text: item === null ? null : String(item.value) }));
    }
    if (f === "delete") return mapped(await session.delete(key), done);
    if (f === "cas") {
      if (typeof value !== "object" || value === null) throw new Error("a cas has two values");
      const [from, to] = value;
      const expected = from === null ? ({ kind: "absent" } as const) : ({ kind: "value", value: from } as const);
      const called = await session.compareAndSwap(key, expected, to);
      return mapped(called, ({ swapped }) => (swapped ? { kind: "done" } : { kind: "unequal" }));
    }
    if (typeof value !== "string") throw new Error(`a ${f} has a value`);
    return mapped(f === "put" ? await session.put(key, value) : await session.append(key, value), done);
  }

  #count(called: Called<unknown>): void {
    if (called.kind === "done") {
      this.counts.ok += 1;
      return;
    }
    const { code, happened } = called.failure;
    if (happened === "maybe") this.counts.doubtful += 1;
    else this.counts.failed += 1;
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  }
}

type Answered =
  | { readonly kind: "done" }
  | { readonly kind: "unequal" }
  | { readonly kind: "read"; readonly text: Text };

const done = (): Answered => ({ kind: "done" });

function mapped<From>(called: Called<From>, map: (value: From) => Answered): Called<Answered> {
  return called.kind === "done" ? { kind: "done", value: map(called.value) } : called;
}

/** What a key has after a write, if nobody else writes; an append is not worth remembering. */
function lastOf({ f, value }: Call): Text {
  if (typeof value === "object" && value !== null) return value[1];
  return f === "append" ? null : value;
}
