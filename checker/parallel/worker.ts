/** A worker's part of a search: it takes chunks of each level until none is left. It sleeps between, and never returns. */
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { AsymmetryError, DeadDataError, type Model } from "../../spec/lang/index.ts";
import { Explorer } from "../compile/explorer.ts";
import { cutBefore } from "../store/rows.ts";
import { Table } from "../store/table.ts";
import { listingOf } from "./listing.ts";
import {
  type ChunkId,
  control,
  type Failure,
  gauge,
  halt,
  type ToLeader,
  type ToWorker,
  type WorkerStart,
} from "./messages.ts";
import { SharedRegistry } from "./registry.ts";
import { SharedChunks } from "./shared-chunks.ts";

/** States added between two looks at how full the table is. */
const addedPerLook = 256;

/** Serves the leader at the other end of the port, with a model that was made like the leader's. */
export function serve(port: MessagePort, start: WorkerStart, model: Model): void {
  const worker = new Worker(port, start);
  try {
    worker.run(model);
  } catch (error) {
    worker.send({ type: "failed", error: failureOf(error) });
  }
}

function failureOf(error: unknown): Failure {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const data = error instanceof DeadDataError ? error.data : [];
  return { name, message, stack, culprit: isClaim(error) ? error.culprit : null, data };
}

function isClaim(error: unknown): error is AsymmetryError | DeadDataError {
  return error instanceof AsymmetryError || error instanceof DeadDataError;
}

class Worker {
  readonly #port: MessagePort;
  readonly #start: WorkerStart;
  readonly #control: Int32Array;
  readonly #gauges: number;
  readonly #registry: SharedRegistry;
  readonly #table: Table;
  readonly #chunks: SharedChunks;

  constructor(port: MessagePort, start: WorkerStart) {
    this.#port = port;
    this.#start = start;
    this.#control = new Int32Array(start.control);
    this.#gauges = control.gauges + gauge.words * start.index;
    this.#registry = new SharedRegistry(start.registry);
    this.#table = new Table(start.table);
    // The leader's chunks are those of owner 0.
    this.#chunks = new SharedChunks(start.index + 1);
  }

  send(message: ToLeader): void {
    this.#port.postMessage(message);
    Atomics.add(this.#control, control.toLeader, 1);
    Atomics.notify(this.#control, control.toLeader);
  }

  run(model: Model): void {
    const explorer = new Explorer(model, this.#table, this.#registry, this.#start.engine, this.#chunks.make);
    explorer.isToEnd = () => this.#halted() === halt.stop;
    this.send({ type: "ready", listing: listingOf(model) });
    for (;;) {
      const message = this.#next();
      if (message.type === "level") this.#level(explorer, message);
    }
  }

  #next(): ToWorker {
    for (;;) {
      const seen = Atomics.load(this.#control, control.toWorkers);
      const received: { readonly message: ToWorker } | undefined = receiveMessageOnPort(this.#port);
      if (received !== undefined) return received.message;
      Atomics.wait(this.#control, control.toWorkers, seen, 1000);
    }
  }

  #level(explorer: Explorer, { level, met, chunks, news, table }: Extract<ToWorker, { type: "level" }>): void {
    this.#chunks.learn(news);
    this.#table.adopt(table);
    this.#registry.adopt();
    explorer.begin(met);
    this.#measure(explorer, 0);
    const before = explorer.expanded;
    let looked = 0;
    const rest: ChunkId[] = [];
    while (this.#halted() !== halt.stop) {
      const taken = Atomics.add(this.#control, control.nextChunk, 1);
      const id = chunks[taken];
      if (id === undefined) break;
      const chunk = this.#chunks.at(id);
      const used = chunk[0] ?? 0;
      for (let at = 1; at < used; ) {
        at = explorer.expand(chunk, at, level);
        if (explorer.next.count - looked >= addedPerLook) {
          looked = explorer.next.count;
          if (this.#table.isCrowded) Atomics.compareExchange(this.#control, control.halt, halt.no, halt.grow);
        }
        this.#measure(explorer, explorer.expanded - before);
        if (this.#halted() === halt.grow) this.#pause();
        // Also after a pause: a table whose growth was cut short has no room for another part of the level.
        if (this.#halted() === halt.stop) {
          if (at < used) {
            cutBefore(chunk, at);
            rest.push(id);
          }
          break;
        }
      }
      // Whoever has read a chunk writes to it next, whoever made it.
      if (rest.length === 0) explorer.next.recycle(chunk);
    }
    this.#measure(explorer, explorer.expanded - before);
    const report = explorer.report();
    const written = explorer.next.take().map((chunk) => this.#chunks.idOf(chunk));
    this.send({ type: "level-end", report, chunks: written, rest, news: this.#chunks.takeNews() });
  }

  #halted(): number {
    return Atomics.load(this.#control, control.halt);
  }

  /** Sleeps until the table has grown, or the level ends here. */
  #pause(): void {
    this.send({ type: "paused" });
    const message = this.#next();
    if (message.type === "resume") this.#table.adopt(message.table);
  }

  #measure(explorer: Explorer, done: number): void {
    const { generated } = explorer.counts;
    const gauges = this.#control;
    Atomics.store(gauges, this.#gauges + gauge.done, done);
    Atomics.store(gauges, this.#gauges + gauge.next, explorer.next.count);
    Atomics.store(gauges, this.#gauges + gauge.generatedLow, generated % 2 ** 30);
    Atomics.store(gauges, this.#gauges + gauge.generatedHigh, Math.floor(generated / 2 ** 30));
    Atomics.store(gauges, this.#gauges + gauge.rowKibibytes, Math.ceil(this.#chunks.bytes / 1024));
  }
}
