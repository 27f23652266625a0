import { connect, createServer, type Server, type Socket } from "node:net";
import { senderOf } from "./sender.ts";

/**
 * What becomes of the bytes that one server sends to another on connections that it opened itself, which is all that
 * two members say to each other. `held` is a network that loses every packet: connections stay open, nothing arrives,
 * and what TCP would send again comes when the link is open again. A link with a delay keeps the order.
 */
export type Link =
  | { readonly kind: "open" }
  | { readonly kind: "held" }
  | { readonly kind: "delayed"; readonly ms: number };

const LOOPBACK = "127.0.0.1";
const OPEN: Link = { kind: "open" };
/** What waits at a link. Beyond it, it is the sender's turn to wait. */
const WAITING_BYTES_MAX = 1 << 20;

/**
 * A door before the peer port of each server. Members know each other by these doors, and a greeting says who knocks,
 * so that each direction between two servers can be treated by itself.
 */
export class Network {
  readonly #doors: Server[] = [];
  readonly #links = new Map<string, Link>();
  readonly #passages = new Set<Passage>();

  /** Opens a door before a port, and resolves with the port of the door. */
  openDoor(to: string, port: number): Promise<number> {
    const door = createServer((socket) => this.#enter(socket, to, port));
    this.#doors.push(door);
    return new Promise((resolve, reject) => {
      door.once("error", reject);
      door.listen(0, LOOPBACK, () => {
        const bound = door.address();
        if (bound === null || typeof bound === "string") throw new Error("a door that listens has a port");
        resolve(bound.port);
      });
    });
  }

  set(from: string, to: string, link: Link): void {
    this.#links.set(nameOf(from, to), link);
    for (const passage of this.#passages) if (passage.isFrom(from, to)) passage.changed();
  }

  /** Both directions. */
  setBoth(one: string, other: string, link: Link): void {
    this.set(one, other, link);
    this.set(other, one, link);
  }

  /** Nothing passes between the two groups. */
  part(some: readonly string[], others: readonly string[]): void {
    for (const one of some) for (const other of others) this.setBoth(one, other, { kind: "held" });
  }

  heal(): void {
    this.#links.clear();
    for (const passage of this.#passages) passage.changed();
  }

  /** Breaks the connections that are there; new ones may be opened at once. */
  reset(): void {
    for (const passage of this.#passages) passage.close();
  }

  async close(): Promise<void> {
    this.reset();
    await Promise.all(this.#doors.map((door) => new Promise((resolve) => door.close(resolve))));
  }

  #enter(socket: Socket, to: string, port: number): void {
    const linkFrom = (from: string) => this.#links.get(nameOf(from, to)) ?? OPEN;
    const passage = new Passage(socket, to, port, linkFrom, () => this.#passages.delete(passage));
    this.#passages.add(passage);
  }
}

function nameOf(from: string, to: string): string {
  return `${from} to ${to}`;
}

/** One connection from a server to the door of another. */
class Passage {
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #to: string;
  readonly #linkFrom: (from: string) => Link;
  readonly #waiting: { readonly bytes: Buffer; readonly since: number }[] = [];
  #waitingBytes = 0;
  #from: string | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(near: Socket, to: string, port: number, linkFrom: (from: string) => Link, closed: () => void) {
    this.#near = near;
    this.#to = to;
    this.#linkFrom = linkFrom;
    this.#far = connect({ host: LOOPBACK, port });
    near.on("data", (bytes) => this.#take(bytes));
    // Answers to greetings and probes.
    this.#far.on("data", (bytes) => near.write(bytes));
    for (const socket of [near, this.#far]) {
      socket.setNoDelay(true);
      socket.on("error", () => this.close());
      socket.on("close", () => {
        this.close();
        closed();
      });
    }
  }

  isFrom(from: string, to: string): boolean {
    return this.#from === from && this.#to === to;
  }

  changed(): void {
    this.#pass();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#near.destroy();
    this.#far.destroy();
  }

  #take(bytes: Buffer): void {
    this.#waiting.push({ bytes, since: performance.now() });
    this.#waitingBytes += bytes.length;
    this.#from ??= senderOf(Buffer.concat(this.#waiting.map((one) => one.bytes)));
    if (this.#waitingBytes > WAITING_BYTES_MAX) this.#near.pause();
    this.#pass();
  }

  #pass(): void {
    clearTimeout(this.#timer);
    if (this.#from === null) return;
    const link = this.#linkFrom(this.#from);
    if (link.kind === "held") return;
    const delay = link.kind === "delayed" ? link.ms : 0;
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined) break;
      const wait = first.since + delay - performance.now();
      if (delay > 0 && wait > 0) {
        this.#timer = setTimeout(() => this.#pass(), wait);
        break;
      }
      this.#far.write(first.bytes);
      this.#waitingBytes -= first.bytes.length;
      this.#waiting.shift();
    }
    if (this.#waitingBytes <= WAITING_BYTES_MAX) this.#near.resume();
  }
}
