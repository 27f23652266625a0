import type { Audit } from "../core/audit.ts";
import type { Node, NodeId } from "../core/index.ts";
import { KvMachine } from "../kv/machine/index.ts";
import type { ClientRequest } from "./client.ts";
import type { Disk } from "./disk.ts";

/** A read that waits until the machine has applied `index`. */
interface WaitingRead {
  readonly index: number;
  readonly request: ClientRequest;
}

/** One machine of the simulated world, and the process on it. */
export class Server {
  readonly index: number;
  readonly id: NodeId;
  /** Null while no process runs. */
  node: Node | null = null;
  /** What must hold of this server alone; null while no process runs. */
  audit: Audit | null = null;
  /** Counts the lives of the process from 1; 0 before the first. */
  life = 0;
  disk: Disk;
  machine = new KvMachine(null);
  /** The last entry that the machine has applied, and its term. */
  applied = 0;
  appliedTerm = 0;
  /** Where the last image was taken, durable or not. */
  imageIndex = 0;
  isSavingImage = false;
  /** Microseconds between two of its ticks. */
  tickPeriod: number;
  readonly ownTickPeriod: number;
  /** It stands still until then. */
  pausedUntil = 0;
  owedTicks = 0;
  /** Ticks that do not come because its clock went back. */
  skippedTicks = 0;
  diskFactor = 1;
  stalledUntil = 0;
  /** The next sync fails, and the server starts again after so many microseconds; 0 where none fails. */
  failsNextSync = 0;
  /** It lost what it had called durable: it must never start again under this id. */
  isCondemned = false;
  /** Requests of clients that the core has, by the number they were given. */
  readonly requests = new Map<number, ClientRequest>();
  requestCount = 0;
  waitingReads: WaitingRead[] = [];

  constructor(index: number, id: NodeId, disk: Disk, tickPeriod: number) {
    this.index = index;
    this.id = id;
    this.disk = disk;
    this.tickPeriod = tickPeriod;
    this.ownTickPeriod = tickPeriod;
  }
}
