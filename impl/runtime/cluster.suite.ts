import { initialConfiguration } from "../core/configuration.ts";
import type { NodeId } from "../core/entry.ts";
import { defaultSettings, type Message, type Settings, type StateMachine } from "../core/index.ts";
import type { Storage } from "../storage/interface.ts";
import { MemoryDisk, memoryStorage } from "../storage/memory-storage.ts";
import type { Transport } from "../transport/interface.ts";
import type { Host } from "./host.ts";
import type { ReplicaOptions } from "./options.ts";
import { type RunningReplica, startReplica } from "./replica.ts";

/** Time that stands still until it is moved, and work that waits until it is asked for. */
class HandHost implements Host {
  readonly #timers = new Map<() => void, { every: number; next: number }>();
  #now = 0;
  #work: (() => void)[] = [];

  monotonic(): number {
    return this.#now;
  }

  epoch(): number {
    return this.#now;
  }

  every(milliseconds: number, work: () => void): () => void {
    this.#timers.set(work, { every: milliseconds, next: this.#now + milliseconds });
    return () => this.#timers.delete(work);
  }

  soon(work: () => void): void {
    this.#work.push(work);
  }

  /** Moves the clock and leaves the timers alone, as a pause of the process does. */
  pause(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Moves the clock and fires each timer that is due, once. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const [work, timer] of [...this.#timers]) {
      if (timer.next > this.#now) continue;
      timer.next = this.#now + timer.every;
      work();
    }
  }

  /** Runs what waits, and what comes of it, until nothing is left. */
  async settle(): Promise<void> {
    for (let isQuiet = false; !isQuiet; ) {
      // Everything that promises have in store runs before an immediate.
      await new Promise<void>((resolve) => setImmediate(resolve));
      const work = this.#work;
      this.#work = [];
      isQuiet = work.length === 0;
      for (const run of work) run();
    }
  }
}

/** Carries messages between servers of one process, at once. */
export class HandNetwork {
  readonly #receivers = new Map<NodeId, (message: Message) => void>();
  readonly #cut = new Set<NodeId>();

  /** What the server says and hears is lost until it is healed. */
  isolate(id: NodeId): void {
    this.#cut.add(id);
  }

  heal(id: NodeId): void {
    this.#cut.delete(id);
  }

  isOpen(id: NodeId): boolean {
    return this.#receivers.has(id);
  }

  transport(id: NodeId, receive: (message: Message) => void): Transport {
    this.#receivers.set(id, receive);
    return {
      send: (message) => {
        if (!this.#cut.has(id) && !this.#cut.has(message.to)) this.#receivers.get(message.to)?.(message);
      },
      setContacts: () => {},
      close: async () => {
        this.#receivers.delete(id);
      },
    };
  }
}

/** Keeps all commands as texts; the result of each is how many there are. */
export class Journal implements StateMachine<number> {
  lines: string[] = [];

  apply(_index: number, command: Uint8Array): number {
    this.lines.push(new TextDecoder().decode(command));
    return this.lines.length;
  }

  image(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.lines));
  }

  restore(image: Uint8Array): void {
    this.lines = JSON.parse(new TextDecoder().decode(image)) as string[];
  }
}

export function command(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export const TICK_MS = 10;

export type ChosenOptions = Partial<Omit<ReplicaOptions<number>, "id" | "settings">> & {
  readonly settings?: Partial<Settings>;
  /** Puts something between a server and its disk. */
  readonly wrap?: (storage: Storage, id: NodeId) => Storage;
  /** What each server adds to the clock of all. */
  readonly offsets?: Map<NodeId, number>;
};

/** Servers of one process on disks in memory, with a clock and a network in the hands of the test. */
export class HandCluster {
  readonly host = new HandHost();
  readonly network = new HandNetwork();
  readonly disks = new Map<NodeId, MemoryDisk>();
  readonly replicas = new Map<NodeId, RunningReplica<number>>();
  readonly journals = new Map<NodeId, Journal>();
  readonly #options: ChosenOptions;

  constructor(ids: readonly NodeId[], options: ChosenOptions = {}) {
    this.#options = options;
    const initial = initialConfiguration(Object.fromEntries(ids.map((id) => [id, `address of ${id}`])));
    for (const id of ids) {
      this.disks.set(id, new MemoryDisk(initial));
      this.start(id);
    }
  }

  /** Starts the server on what its disk has. */
  start(id: NodeId): RunningReplica<number> {
    const { settings, wrap = (storage: Storage) => storage, offsets, ...rest } = this.#options;
    const machine = new Journal();
    const replica = startReplica<number>({
      id,
      machine,
      settings: { ...defaultSettings, ...settings },
      storage: wrap(memoryStorage(this.disk(id)), id),
      transport: (receive) => this.network.transport(id, receive),
      tickMs: TICK_MS,
      seed: id.charCodeAt(0),
      host: shifted(this.host, () => offsets?.get(id) ?? 0),
      ...rest,
    });
    this.journals.set(id, machine);
    this.replicas.set(id, replica);
    return replica;
  }

  disk(id: NodeId): MemoryDisk {
    return found(this.disks.get(id), id);
  }

  replica(id: NodeId): RunningReplica<number> {
    return found(this.replicas.get(id), id);
  }

  lines(id: NodeId): readonly string[] {
    return found(this.journals.get(id), id).lines;
  }

  async tick(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      this.host.advance(TICK_MS);
      await this.host.settle();
    }
  }

  /** Waits for a leader, and lets it make way for this one. */
  async elect(id: NodeId): Promise<RunningReplica<number>> {
    const all = [...this.replicas.values()];
    while (!all.some((replica) => replica.status().role === "leader")) await this.tick(1);
    const leader = all.find((replica) => replica.status().role === "leader");
    if (leader !== undefined && leader.status().id !== id) await this.settled(leader.transfer(id));
    await this.tick(1);
    return this.replica(id);
  }

  /** What becomes of a request when the time for it has come. */
  async settled<Value>(outcome: Promise<Value>): Promise<Value> {
    await this.host.settle();
    return outcome;
  }
}

function shifted(host: Host, offset: () => number): Host {
  return {
    monotonic: () => host.monotonic() + offset(),
    epoch: () => host.epoch(),
    every: (milliseconds, work) => host.every(milliseconds, work),
    soon: (work) => host.soon(work),
  };
}

function found<Value>(value: Value | undefined, id: NodeId): Value {
  if (value === undefined) throw new Error(`there is no server ${id}`);
  return value;
}
