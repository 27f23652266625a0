/** Threads for tests. Node.js 20 loads no TypeScript in a thread, so what a thread runs is bundled first. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { control, gauge, type WorkerStart } from "./messages.ts";
import type { Crew } from "./together.ts";

/** Packages are found from here, as they are from the sources. */
const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
/** For a thread to load its bundle and to make its model. */
const millisecondsToBegin = 120_000;

/** Bundles a module and what it imports. The bundle is deleted when the process ends. */
export async function bundled(entry: URL): Promise<URL> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "lockstep-thread-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [fileURLToPath(entry)],
    outdir: folder,
    bundle: true,
    // What is imported when it is needed stays apart, so that a thread begins without the compiler.
    splitting: true,
    outExtension: { ".js": ".mjs" },
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  return pathToFileURL(join(folder, basename(entry.pathname).replace(/\.ts$/, ".mjs")));
}

/** A crew whose threads are all there as soon as they are hired, however small the model is. */
export interface PromptCrew extends Crew {
  /** States that each thread has generated, in the order in which they were hired. */
  readonly generated: () => readonly number[];
  /** Waits until the threads are gone. */
  readonly gone: () => Promise<void>;
}

/**
 * So many threads that run this bundle, which finds `input`, its port and its start in `workerData`. They are hired for
 * the first level that has `worthwhile` states.
 */
export function promptCrew(bundle: URL, workers: number, input: object, worthwhile: number): PromptCrew {
  const hired: { readonly start: WorkerStart; readonly thread: Worker }[] = [];
  return {
    workers,
    worthwhile,
    hire: (port, start) => {
      const thread = new Worker(bundle, { workerData: { ...input, port, start }, transferList: [port] });
      hired.push({ start, thread });
      if (hired.length === workers) awaitAll(new Int32Array(start.control), workers);
      return thread;
    },
    generated: () => hired.map(({ start }) => generatedBy(start)),
    gone: async () => {
      await Promise.all(hired.map(({ thread }) => thread.terminate()));
    },
  };
}

/** Waits until this many threads have said that they are ready, or that they failed. */
function awaitAll(words: Int32Array, workers: number): void {
  const end = performance.now() + millisecondsToBegin;
  for (;;) {
    const said = Atomics.load(words, control.toLeader);
    if (said >= workers) return;
    if (performance.now() > end) throw new Error(`${said} of ${workers} threads began in time`);
    Atomics.wait(words, control.toLeader, said, 1000);
  }
}

function generatedBy({ control: shared, index }: WorkerStart): number {
  const words = new Int32Array(shared);
  const at = control.gauges + gauge.words * index;
  return (words[at + gauge.generatedLow] ?? 0) + (words[at + gauge.generatedHigh] ?? 0) * 2 ** 30;
}
