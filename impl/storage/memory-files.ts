import type { Files, OpenFile, OpenMode } from "./files.ts";

/** What a file system is asked for: `number` counts from 1, `path` is the one that is changed or read. */
export interface FileOperation {
  readonly number: number;
  readonly kind: "create" | "open" | "read" | "write" | "sync" | "rename" | "link" | "remove" | "sync-folder" | "list";
  readonly path: string;
}

/**
 * What goes wrong with an operation: an error code, with which it does nothing; "power-cut", after which the disk is
 * as `afterPowerCut` says and every call fails; "lie", with which a sync does nothing and says that it did.
 */
export type FileFault = "EIO" | "ENOSPC" | "EACCES" | "power-cut" | "lie";

/**
 * A disk in memory with the faults of a real one, for tests of what writes files. Of what is not synced a power cut
 * keeps what chance decides: any sectors of any write, and the first so many changes of names.
 */
export class MemoryFiles implements Files {
  readonly #fault: (operation: FileOperation) => FileFault | null;
  #names: Map<string, Content>;
  #durableNames: Map<string, Content>;
  /** Changes of names that are not durable, oldest first. */
  #unsyncedNames: ((names: Map<string, Content>) => void)[] = [];
  #operations = 0;
  #hasPower = true;

  constructor(fault: (operation: FileOperation) => FileFault | null, names = new Map<string, Content>()) {
    this.#fault = fault;
    this.#names = names;
    this.#durableNames = new Map(names);
  }

  /** How many operations there have been. */
  get operations(): number {
    return this.#operations;
  }

  /** The bytes of a file, to look at and to damage. */
  contentOf(path: string): Uint8Array {
    return this.#require(path).bytes();
  }

  damage(path: string, offset: number, bytes: Uint8Array): void {
    this.#require(path).damage(offset, bytes);
  }

