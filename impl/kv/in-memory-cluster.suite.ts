import { pino } from "pino";
import { Registry } from "prom-client";
import type { Refusal } from "../core/effects.ts";
import type { NodeId } from "../core/entry.ts";
import type { Outcome, Replica, Status } from "../runtime/interface.ts";
import {
  createMetrics,
  defaultServiceLimits,
  defaultWatchLimits,
  KvMachine,
  type KvResult,
  type Metrics,
  type Service,
  type ServiceOptions,
  startService,
  WatchFeed,
  type WatchLimits,
} from "./index.ts";

/**
 * Servers that share one log in memory: what the leader is asked is applied everywhere before the call returns. It
 * keeps the promises of `Replica`, as `replica.suite.ts` has them, and can be told to refuse or to be silent.
 */
export class InMemoryCluster {
  readonly servers: ReadonlyMap<NodeId, InMemoryReplica>;
  leader: NodeId | null;
  term = 1;
  lastIndex = 0;
  contacts: Record<NodeId, string> = {};
  /** How every request to the leader is refused; null to carry them out. */
  refusal: Refusal | null = null;
  /** How the answers of the leader are lost: before or after the command is applied. */
  silence: "none" | "before" | "after" = "none";
  ticksWithoutQuorum = 0;

  constructor(ids: readonly NodeId[], watchLimits: WatchLimits) {
    this.servers = new Map(ids.map((id) => [id, new InMemoryReplica(this, id, watchLimits)]));
    this.leader = ids[0] ?? null;
    for (const id of ids) this.contacts[id] = `peer-of-${id}:1`;
  }

  apply(at: NodeId, command: Uint8Array): KvResult {
    this.lastIndex += 1;
    const results = [...this.servers].map(([id, { machine }]) => ({
      id,
      result: machine.apply(this.lastIndex, command),
    }));
    const found = results.find(({ id }) => id === at);
    if (found === undefined) throw new Error(`there is no server ${at}`);
    return found.result;
  }

  server(id: NodeId): InMemoryReplica {
    const found = this.servers.get(id);
    if (found === undefined) throw new Error(`there is no server ${id}`);
    return found;
  }
}

export class InMemoryReplica implements Replica<KvResult> {
  readonly machine: KvMachine;
  readonly feed: WatchFeed;
  readonly #cluster: InMemoryCluster;
  readonly #id: NodeId;
  #stopped: string | null = null;

  constructor(cluster: InMemoryCluster, id: NodeId, watchLimits: WatchLimits) {
    this.#cluster = cluster;
    this.#id = id;
    this.feed = new WatchFeed(watchLimits);
    this.machine = new KvMachine(this.feed);
  }

  propose(command: Uint8Array): Promise<Outcome<KvResult>> {
    return this.#atLeader(() => this.#cluster.apply(this.#id, command));
  }

  read(): Promise<Outcome<null>> {
    return this.#atLeader(() => null);
  }

  change({ add, remove }: Parameters<Replica<KvResult>["change"]>[0]): Promise<Outcome<null>> {
    return this.#atLeader(() => {
      for (const { id, contact } of add) this.#cluster.contacts[id] = contact;
      for (const id of remove) delete this.#cluster.contacts[id];
      return null;
    });
  }

  transfer(to: NodeId): Promise<Outcome<null>> {
    return this.#atLeader(() => {
      this.#cluster.leader = to;
      this.#cluster.term += 1;
      return null;
    });
  }

  status(): Status {
    const { leader, term, lastIndex, contacts, ticksWithoutQuorum } = this.#cluster;
    const others = Object.keys(contacts).filter((id) => id !== this.#id);
    const voters = Object.keys(contacts).sort();
    return {
      id: this.#id,
      role: leader === this.#id ? "leader" : "follower",
      term,
      leader,
      commit: lastIndex,
      applied: lastIndex,
      lastIndex,
      snapshotIndex: 0,
      configuration: { voters, outgoing: [], learners: [], promoting: [], removing: [], contacts },
      ticksWithoutQuorum,
      stopped: this.#stopped,
      followers: leader === this.#id ? others.map((id) => ({ id, match: lastIndex, state: "replicate" })) : [],
    };
  }

  async stop(): Promise<void> {
    this.#stopped = "it was asked to";
  }

  #atLeader<Value>(carryOut: () => Value): Promise<Outcome<Value>> {
    const { leader, refusal, silence } = this.#cluster;
    if (leader !== this.#id || this.#stopped !== null) {
      return Promise.resolve({ kind: "refused", refusal: { kind: "not-leader", leader } });
    }
    if (refusal !== null) return Promise.resolve({ kind: "refused", refusal });
    if (silence === "before") return new Promise(() => {});
    const value = carryOut();
    return silence === "after" ? new Promise(() => {}) : Promise.resolve({ kind: "done", value });
  }
}

export interface ClusterUnderTest {
  readonly cluster: InMemoryCluster;
  readonly services: ReadonlyMap<NodeId, Service>;
  readonly metrics: ReadonlyMap<NodeId, Metrics>;
  /** "host:port" of the clients' port. */
  addressOf(id: NodeId): string;
  close(): Promise<void>;
}

export type Overrides = Partial<Omit<ServiceOptions, "limits">> & {
  readonly limits?: Partial<ServiceOptions["limits"]>;
  readonly watchLimits?: Partial<WatchLimits>;
};

/** A service on loopback for every server of an in-memory cluster; the first leads. */
export async function startCluster(ids: readonly NodeId[], overrides: Overrides): Promise<ClusterUnderTest> {
  const cluster = new InMemoryCluster(ids, { ...defaultWatchLimits, ...overrides.watchLimits });
  const services = new Map<NodeId, Service>();
  const metricsOf = new Map<NodeId, Metrics>();
  for (const id of ids) {
    const replica = cluster.server(id);
    const { machine, feed } = replica;
    const { service, metrics } = await startServiceOn({ replica, machine, feed }, overrides);
    metricsOf.set(id, metrics);
    services.set(id, service);
    cluster.contacts[id] = `peer-of-${id}:1 ${service.address}`;
  }
  const addressOf = (id: NodeId) => services.get(id)?.address ?? "";
  const close = async () => {
    for (const service of services.values()) await service.close();
  };
  return { cluster, services, metrics: metricsOf, addressOf, close };
}

/** On any free port of loopback unless `overrides` says otherwise. */
export async function startServiceOn(
  { replica, machine, feed }: Pick<ServiceOptions, "replica" | "machine" | "feed">,
  { limits, watchLimits: _, ...others }: Overrides,
): Promise<{ readonly service: Service; readonly metrics: Metrics }> {
  const registry = new Registry();
  const metrics = createMetrics(registry, {
    status: () => replica.status(),
    queues: () => ({ proposals: 0, proposalBytes: 0, events: 0, outstanding: 0, writes: 0, unapplied: 0 }),
    keyCount: () => machine.keyCount,
    sessionCount: () => machine.sessionCount,
    watcherCount: () => feed.watcherCount,
  });
  const service = await startService({
    replica,
    machine,
    feed,
    host: "127.0.0.1",
    port: 0,
    tokens: [],
    whenNotLeader: "forward",
    tickMs: 10,
    watchProgressMs: 60_000,
    metrics,
    registry,
    logger: pino({ level: "silent" }),
    requestLog: "none",
    ...others,
    limits: { ...defaultServiceLimits, ...limits },
  });
  return { service, metrics };
}
