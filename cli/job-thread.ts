/** The thread of a run: it does what the command line says, in a world whose terminal and signals are another thread's. */
import { parentPort, workerData } from "node:worker_threads";
import { Calls } from "./calls.ts";
import type { Interrupt, Io, Output } from "./io.ts";
import { JobCells, phase } from "./job-cells.ts";
import type { FromJob, JobInput, OutputName, ToJob } from "./job-messages.ts";
import { markedDeclaration } from "./marked-spec.ts";
import { nodeIo } from "./node-io.ts";
import { hireFor } from "./recipe.ts";
import { run } from "./run.ts";
import type { Watch } from "./watch.ts";

const { args, cells: memory, terminals } = workerData as JobInput;
const cells = new JobCells(memory);
const calls = new Calls(cells.slot(0), [], (name) => send({ kind: "named", name }));
const listeners = new Set<(interrupt: Interrupt) => void>();
/** An interrupt that came before anything listened. */
let pending: Interrupt | null = null;

function send(message: FromJob): void {
  parentPort?.postMessage(message);
}

function output(name: OutputName): Output {
  return {
    write: (text) => send({ kind: "printed", to: name, text }),
    isTerminal: terminals[name],
    get columns() {
      return cells.columnsOf(name);
    },
  };
}

const watch: Watch = {
  marked: (declaration) => markedDeclaration(declaration, calls),
  loading: (file, load) => calls.marked(`the loading of ${file}`, load)(),
  bounded: (seconds) => send({ kind: "bounded", seconds }),
  searching(unfinished) {
    send({ kind: "searching", unfinished });
    cells.phase = phase.searching;
  },
  shown(progress) {
    cells.counts = progress;
  },
  isAskedToEnd: () => cells.isAskedToEnd,
  keeping() {
    cells.phase = phase.keeping;
  },
  kept() {
    cells.phase = phase.searching;
  },
  concluding() {
    cells.phase = phase.concluding;
  },
};

parentPort?.on("message", ({ signal }: ToJob) => {
  if (listeners.size === 0) pending = signal;
  for (const listener of listeners) listener(signal);
});

const world = nodeIo(watch);
const io: Io = {
  ...world,
  stdout: output("stdout"),
  stderr: output("stderr"),
  hire: (recipe) => hireFor(recipe, { cells: memory, names: calls.names }),
  openStorage(folder) {
    const opened = world.openStorage(folder);
    if (opened.ok) send({ kind: "made-folder", folder: opened.folder });
    return opened;
  },
  onInterrupt(listener) {
    listeners.add(listener);
    if (pending !== null) listener(pending);
    pending = null;
    return () => listeners.delete(listener);
  },
  // The thread that has the signals ends the process at a second one, and does not ask.
  endAtOnce: () => undefined,
};

send({ kind: "ended", exit: await run(args, io) });
parentPort?.close();