  names(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** The disk after the power cut. `choose(n)` is a number from 0 to n - 1, and decides what survives. */
  afterPowerCut(choose: (count: number) => number, fault: (operation: FileOperation) => FileFault | null): MemoryFiles {
    const names = new Map(this.#durableNames);
    const kept = choose(this.#unsyncedNames.length + 1);
    for (const change of this.#unsyncedNames.slice(0, kept)) change(names);
    const survivors = new Map<Content, Content>();
    for (const content of names.values()) survivors.set(content, survivors.get(content) ?? content.surviving(choose));
    return new MemoryFiles(
      fault,
      new Map([...names].map(([path, content]) => [path, survivors.get(content) ?? content])),
    );
  }

  async list(folder: string): Promise<string[]> {
    this.#begin("list", folder);
    const start = `${folder}/`;
    return [...this.#names.keys()].filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  }

  async createFolder(): Promise<void> {}

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    this.#begin(mode === "create" ? "create" : "open", path);
    if (mode === "create") {
      if (this.#names.has(path)) throw new FileError("EEXIST", path);
      const content = new Content();
      this.#change((names) => names.set(path, content));
    }
    const content = this.#require(path);
    return new MemoryFile(content, (kind) => this.#begin(kind, path));
  }

  async rename(from: string, to: string): Promise<void> {
    this.#begin("rename", to);
    const content = this.#require(from);
    this.#change((names) => {
      names.delete(from);
      names.set(to, content);
    });
  }

  async link(from: string, to: string): Promise<void> {
    this.#begin("link", to);
    if (this.#names.has(to)) throw new FileError("EEXIST", to);
    const content = this.#require(from);
    this.#change((names) => names.set(to, content));
  }

  async remove(path: string): Promise<void> {
    this.#begin("remove", path);
    this.#require(path);
    this.#change((names) => names.delete(path));
  }

  async syncFolder(folder: string): Promise<void> {
    if (this.#begin("sync-folder", folder)) return;
    for (const change of this.#unsyncedNames) change(this.#durableNames);
    this.#unsyncedNames = [];
  }

  #change(change: (names: Map<string, Content>) => void): void {
    change(this.#names);
    this.#unsyncedNames.push(change);
  }

  #require(path: string): Content {
    const content = this.#names.get(path);
    if (content === undefined) throw new FileError("ENOENT", path);
    return content;
  }

  /** Counts the operation, and lets go wrong what should. True where it is to do nothing and say nothing. */
  #begin(kind: FileOperation["kind"], path: string): boolean {
    if (!this.#hasPower) throw new FileError("EIO", path);
    this.#operations += 1;
    const fault = this.#fault({ number: this.#operations, kind, path });
    if (fault === null) return false;
    if (fault === "lie") return true;
    if (fault === "power-cut") {
      this.#hasPower = false;
      throw new PowerCut(path);
    }
    throw new FileError(fault, path);
  }
}

class FileError extends Error {
  readonly code: string;

  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

class PowerCut extends FileError {
  constructor(path: string) {
    super("EIO", path);
  }
}

const SECTOR_BYTES = 512;

/** What is in a file, and what of it is durable. */
class Content {
  #bytes = new Uint8Array(0);
  #size = 0;
  #durable = new Uint8Array(0);
  /** Writes since the last sync, cut at sectors. */
  #unsynced: { readonly at: number; readonly data: Uint8Array }[] = [];

  get size(): number {
    return this.#size;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }

  write(data: Uint8Array, position: number): void {
    this.#put(data, position);
    for (let at = 0; at < data.length; ) {
      const next = Math.min(data.length, at + SECTOR_BYTES - ((position + at) % SECTOR_BYTES));
      this.#unsynced.push({ at: position + at, data: data.slice(at, next) });
      at = next;
    }
  }

  sync(): void {
    this.#durable = this.bytes();
    this.#unsynced = [];
  }

  damage(offset: number, bytes: Uint8Array): void {
    this.#put(bytes, offset);
    this.sync();
  }

  /** One cut in four loses all, one keeps all, one tears the first write that is lost, and one keeps any sectors. */
  surviving(choose: (count: number) => number): Content {
    const content = new Content();
    content.#put(this.#durable, 0);
    const unsynced = this.#unsynced;
    const how = choose(4);
    if (how === 1) for (const { at, data } of unsynced) content.#put(data, at);
    if (how === 2) {
      const whole = choose(unsynced.length + 1);
      for (const { at, data } of unsynced.slice(0, whole)) content.#put(data, at);
      const torn = unsynced[whole];
      if (torn !== undefined) content.#put(torn.data.subarray(0, choose(torn.data.length)), torn.at);
    }
    if (how === 3) for (const { at, data } of unsynced) if (choose(2) === 1) content.#put(data, at);
    content.sync();
    return content;
  }

  #put(data: Uint8Array, position: number): void {
    const end = position + data.length;
    if (end > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      bytes.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = bytes;
    }
    this.#bytes.set(data, position);
    this.#size = Math.max(this.#size, end);
  }
}

class MemoryFile implements OpenFile {
  readonly #content: Content;
  readonly #begin: (kind: "read" | "write" | "sync") => boolean;

  constructor(content: Content, begin: (kind: "read" | "write" | "sync") => boolean) {
    this.#content = content;
    this.#begin = begin;
  }

  async size(): Promise<number> {
    return this.#content.size;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    this.#begin("read");
    const bytes = this.#content.bytes().subarray(position, position + into.length);
    into.set(bytes);
    return bytes.length;
  }

  /** A write that the power cut meets may be on the disk in part, like any that is not synced. */
  async write(data: Uint8Array, position: number): Promise<void> {
    try {
      this.#begin("write");
    } catch (error) {
      if (error instanceof PowerCut) this.#content.write(data, position);
      throw error;
    }
    this.#content.write(data, position);
  }

  async sync(): Promise<void> {
    if (!this.#begin("sync")) this.#content.sync();
  }

  async writeThrough(data: Uint8Array, position: number): Promise<void> {
    await this.write(data, position);
    await this.sync();
  }

  async close(): Promise<void> {}
}
