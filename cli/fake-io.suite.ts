/** A world for tests: what was printed and written can be read, and everything that can fail does so on demand. */
import { memoryStorage } from "../checker/spill/memory-storage.suite.ts";
import type { ModelDeclaration } from "../spec/lang/index.ts";
import type { FileFailure, Interrupt, Io } from "./io.ts";
import { fine, refuse } from "./problem.ts";
import { run } from "./run.ts";
import type { Simulator } from "./sim-run.ts";
import { noPlaces, type SpecSource } from "./spec-source.ts";
import { unwatched } from "./watch.ts";

export interface FakeWorld extends Partial<Io> {
  /** Files that can be read, by path. */
  readonly texts?: Readonly<Record<string, string>>;
  /** What writing a file gives instead of success. */
  readonly writeFailure?: FileFailure;
  /** The models of TypeScript files, by path. */
  readonly models?: Readonly<Record<string, readonly ModelDeclaration[]>>;
  readonly isTerminal?: true;
  /** Interrupts, each at one of the turns that the world is given. */
  readonly interrupts?: readonly Interrupt[];
  /** What the command `sim` runs; the ordinary simulator where none is given. */
  readonly simulator?: Simulator;
}

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that were written, by path. */
  readonly written: Readonly<Record<string, string>>;
  /** Set where the process was to end at once. */
  readonly endedWith: number | null;
}

/** One thread without a watch, in an empty environment. */
const alone = { watch: unwatched, environment: {}, hire: null, processors: 1 } as const;

/** Runs a command line in a fake world. A clock of its own gives it a turn at every pause of a search. */
export async function ran(line: string, world: FakeWorld = {}): Promise<Ran> {
  const printed = { stdout: "", stderr: "" };
  const written: Record<string, string> = {};
  let endedWith: number | null = null;
  let clock = 0;
  const listeners = new Set<(interrupt: Interrupt) => void>();
  const pending = [...(world.interrupts ?? [])];
  const output = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      printed[name] += text;
    },
    isTerminal: world.isTerminal === true,
    columns: 120,
  });
  const turn = async (): Promise<void> => {
    const interrupt = pending.shift();
    if (interrupt !== undefined) for (const listener of listeners) listener(interrupt);
  };
  const io: Io = {
    stdout: output("stdout"),
    stderr: output("stderr"),
    files: {
      read: async (path) => {
        const text = world.texts?.[path];
        return text === undefined ? { ok: false, code: "ENOENT", message: `no ${path}` } : { ok: true, text };
      },
      write: async (path, text) => {
        if (world.writeFailure !== undefined) return world.writeFailure;
        written[path] = text;
        return { ok: true };
      },
    },
    specs: fakeSpecs(world.models ?? {}),
    version: "1.2.3",
    now: () => {
      clock += 50;
      return clock;
    },
    heapBytes: () => 42_000_000,
    collectGarbage: () => undefined,
    heapBytesMax: 1e9,
    memoryBytesMax: 1e9,
    ...alone,
    openStorage: () => ({ ok: true, folder: "spilled", close: () => undefined, ...memoryStorage() }),
    turn,
    rest: turn,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    endAtOnce: (code) => {
      endedWith = code;
    },
    ...world,
  };
  const exit = await run(line === "" ? [] : line.split(" "), io, world.simulator);
  return { exit, ...printed, written, endedWith };
}

/** Knows the models it is given, and nothing of source text. */
export function fakeSpecs(models: Readonly<Record<string, readonly ModelDeclaration[]>>): SpecSource {
  return {
    load: async (path) => {
      const found = models[path];
      const problem = {
        code: "not-found",
        exit: 150,
        what: `there is no file ${path}`,
        place: { file: path },
        tries: [],
      } as const;
      return found === undefined ? refuse(problem) : fine(found);
    },
    marked: (declaration) => declaration,
    bundleOf: () => null,
    codeOf: () => "",
    places: async () => noPlaces,
    reasons: async () => [],
    guardReasons: async () => [],
    placeOfError: () => null,
  };
}
