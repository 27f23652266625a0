import { errorCode, type Files, type OpenFile } from "./files.ts";
import { StorageError, type StorageProblem } from "./interface.ts";

/** The same file system, whose calls reject with `StorageError`. */
export function guardedFiles(files: Files): Files {
  const names = "write" as const;
  return {
    list: (folder) => guarded("read", folder, files.list(folder)),
    createFolder: (folder) => guarded(names, folder, files.createFolder(folder)),
    async open(path, mode) {
      return guardedFile(await guarded(mode === "read" ? "read" : names, path, files.open(path, mode)), path);
    },
    rename: (from, to) => guarded(names, to, files.rename(from, to)),
    link: (from, to) => guarded(names, to, files.link(from, to)),
    remove: (path) => guarded(names, path, files.remove(path)),
    syncFolder: (folder) => guarded("sync", folder, files.syncFolder(folder)),
  };
}

function guardedFile(file: OpenFile, path: string): OpenFile {
  return {
    size: () => guarded("read", path, file.size()),
    read: (into, position) => guarded("read", path, file.read(into, position)),
    write: (data, position) => guarded("write", path, file.write(data, position)),
    sync: () => guarded("sync", path, file.sync()),
    writeThrough: (data, position) => guarded("sync", path, file.writeThrough(data, position)),
    close: () => guarded("read", path, file.close()),
  };
}

type Action = "read" | "write" | "sync";

async function guarded<Value>(action: Action, path: string, call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    throw new StorageError(problemOf(action, path, error), error);
  }
}

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const FORBIDDEN = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR"]);

function problemOf(action: Action, path: string, error: unknown): StorageProblem {
  const code = errorCode(error) ?? "no code";
  const place = { path, offset: null };
  if (FULL.has(code)) {
    return {
      ...place,
      code: "disk-full",
      message: `there should be room to write, and the file system has none left (${code})`,
      hint: "free space on this file system and start the server again; nothing that was acknowledged is lost",
    };
  }
  if (FORBIDDEN.has(code)) {
    return {
      ...place,
      code: "unwritable",
      message: `the server should be able to ${action} here, and may not (${code})`,
      hint: "give the user that runs the server the right to read and write the folder and all in it",
    };
  }
  if (action === "sync") {
    return {
      ...place,
      code: "sync-failed",
      message: `what was written should be durable, and the file system failed to make it so (${code})`,
      hint: "look for the disk's errors in the kernel log; start the server again only if the disk is sound",
    };
  }
  return {
    ...place,
    code: action === "read" ? "read-failed" : "write-failed",
    message: `the file system failed to ${action} (${code})`,
    hint: "look for the disk's errors in the kernel log, and for the limit of open files",
  };
}
