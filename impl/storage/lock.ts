import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, type Files } from "./files.ts";
import { StorageError } from "./interface.ts";
import { LOCK_NAME, unfinished } from "./names.ts";

/** What a lock asks of the operating system. */
export interface Processes {
  readonly ownId: number;
  /** When the process began, in whatever words: they tell it from others of the same id. Null where it is no more. */
  startOf(id: number): Promise<string | null>;
}

/**
 * Takes the folder for this process: a file with its id, made with its content in one step. A lock whose process is no
 * more is taken over. Node.js has no call that locks a file until a process ends, so two servers that start in the same
 * instant after a crash are told apart by reading again what was taken away.
 */
export async function lockFolder(files: Files, processes: Processes, folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK_NAME);
  const text = JSON.stringify({ process: processes.ownId, started: await processes.startOf(processes.ownId) });
  const draft = `${path}.${processes.ownId}`;
  await removeIfThere(files, draft);
  await writeText(files, draft, text);
  try {
    if (!(await linkIfFree(files, draft, path))) {
      await takeOver(files, processes, path);
      if (!(await linkIfFree(files, draft, path))) throw locked(path, "another process");
    }
  } finally {
    await files.remove(draft);
  }
  return () => files.remove(path);
}

/** The processes of this machine. On Linux the start is known exactly; elsewhere an id that is taken counts as alive. */
export const nodeProcesses: Processes = {
  ownId: process.pid,
  async startOf(id) {
    try {
      process.kill(id, 0);
    } catch (error) {
      if (errorCode(error) === "ESRCH") return null;
    }
    if (process.platform !== "linux") return "running";
    try {
      const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
      const stat = await readFile(`/proc/${id}/stat`, "utf8");
      // The name of the program is in parentheses and may hold anything; the start is the twentieth field after it.
      return `${boot.trim()} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
    } catch (error) {
      return errorCode(error) === "ENOENT" ? null : "running";
    }
  },
};

async function takeOver(files: Files, processes: Processes, path: string): Promise<void> {
  const text = await readText(files, path);
  const holder = parseLock(text);
  if (holder !== null && (await processes.startOf(holder.process)) === holder.started) {
    throw locked(path, `process ${holder.process}`);
  }
  const away = unfinished(`${path}.${processes.ownId}`);
  await files.rename(path, away);
  const taken = await readText(files, away);
  if (taken !== text) {
    await files.rename(away, path);
    throw locked(path, "another process");
  }
  await files.remove(away);
}

/** Null where a power cut left something else: whoever wrote it is no more. */
function parseLock(text: string): { process: number; started: string } | null {
  try {
    const { process, started } = JSON.parse(text);
    return typeof process === "number" && typeof started === "string" ? { process, started } : null;
  } catch {
    return null;
  }
}

function locked(path: string, holder: string): StorageError {
  return new StorageError({
    code: "locked",
    message: `the folder should be free, and ${holder} uses it`,
    path,
    offset: null,
    hint: "stop that process, or give this server a folder of its own",
  });
}

async function linkIfFree(files: Files, from: string, to: string): Promise<boolean> {
  try {
    await files.link(from, to);
    return true;
  } catch (error) {
    if (isCausedBy(error, "EEXIST")) return false;
    throw error;
  }
}

async function removeIfThere(files: Files, path: string): Promise<void> {
  try {
    await files.remove(path);
  } catch (error) {
    if (!isCausedBy(error, "ENOENT")) throw error;
  }
}

function isCausedBy(error: unknown, code: string): boolean {
  return error instanceof Error && errorCode(error.cause) === code;
}

export async function readText(files: Files, path: string): Promise<string> {
  const file = await files.open(path, "read");
  try {
    const bytes = new Uint8Array(await file.size());
    await file.read(bytes, 0);
    return new TextDecoder().decode(bytes);
  } finally {
    await file.close();
  }
}

export async function writeText(files: Files, path: string, text: string): Promise<void> {
  const file = await files.open(path, "create");
  try {
    await file.write(new TextEncoder().encode(text), 0);
    await file.sync();
  } finally {
    await file.close();
  }
}
