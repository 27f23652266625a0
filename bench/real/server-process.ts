import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { LocalNode } from "../../impl/server/index.ts";
import { type Disorder, noDisorder } from "./disorder.ts";

/** How a process ended: its exit code, or the signal that ended it. */
export type Ended = number | NodeJS.Signals;

/** One server, as a process of its own that can be started again and again. */
export class ServerProcess {
  readonly node: LocalNode;
  readonly #root: string;
  #child: ChildProcess | null = null;
  #exited: Promise<Ended> = Promise.resolve(0);
  #isPaused = false;
  #isEndExpected = true;
  /** How the process ended, each time that nobody had asked for it. */
  readonly surprises: Ended[] = [];
  starts = 0;

  /** `root` is the folder of the project, where the program was built. */
  constructor(node: LocalNode, root: string) {
    this.node = node;
    this.#root = root;
  }

  get isRunning(): boolean {
    return this.#child !== null && !this.#isPaused;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** The first start makes the data folder; every other must find it. */
  start(): void {
    if (this.#child !== null) throw new Error(`${this.node.id} runs already`);
    const log = openSync(this.node.logFile, "a");
    const faults = join(this.#root, "bench", "real", "faulty-process.mjs");
    const program = join(this.#root, "dist", "cli", "main.js");
    const create = this.starts === 0 ? ["--create"] : [];
    const args = ["--import", faults, program, "serve", "--config", this.node.configurationFile, ...create];
    const child = spawn(process.execPath, args, { stdio: ["ignore", log, log, "ipc"] });
    closeSync(log);
    this.#child = child;
    this.#isEndExpected = false;
    this.starts += 1;
    this.#exited = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => {
        const ended = signal ?? code ?? 0;
        this.#child = null;
        this.#isPaused = false;
        if (!this.#isEndExpected) this.surprises.push(ended);
        resolve(ended);
      });
    });
  }

  /** Resolves when the process has ended, at once if there is none. */
  get ended(): Promise<Ended> {
    return this.#exited;
  }

  /** From now on nobody wonders if the process ends by itself. */
  expectEnd(): void {
    this.#isEndExpected = true;
  }

  /** What a power cut leaves of a process; what it wrote stays with the operating system. */
  kill(): Promise<Ended> {
    return this.#end("SIGKILL");
  }

  /** The clean way. */
  stop(): Promise<Ended> {
    return this.#end("SIGTERM");
  }

  #end(signal: NodeJS.Signals): Promise<Ended> {
    this.expectEnd();
    this.#child?.kill(signal);
    return this.#exited;
  }

  pause(): void {
    this.#isPaused = this.#child?.kill("SIGSTOP") === true;
  }

  resume(): void {
    if (this.#isPaused) this.#child?.kill("SIGCONT");
    this.#isPaused = false;
  }

  /** Resolves when the process has taken it up. Gone is gone: a process that ends meanwhile needs no disorder. */
  async disturb(disorder: Disorder): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        child.off("message", done).off("exit", done);
        resolve();
      };
      child.on("message", done).on("exit", done);
      child.send(disorder, () => undefined);
    });
  }

  calm(): Promise<void> {
    return this.disturb(noDisorder);
  }
}
