/** The world as Node.js gives it. */
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { dirname } from "node:path";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openFolderStorage } from "./folder-storage.ts";
import { type Files, failureOf, type Io, type Output } from "./io.ts";
import { nodeSpecs } from "./node-specs.ts";
import { packageVersion } from "./package-version.ts";
import { hireFor, processorCount } from "./recipe.ts";
import { unwatched, type Watch } from "./watch.ts";

/** What is left of the heap when a run stops for lack of memory: enough to print its report. */
const heapShareMax = 0.9;
/** What a search leaves of the memory to others. */
const memoryShareMax = 0.85;
/** Of a search that waits for something of the world. */
const millisecondsOfRest = 100;

export function nodeIo(watch: Watch = unwatched): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    files: nodeFiles,
    specs: nodeSpecs(process.cwd(), watch),
    watch,
    version: packageVersion(),
    environment: process.env,
    now: () => performance.now(),
    heapBytes: () => getHeapStatistics().used_heap_size,
    collectGarbage: garbageCollector(),
    heapBytesMax: Math.floor(getHeapStatistics().heap_size_limit * heapShareMax),
    memoryBytesMax: Math.floor(totalmem() * memoryShareMax),
    processors: processorCount(),
    hire: (recipe) => hireFor(recipe, null),
    openStorage: (folder) => openFolderStorage(folder),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    rest: () => new Promise((resolve) => setTimeout(resolve, millisecondsOfRest)),
    onInterrupt(listener) {
      const onInt = () => listener("SIGINT");
      const onTerm = () => listener("SIGTERM");
      process.on("SIGINT", onInt);
      process.on("SIGTERM", onTerm);
      return () => {
        process.off("SIGINT", onInt);
        process.off("SIGTERM", onTerm);
      };
    },
    endAtOnce: (code) => process.exit(code),
  };
}

/** The runtime has one and shows it only to who asks for it. */
function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  return typeof collect === "function" ? () => collect() : () => undefined;
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    // A terminal may change its width, and one that does not know it says zero.
    get columns() {
      return stream.columns > 0 ? stream.columns : 80;
    },
  };
}

const nodeFiles: Files = {
  async read(path) {
    try {
      return { ok: true, text: await readFile(path, "utf8") };
    } catch (error) {
      return failureOf(error);
    }
  },
  async write(path, text) {
    try {
      await makeFolder(dirname(path));
      const existing = await stat(path).catch(() => null);
      if (existing !== null && !existing.isFile()) await writeAndSync(path, text);
      else await replace(existing === null ? path : await realpath(path), text);
      return { ok: true };
    } catch (error) {
      return failureOf(error);
    }
  },
};

/** A file is written beside its place and moved there, so that a full disk leaves no half of a trace. */
async function replace(path: string, text: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeAndSync(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** One folder at a time: where the system refuses a folder below an existing one, Node's recursive way never returns. */
async function makeFolder(path: string): Promise<void> {
  const existing = await stat(path).catch(() => null);
  if (existing !== null) return;
  await makeFolder(dirname(path));
  await mkdir(path);
}

async function writeAndSync(path: string, text: string): Promise<void> {
  const handle = await open(path, "w");
  try {
    await handle.writeFile(text);
    // A pipe or a device takes what it is given, and has nothing to bring to a disk.
    if ((await handle.stat()).isFile()) await handle.sync();
  } finally {
    await handle.close();
  }
}
