import { type FileHandle, open } from "node:fs/promises";
import { encodeTraceEvent, type Stamp, type TraceEvent, traceHeader } from "../core/tracing/event.ts";
import type { TraceSink } from "../core/tracing/recorder.ts";

export interface TraceFileOptions {
  /** Characters that wait to be written. Beyond it events are lost, until half of that is free again. */
  readonly waitingMax: number;
  /** So many are written at once, if they come quickly. */
  readonly blockSize: number;
  /** How long an event waits for others, in milliseconds. */
  readonly delay: number;
  /** The file can be written no more, and all further events are lost. Called once. */
  readonly onFailed: (error: unknown) => void;
}

const KIB = 1024;

const defaultTraceFileOptions: TraceFileOptions = {
  waitingMax: 16 * KIB * KIB,
  blockSize: 256 * KIB,
  delay: 100,
  onFailed: () => {},
};

/**
 * Opens the file to which one server writes its trace. One that is there is continued: every life of the server begins
 * with its `Restart`. Rejects as the file system does.
 */
export async function openTraceFile(path: string, options: Partial<TraceFileOptions> = {}): Promise<TraceFile> {
  const file = await open(path, "a");
  const isNew = (await file.stat()).size === 0;
  return new TraceFile(file, isNew, { ...defaultTraceFileOptions, ...options });
}

/** One event a line, written in the background. It makes nobody wait: what finds no room is lost and counted. */
export class TraceFile implements TraceSink {
  readonly #file: FileHandle;
  readonly #options: TraceFileOptions;
  #lines: string[] = [];
  #waiting = 0;
  /** In the file system's hands. */
  #leaving = 0;
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isOverfull = false;
  #isPaused = false;
  #isOver = false;
  #lost = 0;
  #lastLost: Stamp | null = null;

  constructor(file: FileHandle, isNew: boolean, options: TraceFileOptions) {
    this.#file = file;
    this.#options = options;
    if (isNew) this.#add(JSON.stringify(traceHeader));
  }

  get isFull(): boolean {
    return this.#isOverfull || this.#isPaused || this.#isOver;
  }

  /** Events that were lost and of which the trace does not tell yet. */
  get lost(): number {
    return this.#lost;
  }

  write(event: TraceEvent): void {
    this.#tellOfLost();
    this.#add(encodeTraceEvent(event));
  }

  lose(stamp: Stamp): void {
    this.#lost += 1;
    this.#lastLost = stamp;
  }

  /** Loses all events, and counts them, until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** Writes what waits, and closes the file. Rejects if that fails. */
  async close(): Promise<void> {
    if (!this.#isOver) this.#tellOfLost();
    this.#isOver = true;
    this.#cancelTimer();
    while (this.#writing !== null || this.#lines.length > 0) {
      this.#flush();
      await this.#writing;
    }
    await this.#file.close();
  }

  #tellOfLost(): void {
    if (this.#lastLost === null) return;
    const event: TraceEvent = { ...this.#lastLost, event: "EventsLost", count: this.#lost };
    this.#lastLost = null;
    this.#lost = 0;
    this.#add(encodeTraceEvent(event));
  }

  #add(line: string): void {
    this.#lines.push(line);
    this.#waiting += line.length + 1;
    if (this.#waiting + this.#leaving >= this.#options.waitingMax) this.#isOverfull = true;
    if (this.#waiting >= this.#options.blockSize) {
      this.#flush();
    } else if (this.#timer === null && this.#writing === null) {
      this.#timer = setTimeout(() => this.#flush(), this.#options.delay);
      this.#timer.unref();
    }
  }

  #flush(): void {
    if (this.#writing !== null || this.#lines.length === 0) return;
    this.#cancelTimer();
    const block = `${this.#lines.join("\n")}\n`;
    this.#leaving = this.#waiting;
    this.#lines = [];
    this.#waiting = 0;
    this.#writing = this.#file.appendFile(block).then(
      () => this.#written(),
      (error: unknown) => this.#failed(error),
    );
  }

  #written(): void {
    this.#writing = null;
    this.#leaving = 0;
    if (this.#waiting < this.#options.waitingMax / 2) this.#isOverfull = false;
    if (this.#waiting > 0) this.#flush();
  }

  #failed(error: unknown): void {
    this.#writing = null;
    this.#leaving = 0;
    this.#lines = [];
    this.#waiting = 0;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onFailed(error);
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
