import { initialConfiguration, type Message, type NodeId, type SnapshotMeta } from "../core/index.ts";
import { Client, type ClientAnswer, type ClientRequest } from "./client.ts";
import type { Counts } from "./counts.ts";
import { newCounts } from "./counts.ts";
import { Digest } from "./digest.ts";
import { Disk, DiskContent } from "./disk.ts";
import { EventQueue } from "./event-queue.ts";
import type { Fault } from "./fault.ts";
import { History } from "./history.ts";
import { Watch } from "./invariants/watch.ts";
import { Network } from "./network.ts";
import { Random } from "./random.ts";
import { Server } from "./server.ts";
import { type Tuning, tuningFrom } from "./tuning.ts";

/** What may happen, as a number in the queue; the names are those of the event log. */
export const TICK = 0;
export const MESSAGE = 1;
export const SYNCED = 2;
export const IMAGE_SAVED = 3;
export const CHUNK_READ = 4;
export const REQUEST = 5;
export const ANSWER = 6;
export const CLIENT_TIMER = 7;
export const FAULT = 8;
export const FAULT_END = 9;
export const RESTART = 10;
export const RESUME = 11;
export const happeningNames: readonly string[] = [
  "tick",
  "message",
  "synced",
  "image-saved",
  "chunk-read",
  "request",
  "answer",
  "client-timer",
  "fault",
  "fault-end",
  "restart",
  "resume",
];

export interface SavedImage {
  readonly kind: "saved-image";
  readonly snapshot: SnapshotMeta;
  readonly image: Uint8Array;
}

export interface ChunkWanted {
  readonly kind: "chunk-wanted";
  readonly to: NodeId;
  readonly index: number;
  readonly offset: number;
  readonly sizeMax: number;
}

export interface FaultEnd {
  readonly kind: "fault-end";
  readonly fault: Fault;
  readonly links: readonly number[];
  readonly server: number;
}

export type Payload = Message | ClientRequest | ClientAnswer | SavedImage | ChunkWanted | Fault | FaultEnd;

/** Parts of the world, each with a stream of random numbers. */
const STREAMS = { tuning: 1, network: 2, disks: 3, faults: 4, clocks: 5, clients: 100 } as const;

export interface WorldOptions {
  readonly seed: number;
  readonly servers: number;
  readonly spares: number;
  /** Hears one line for each event; null where nobody wants to read them. */
  readonly log: ((line: string) => void) | null;
}

/** All that there is in a run. It is changed by what happens, and by nothing else. */
export class World {
  readonly options: WorldOptions;
  readonly tuning: Tuning;
  readonly queue = new EventQueue<Payload>();
  /** Microseconds since the beginning. */
  now = 0;
  events = 0;
  readonly servers: readonly Server[];
  readonly serverOf: ReadonlyMap<NodeId, number>;
  readonly clients: readonly Client[];
  readonly network: Network;
  readonly disks: Random;
  readonly faults: Random;
  readonly history = new History();
  readonly digest = new Digest();
  readonly counts: Counts = newCounts();
  readonly watch: Watch;
  /** What was injected, for a schedule that repeats the run. */
  readonly injected: Fault[] = [];
  /** Faults may begin. Their ends are without effect after the world was healed. */
  isFaulty = true;
  /** When the world was healed, in microseconds; without end before that. */
  healedAt = Number.POSITIVE_INFINITY;
  /** Ends the wait for progress: an operation that began after the healing was answered. */
  hasProgressed = false;
  /** Keys are left behind after a while, so that the search through the history of each is short. */
  keysUsed = 0;

  constructor(options: WorldOptions) {
    const { seed, servers, spares } = options;
    const tuning = tuningFrom(new Random(seed, STREAMS.tuning));
    this.options = options;
    this.tuning = tuning;
    this.network = new Network(servers + spares, tuning.network, new Random(seed, STREAMS.network));
    this.disks = new Random(seed, STREAMS.disks);
    this.faults = new Random(seed, STREAMS.faults);
    this.servers = newServers(options, tuning);
    this.serverOf = new Map(this.servers.map(({ id, index }) => [id, index]));
    this.clients = Array.from(
      { length: tuning.clients },
      (_, index) => new Client(index, new Random(seed, STREAMS.clients + index)),
    );
    this.watch = new Watch(this.servers);
  }

  later(delay: number, kind: number, server: number, life: number, payload: Payload | null): void {
    this.queue.push(this.now + delay, kind, server, life, payload);
  }

  server(index: number): Server {
    const server = this.servers[index];
    if (server === undefined) throw new Error(`there is no server ${index}`);
    return server;
  }

  /** Whoever leads in the highest term; null where nobody does. */
  leader(): Server | null {
    let leader: Server | null = null;
    for (const server of this.servers) {
      if (server.node?.role.kind !== "leader") continue;
      if (leader?.node == null || server.node.term > leader.node.term) leader = server;
    }
    return leader;
  }
}

function newServers({ seed, servers, spares }: WorldOptions, tuning: Tuning): Server[] {
  const clocks = new Random(seed, STREAMS.clocks);
  const ids = Array.from({ length: servers + spares }, (_, index) => serverName(index));
  const configuration = initialConfiguration(Object.fromEntries(ids.slice(0, servers).map((id) => [id, id])));
  const nothing: SnapshotMeta = { index: 0, term: 0, configuration, size: 0 };
  return ids.map((id, index) => {
    const slower = clocks.below(tuning.driftPermille + 1);
    const period = Math.floor((tuning.tickPeriod * (1000 + slower)) / 1000);
    return new Server(index, id, new Disk(new DiskContent(nothing, new Uint8Array(0))), period);
  });
}

/** `n1` for the first. */
export function serverName(index: number): NodeId {
  return `n${index + 1}`;
}
