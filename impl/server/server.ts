import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import { Registry } from "prom-client";
import { initialConfiguration, type Message } from "../core/index.ts";
import {
  createMetrics,
  defaultServiceLimits,
  defaultWatchLimits,
  KvMachine,
  type KvResult,
  type Metrics,
  type Service,
  startService,
  WatchFeed,
} from "../kv/index.ts";
import { openTraceFile, type RunningReplica, startReplica, type TraceFile } from "../runtime/index.ts";
import { openStorage, type Storage } from "../storage/index.ts";
import { openTransport, type TcpTransport } from "../transport/index.ts";
import { addressText, type ServerConfiguration } from "./configuration.ts";

export interface ServerOptions {
  readonly configuration: ServerConfiguration;
  /** Whether an empty data folder is that of a new server. Else it is taken for one that lost its data, and refused. */
  readonly create: boolean;
  readonly logger: Logger;
  /** Called once if the server cannot go on, because its disk failed. */
  readonly onStopped: (reason: string) => void;
}

/** A member of a cluster with its service for clients, running. */
export interface Server {
  readonly replica: RunningReplica<KvResult>;
  /** "host:port" where clients are answered. */
  readonly clients: string;
  /** Gives leadership away if it can, ends what is under way, and closes files and ports. */
  stop(): Promise<void>;
}

/**
 * Starts a server: its disk first, then the network, then the service. Rejects with `StorageError`, `TransportError`
 * or `ServiceError`, or with what reading the file of tokens gave, and leaves nothing open.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const closers: (() => Promise<void>)[] = [];
  try {
    return await open(options, closers);
  } catch (error) {
    for (const close of closers.reverse()) await close();
    throw error;
  }
}

/** What is open is noted in `closers`, in the order in which it was opened. */
async function open(options: ServerOptions, closers: (() => Promise<void>)[]): Promise<Server> {
  const tokens = await tokensOf(options.configuration);
  const trace = await openTrace(options);
  if (trace !== null) closers.push(() => trace.close());
  const storage = await openDisk(options);
  closers.push(() => storage.close());
  const peers = await openPeers(options);
  closers.push(() => peers.transport.close());
  const { replica, ...member } = startMember(options, { storage, peers, trace });
  // It closes the storage and the transport itself.
  closers.splice(trace === null ? 0 : 1, 2, () => replica.stop());
  const service = await serveClients(options, replica, member, tokens);
  closers.push(() => service.close());
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  return { replica, clients: service.address, stop };
}

async function openTrace({ configuration: { trace }, logger }: ServerOptions): Promise<TraceFile | null> {
  if (trace === null) return null;
  return openTraceFile(trace, { onFailed: (error) => logger.error({ err: error, trace }, "the trace ends here") });
}

/** One token a line; empty lines and those that begin with # are passed over. */
async function tokensOf({ tokens }: ServerConfiguration): Promise<string[]> {
  if (tokens === null) return [];
  const lines = (await readFile(tokens, "utf8")).split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

async function openDisk({ configuration, create, logger }: ServerOptions): Promise<Storage> {
  const { folder, id, cluster, members } = configuration;
  const { storage, isNew, repaired } = await openStorage({
    folder,
    identity: { cluster, node: id },
    initial: members === null ? null : initialConfiguration(members),
    create,
  });
  if (isNew) logger.info({ folder }, "a new data folder was made");
  if (repaired !== null) logger.warn({ ...repaired }, "a crash left the end of the log unfinished; it was cut off");
  return storage;
}

interface Peers {
  readonly transport: TcpTransport;
  /** What comes before somebody listens is lost, as it may be on the way. */
  listen(receive: (message: Message) => void): void;
}

async function openPeers({ configuration, logger }: ServerOptions): Promise<Peers> {
  const { id, cluster, listen, tls } = configuration;
  let receive: (message: Message) => void = () => undefined;
  const transport = await openTransport({
    id,
    clusterId: cluster,
    listen: addressText(listen.peers),
    onMessage: (message) => receive(message),
    log: (level, message, fields) => logger[level](fields, message),
    ...(tls === null ? {} : { tls }),
  });
  return {
    transport,
    listen(listener) {
      receive = listener;
    },
  };
}

interface Member {
  readonly replica: RunningReplica<KvResult>;
  readonly machine: KvMachine;
  readonly feed: WatchFeed;
  readonly metrics: Metrics;
  readonly registry: Registry;
}

interface Opened {
  readonly storage: Storage;
  readonly peers: Peers;
  readonly trace: TraceFile | null;
}

function startMember({ configuration, logger, onStopped }: ServerOptions, { storage, peers, trace }: Opened): Member {
  const { id, settings, tickMs, snapshots } = configuration;
  const feed = new WatchFeed(defaultWatchLimits);
  const machine = new KvMachine(feed);
  const registry = new Registry();
  const metrics = createMetrics(registry, {
    status: () => replica.status(),
    queues: () => replica.queues(),
    keyCount: () => machine.keyCount,
    sessionCount: () => machine.sessionCount,
    watcherCount: () => feed.watcherCount,
  });
  const replica: RunningReplica<KvResult> = startReplica({
    id,
    settings,
    storage,
    transport: (receive) => {
      peers.listen(receive);
      return peers.transport;
    },
    machine,
    tickMs,
    snapshots,
    trace,
    seed: randomInt(2 ** 32),
    hooks: {
      ...metrics.hooks,
      stopped(reason) {
        metrics.hooks.stopped(reason);
        onStopped(reason);
      },
    },
    logger,
  });
  return { replica, machine, feed, metrics, registry };
}

function serveClients(
  { configuration, logger }: ServerOptions,
  replica: RunningReplica<KvResult>,
  member: Omit<Member, "replica">,
  tokens: readonly string[],
): Promise<Service> {
  const { listen, tickMs, settings } = configuration;
  return startService({
    ...member,
    ...listen.clients,
    replica,
    tokens,
    whenNotLeader: "forward",
    limits: { ...defaultServiceLimits, healthTicksMax: 2 * settings.electionTicks },
    tickMs,
    watchProgressMs: 10_000,
    logger,
    requestLog: "none",
  });
}
