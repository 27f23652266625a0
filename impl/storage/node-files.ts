import fs from "node:fs";
import { dirname, resolve } from "node:path";
import type { Files, OpenFile, OpenMode } from "./files.ts";

/** The file system of the machine. */
export const nodeFiles: Files = {
  list: (folder) => fs.promises.readdir(folder),
  async createFolder(folder) {
    const first = await fs.promises.mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = resolve(folder); made.length >= first.length; made = dirname(made)) {
      await nodeFiles.syncFolder(dirname(made));
    }
  },
  async open(path, mode) {
    return new NodeFile(await called<number>((done) => fs.open(path, FLAGS[mode], 0o600, done)), mode);
  },
  rename: (from, to) => fs.promises.rename(from, to),
  link: (from, to) => fs.promises.link(from, to),
  remove: (path) => fs.promises.unlink(path),
  async syncFolder(folder) {
    // Windows has no such call: names are durable there with the metadata of the file.
    if (process.platform === "win32") return;
    const descriptor = await called<number>((done) => fs.open(folder, "r", done));
    try {
      await called<void>((done) => fs.fsync(descriptor, done));
    } finally {
      await called<void>((done) => fs.close(descriptor, done));
    }
  },
};

const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL } = fs.constants;
/** With it every write does what `write` and `fdatasync` do. macOS and Windows have none, and sync in a call of its own. */
const O_DSYNC = process.platform === "linux" ? fs.constants.O_DSYNC : 0;
const FLAGS: Record<OpenMode, number> = {
  read: O_RDONLY,
  create: O_RDWR | O_CREAT | O_EXCL,
  update: O_RDWR | O_DSYNC,
};

/** Callbacks, because a `FileHandle` costs some microseconds a call more, and a log makes one per commit. */
class NodeFile implements OpenFile {
  readonly #descriptor: number;
  readonly #isThrough: boolean;

  constructor(descriptor: number, mode: OpenMode) {
    this.#descriptor = descriptor;
    this.#isThrough = mode === "update" && O_DSYNC !== 0;
  }

  async size(): Promise<number> {
    return (await called<fs.Stats>((done) => fs.fstat(this.#descriptor, done))).size;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    let at = 0;
    while (at < into.length) {
      const count = await called<number>((done) =>
        fs.read(this.#descriptor, into, at, Math.min(into.length - at, CALL_BYTES_MAX), position + at, done),
      );
      if (count === 0) break;
      at += count;
    }
    return at;
  }

  async write(data: Uint8Array, position: number): Promise<void> {
    let at = 0;
    while (at < data.length) {
      at += await called<number>((done) =>
        fs.write(this.#descriptor, data, at, Math.min(data.length - at, CALL_BYTES_MAX), position + at, done),
      );
    }
  }

  sync(): Promise<void> {
    return called<void>((done) => fs.fdatasync(this.#descriptor, done));
  }

  async writeThrough(data: Uint8Array, position: number): Promise<void> {
    await this.write(data, position);
    if (!this.#isThrough) await this.sync();
  }

  close(): Promise<void> {
    return called<void>((done) => fs.close(this.#descriptor, done));
  }
}

/** Linux moves 2 GiB in a call at most, and Node.js no more than that. */
const CALL_BYTES_MAX = 1 << 30;

function called<Value>(call: (done: (error: Error | null, value?: Value) => void) => void): Promise<Value> {
  return new Promise((fulfil, reject) => {
    call((error, value) => {
      if (error === null) fulfil(value as Value);
      else reject(error);
    });
  });
}
