/** The leader's side: workers, what is sent to them, and what comes back. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { AsymmetryError, DeadDataError, type Model, SpecError } from "../../spec/lang/index.ts";
import type { Report } from "../compile/levels.ts";
import { Disagreement } from "../search/disagreement.ts";
import type { Table } from "../store/table.ts";
import { listingOf, listingProblem } from "./listing.ts";
import {
  type ChunkId,
  control,
  type Failure,
  gauge,
  halt,
  type NewChunk,
  type ToLeader,
  type ToWorker,
  type WorkerStart,
} from "./messages.ts";
import type { SharedRegistry } from "./registry.ts";

/** Starts a thread that calls `serve` with this port and this start. */
export type Hire = (port: MessagePort, start: WorkerStart) => { readonly terminate: () => unknown };

export interface LevelEnd {
  readonly reports: readonly Report[];
  readonly chunks: readonly ChunkId[];
  /** Chunks of the level that were not expanded to their ends. */
  readonly rest: readonly ChunkId[];
  readonly news: readonly NewChunk[];
}

interface Member {
  readonly port: MessagePort;
  readonly terminate: () => unknown;
  state: "starting" | "idle" | "working" | "paused";
}

type Level = Omit<Extract<ToWorker, { type: "level" }>, "type" | "table">;

export class Team {
  readonly #members: readonly Member[];
  readonly #control: Int32Array;
  readonly #model: Model;
  readonly #table: () => Table;
  #chunks: readonly ChunkId[] = [];
  /** The growth of the table that goes on; null while none does. */
  #growth: Generator<undefined, void, unknown> | null = null;
  #ends: Extract<ToLeader, { type: "level-end" }>[] = [];

  constructor(
    size: number,
    engine: WorkerStart["engine"],
    registry: SharedRegistry,
    table: Table,
    model: Model,
    hire: Hire,
  ) {
    const shared = new SharedArrayBuffer(4 * (control.gauges + gauge.words * size));
    this.#control = new Int32Array(shared);
    this.#model = model;
    this.#table = () => table;
    this.#members = Array.from({ length: size }, (_, index) => {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      const { memory } = table;
      const start = { index, engine, control: shared, registry: registry.memory, table: memory };
      const thread = hire(port2, start);
      return { port: port1, terminate: () => thread.terminate(), state: "starting" };
    });
  }

  /** True once every worker has loaded the model. */
  get isReady(): boolean {
    this.#listen();
    return this.#members.every(({ state }) => state === "idle");
  }

  /** Sends everyone to work on a level or what is left of it. */
  begin(level: Level): void {
    Atomics.store(this.#control, control.nextChunk, 0);
    Atomics.store(this.#control, control.halt, halt.no);
    this.#ends = [];
    this.#chunks = level.chunks;
    for (const member of this.#members) {
      member.state = "working";
      this.#send(member, { type: "level", ...level, table: this.#table().memory });
    }
    this.#wake();
  }

  /** Waits for so many milliseconds, or grows a part of the table; the end of the level, or null while it goes on. */
  wait(milliseconds: number): LevelEnd | null {
    const seen = Atomics.load(this.#control, control.toLeader);
    this.#listen();
    if (this.#members.every(({ state }) => state !== "working")) {
      if (this.#members.some(({ state }) => state === "paused")) this.#grow();
      else return this.#levelEnd();
    } else Atomics.wait(this.#control, control.toLeader, seen, milliseconds);
    return null;
  }

  /** Asks everyone to end the level where they are. */
  stop(): void {
    Atomics.store(this.#control, control.halt, halt.stop);
  }

  /**
   * Over all workers: states expanded on this level, states found for the next, states generated since they began, and
   * bytes of the chunks they made.
   */
  gauges(): {
    readonly done: number;
    readonly next: number;
    readonly generated: number;
    readonly rowBytes: number;
  } {
    let done = 0;
    let next = 0;
    let generated = 0;
    let rowBytes = 0;
    for (let index = 0; index < this.#members.length; index += 1) {
      const at = control.gauges + gauge.words * index;
      const read = (which: number): number => Atomics.load(this.#control, at + which);
      done += read(gauge.done);
      next += read(gauge.next);
      rowBytes += read(gauge.rowKibibytes) * 1024;
      generated += read(gauge.generatedLow) + read(gauge.generatedHigh) * 2 ** 30;
    }
    return { done, next, generated, rowBytes };
  }

  dismiss(): void {
    for (const { port, terminate } of this.#members) {
      port.close();
      terminate();
    }
  }

  #levelEnd(): LevelEnd {
    const ends = this.#ends;
    return {
      reports: ends.map(({ report }) => report),
      chunks: ends.flatMap(({ chunks }) => chunks),
      rest: [
        ...ends.flatMap(({ rest }) => rest),
        ...this.#chunks.slice(Atomics.load(this.#control, control.nextChunk)),
      ],
      news: ends.flatMap(({ news }) => news),
    };
  }

  /**
   * Grows a part of the table, and wakes the others after the last part, or where they are to stop. No other thread touches
   * the table now: those that do not sleep have ended their level.
   */
  #grow(): void {
    const table = this.#table();
    const isStopping = Atomics.load(this.#control, control.halt) === halt.stop;
    this.#growth ??= table.growing();
    if (!isStopping && this.#growth.next().done !== true) return;
    this.#growth = null;
    if (!isStopping) Atomics.store(this.#control, control.halt, halt.no);
    for (const member of this.#members) {
      if (member.state !== "paused") continue;
      member.state = "working";
      this.#send(member, { type: "resume", table: table.memory });
    }
    this.#wake();
  }

  #send({ port }: Member, message: ToWorker): void {
    port.postMessage(message);
  }

  #wake(): void {
    Atomics.add(this.#control, control.toWorkers, 1);
    Atomics.notify(this.#control, control.toWorkers);
  }

  #listen(): void {
    for (const member of this.#members) {
      for (;;) {
        const received: { readonly message: ToLeader } | undefined = receiveMessageOnPort(member.port);
        if (received === undefined) break;
        this.#take(member, received.message);
      }
    }
  }

  #take(member: Member, message: ToLeader): void {
    if (message.type === "failed") throw errorOf(message.error, this.#model.symmetric);
    if (message.type === "ready") this.#compare(message.listing);
    if (message.type === "paused") member.state = "paused";
    else member.state = "idle";
    if (message.type === "level-end") this.#ends.push(message);
  }

  #compare(listing: readonly string[]): void {
    const problem = listingProblem(listingOf(this.#model), listing);
    if (problem !== null) throw new SpecError(problem);
  }
}

/** What a worker threw, as the leader throws it. */
function errorOf({ name, message, stack, culprit, data }: Failure, symmetric: readonly string[]): Error {
  if (culprit !== null && name === "DeadDataError") return new DeadDataError(culprit, data);
  if (culprit !== null) return new AsymmetryError(culprit, symmetric);
  if (name === "SpecError") return new SpecError(message);
  if (name === "Disagreement") return new Disagreement(message);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
