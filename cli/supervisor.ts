/**
 * Runs a command in a thread of its own and stays outside, with the terminal, the signals and the clock. A search ends by
 * itself when it is asked to, with a whole report. A function of a spec that does not return cannot be asked: then its
 * thread is ended, and the report says what was found until then and which function it was.
 *
 * What is imported here costs every run its start, so it is little.
 */
import { rmSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { firstNames } from "./calls.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Interrupt } from "./io.ts";
import { JobCells, phase } from "./job-cells.ts";
import type { FromJob, JobInput, OutputName, ToJob } from "./job-messages.ts";
import { type StuckCall, StuckCalls } from "./stuck-calls.ts";
import type { Ending } from "./unfinished-run.ts";
import type { Unfinished } from "./watch.ts";

const millisecondsPerLook = 50;
/** A call that has lasted so long does not return, as far as a run that is to end is concerned. */
const stuckAfter = 1000;
/** What a search that can answer gets to end by itself. */
const millisecondsToAnswer = 250;
/**
 * What a search gets to come to a pause. Its longest piece of work between two pauses is a shard of the table that grows:
 * 0.1 s in a table of 2 GB, 0.4 s in one of 8 GB, on a machine with more to do than it has cores. The rest of two
 * seconds is for the report, and for a thread that gets its turn late.
 */
const millisecondsToPause = 1250;
/** From when on a call that does not return is worth a line. */
const worthSaying = 2000;

/** Why a run is to end, and since when. */
interface Asked {
  readonly by: "interrupt" | "time";
  readonly at: number;
}

export class Supervisor {
  readonly #cells = new JobCells();
  readonly #calls = new StuckCalls(this.#cells);
  readonly #worker: Worker;
  readonly #folders = new Set<string>();
  readonly #finished: Promise<number>;
  #finish: (exit: number) => void = () => undefined;
  readonly #names: string[] = [...firstNames];
  #seconds: number | null = null;
  #deadline: number | null = null;
  #signal: Interrupt | null = null;
  #signalledAt = 0;
  #unfinished: Unfinished | null = null;
  #isOver = false;
  /** The call that was said not to return. */
  #said: number | null = null;

  constructor(args: readonly string[]) {
    for (const name of ["stdout", "stderr"] as const) this.#follow(name);
    this.#finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const terminals = { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true };
    const input: JobInput = { args, cells: this.#cells.memory, terminals };
    this.#worker = new Worker(new URL("./job-thread.js", import.meta.url), {
      workerData: input,
      // The limit that the process was given, which a thread does not get unasked.
      resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
    });
  }

  /** Runs the command to its end; the exit code. */
  async run(): Promise<number> {
    const looking = setInterval(() => this.#look(), millisecondsPerLook);
    const onInt = (): void => this.#interrupted("SIGINT");
    const onTerm = (): void => this.#interrupted("SIGTERM");
    process.on("SIGINT", onInt);
    process.on("SIGTERM", onTerm);
    process.on("exit", () => this.#removeFolders());
    this.#worker.on("message", (message: FromJob) => this.#take(message));
    this.#worker.on("error", (error) => this.#failed(error));
    this.#worker.on("exit", () => {
      if (!this.#isOver) this.#failed(new Error("the thread of the run ended without a result"));
    });
    try {
      return await this.#finished;
    } finally {
      clearInterval(looking);
      await this.#worker.terminate();
      process.off("SIGINT", onInt);
      process.off("SIGTERM", onTerm);
      this.#removeFolders();
    }
  }

  #follow(name: OutputName): void {
    const stream = process[name];
    const measure = (): void => this.#cells.setColumns(name, stream.columns > 0 ? stream.columns : 80);
    measure();
    if (stream.isTTY) stream.on("resize", measure);
  }

  #take(message: FromJob): void {
    if (this.#isOver) return;
    switch (message.kind) {
      case "printed":
        process[message.to].write(message.text);
        return;
      case "named":
        this.#names.push(message.name);
        return;
      case "bounded":
        this.#seconds = message.seconds ?? null;
        return;
      case "searching":
        this.#unfinished = message.unfinished;
        if (this.#seconds !== null) this.#deadline = performance.now() + this.#seconds * 1000;
        return;
      case "made-folder":
        this.#folders.add(message.folder);
        return;
      case "ended":
        this.#isOver = true;
        this.#finish(message.exit);
    }
  }

  /** The first interrupt is passed on; a second one, and one that finds nothing to stop, end the process. */
  #interrupted(signal: Interrupt): void {
    if (this.#signal !== null || this.#cells.phase === phase.concluding) process.exit(exitCodes.interruptedAtOnce);
    this.#signal = signal;
    this.#signalledAt = performance.now();
    this.#cells.askToEnd();
    const message: ToJob = { kind: "interrupt", signal };
    this.#worker.postMessage(message);
  }

  #look(): void {
    if (this.#isOver) return;
    const now = performance.now();
    this.#calls.look(now);
    const stuck = this.#calls.longest(now);
    const asked = this.#asked(now, stuck);
    if (asked !== null) this.#cells.askToEnd();
    if (asked !== null && this.#isToEnd(asked, now, stuck)) this.#end(asked.by, stuck);
    else if (stuck !== null && stuck.milliseconds >= worthSaying) this.#say(stuck);
  }

  #asked(now: number, stuck: StuckCall | null): Asked | null {
    if (this.#signal !== null) return { by: "interrupt", at: this.#signalledAt };
    if (this.#deadline !== null) return now < this.#deadline ? null : { by: "time", at: this.#deadline };
    // Before a search begins the time is only held against what does not return: checking types takes a second.
    const milliseconds = (this.#seconds ?? Number.POSITIVE_INFINITY) * 1000;
    if (stuck === null || stuck.milliseconds < milliseconds) return null;
    return { by: "time", at: now - stuck.milliseconds + milliseconds };
  }

  #isToEnd({ at }: Asked, now: number, stuck: StuckCall | null): boolean {
    const current = this.#cells.phase;
    if (current === phase.keeping || current === phase.concluding) return false;
    const waited = now - at;
    if (stuck !== null && stuck.milliseconds >= stuckAfter && waited >= millisecondsToAnswer) return true;
    if (current === phase.searching && this.#unfinished === null) return waited >= millisecondsToAnswer;
    return waited >= millisecondsToPause;
  }

  #say({ number, milliseconds }: StuckCall): void {
    if (this.#said === number) return;
    this.#said = number;
    const line = process.stderr.isTTY ? "\r\u001b[K" : "";
    const seconds = Math.floor(milliseconds / 1000);
    process.stderr.write(
      `${line}lockstep: ${this.#nameOf(number)} has not returned for ${seconds} s; Ctrl-C ends the run\n`,
    );
  }

  #nameOf(number: number): string {
    return this.#names[number] ?? "the spec";
  }

  #end(by: "interrupt" | "time", stuck: StuckCall | null): void {
    const cause = by === "time" ? `--max-seconds ${this.#seconds}` : this.#signal === "SIGTERM" ? "SIGTERM" : "Ctrl-C";
    const limit = by === "time" ? this.#seconds : null;
    void this.#endWith({ by, limit, cause, call: this.#callOf(stuck) });
  }

  #callOf(stuck: StuckCall | null): Ending["call"] {
    return stuck === null ? null : { name: this.#nameOf(stuck.number), seconds: stuck.milliseconds / 1000 };
  }

  /** The thread threw what nothing in it caught. It cannot say anything any more. */
  #failed(error: Error): void {
    if (this.#isOver) return;
    const now = performance.now();
    this.#calls.look(now);
    const isFull = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    const limit = getHeapStatistics().heap_size_limit;
    if (isFull)
      void this.#endWith({ by: "memory", limit, cause: "the heap", call: this.#callOf(this.#calls.longest(now)) });
    else void this.#blameOurselves(error);
  }

  async #endWith(ending: Ending): Promise<void> {
    this.#isOver = true;
    await this.#worker.terminate();
    const { counts } = this.#cells;
    const { reportUnfinished } = await import("./unfinished-run.ts");
    const outputs = {
      stdout: (text: string) => void process.stdout.write(text),
      stderr: (text: string) => void process.stderr.write(text),
    };
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    this.#finish(reportUnfinished(this.#unfinished, ending, counts, outputs));
  }

  async #blameOurselves(error: Error): Promise<void> {
    this.#isOver = true;
    const { internalErrorText } = await import("./internal-error.ts");
    const { packageVersion } = await import("./package-version.ts");
    process.stderr.write(internalErrorText(error, { environment: process.env, version: packageVersion() }));
    this.#finish(exitCodes.internal);
  }

  #removeFolders(): void {
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
    this.#folders.clear();
  }
}
