import { afterEach, describe, expect, it } from "vitest";
import { initialConfiguration } from "../core/configuration.ts";
import type { ChunkWrite, Write } from "../core/effects.ts";
import type { Entry, SnapshotMeta } from "../core/entry.ts";
import type { Storage } from "./interface.ts";

/** The configuration with which the storages under test begin. */
export const suiteConfiguration = initialConfiguration({ a: "one", b: "two" });

/** A server's disk: what is durable survives from one `open` to the next. */
export interface Disk {
  open(): Promise<Storage>;
}

const nothing: Write = { number: 1, hardState: null, truncateFrom: 0, entries: [], chunk: null, sendsAfter: [] };

export function command(index: number, term: number, text = `${index} of ${term}`): Entry {
  return { kind: "command", index, term, data: new TextEncoder().encode(text) };
}

export function writeOf(parts: Partial<Write>): Write {
  return { ...nothing, ...parts };
}

export function snapshotAt(index: number, term: number, size: number): SnapshotMeta {
  return { index, term, size, configuration: initialConfiguration({ a: "one", c: "three" }) };
}

function chunk(snapshot: SnapshotMeta, offset: number, data: Uint8Array): ChunkWrite {
  return { snapshot, offset, data, isLast: offset + data.length === snapshot.size };
}

const image = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);

/** An image as a text, which is compared in no time. */
function textOf(bytes: Uint8Array | null | undefined): string | null {
  return bytes === null || bytes === undefined ? null : new TextDecoder("latin1").decode(bytes);
}

const newServer = {
  hardState: { term: 0, votedFor: null },
  snapshot: { index: 0, term: 0, configuration: suiteConfiguration, size: 0 },
  entries: [],
};

/** What every storage promises. `newDisk` makes an empty one. */
export function storageSuite(name: string, newDisk: () => Promise<Disk>): void {
  describe(`${name} as a storage`, () => {
    const open: Storage[] = [];
    afterEach(async () => {
      for (const storage of open.splice(0)) await storage.close();
    });
    const opened = async (disk: Disk): Promise<Storage> => {
      const storage = await disk.open();
      open.push(storage);
      return storage;
    };
    const reopened = async (disk: Disk, storage: Storage): Promise<Storage> => {
      await storage.close();
      return opened(disk);
    };
    for (const laws of [logLaws, snapshotLaws, leaderSnapshotLaws, lifeLaws]) laws({ newDisk, opened, reopened });
  });
}

/** What the laws are tried on. What was opened is closed when a test ends. */
interface Bench {
  newDisk(): Promise<Disk>;
  opened(disk: Disk): Promise<Storage>;
  reopened(disk: Disk, storage: Storage): Promise<Storage>;
}

function logLaws({ newDisk, opened, reopened }: Bench): void {
  it("gives a new server the cluster's first configuration and nothing else", async () => {
    expect((await opened(await newDisk())).durable).toEqual(newServer);
  });

  it("gives back entries of every kind, and the last term and vote", async () => {
    const disk = await newDisk();
    const storage = await opened(disk);
    const entries: Entry[] = [
      { kind: "no-op", index: 1, term: 1 },
      command(2, 1),
      command(3, 1, ""),
      { kind: "configuration", index: 4, term: 1, configuration: initialConfiguration({ a: "x", z: "ü" }) },
    ];
    await storage.write(writeOf({ hardState: { term: 1, votedFor: "a" } }));
    await storage.write(writeOf({ entries, hardState: { term: 2, votedFor: null } }));
    const { durable } = await reopened(disk, storage);
    expect(durable).toEqual({ ...newServer, hardState: { term: 2, votedFor: null }, entries });
  });

  it("truncates before it appends, within one write and across many at once", async () => {
    const disk = await newDisk();
    const storage = await opened(disk);
    await Promise.all([
      storage.write(writeOf({ entries: [command(1, 1), command(2, 1), command(3, 1)] })),
      storage.write(writeOf({ truncateFrom: 2, entries: [command(2, 2), command(3, 2)] })),
      storage.write(writeOf({ truncateFrom: 3 })),
      storage.write(writeOf({})),
      storage.write(writeOf({ entries: [command(3, 3)] })),
    ]);
    const { durable } = await reopened(disk, storage);
    expect(durable.entries).toEqual([command(1, 1), command(2, 2), command(3, 3)]);
  });

  it("resolves writes in the order in which they were asked for", async () => {
    const storage = await opened(await newDisk());
    const done: number[] = [];
    const writes = Array.from({ length: 50 }, (_, i) => {
      const write = i % 3 === 2 ? writeOf({}) : writeOf({ hardState: { term: i, votedFor: null } });
      return storage.write(write).then(() => done.push(i));
    });
    await Promise.all(writes);
    expect(done).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
}

function snapshotLaws({ newDisk, opened, reopened }: Bench): void {
  it("keeps the log when this server takes a snapshot, and the image in place of the one before", async () => {
    const disk = await newDisk();
    const storage = await opened(disk);
    await storage.write(writeOf({ entries: [command(1, 1), command(2, 1), command(3, 1)] }));
    await storage.saveSnapshot(snapshotAt(1, 1, 3), Uint8Array.of(1, 2, 3));
    await storage.saveSnapshot(snapshotAt(2, 1, image.length), image);
    expect(await storage.readSnapshot(1)).toBe(null);
    expect(textOf(await storage.readSnapshot(2))).toBe(textOf(image));
    const again = await reopened(disk, storage);
    expect(again.durable).toEqual({
      ...newServer,
      snapshot: snapshotAt(2, 1, image.length),
      entries: [command(1, 1), command(2, 1), command(3, 1)],
    });
    expect(await again.readSnapshot(1)).toBe(null);
    expect(textOf(await again.readSnapshot(2))).toBe(textOf(image));
  });

  it("keeps the newer snapshot where an older one comes after it", async () => {
    const storage = await opened(await newDisk());
    await storage.write(writeOf({ entries: [command(1, 1), command(2, 1)] }));
    await storage.saveSnapshot(snapshotAt(2, 1, 1), Uint8Array.of(2));
    await storage.saveSnapshot(snapshotAt(1, 1, 1), Uint8Array.of(1));
    expect([await storage.readSnapshot(1), await storage.readSnapshot(2)]).toEqual([null, Uint8Array.of(2)]);
  });

  it("hands out an image in pieces, of which the last says so", async () => {
    const storage = await opened(await newDisk());
    await storage.write(writeOf({ entries: [command(1, 1)] }));
    await storage.saveSnapshot(snapshotAt(1, 1, image.length), image);
    expect(await storage.readChunk(2, 0, 10)).toBe(null);
    const whole = await storage.readChunk(1, 0, image.length);
    expect([textOf(whole?.data), whole?.isLast]).toEqual([textOf(image), true]);
    expect(await storage.readChunk(1, 65_530, 20)).toEqual({ data: image.slice(65_530, 65_550), isLast: false });
    expect(await storage.readChunk(1, 199_990, 20)).toEqual({ data: image.slice(199_990), isLast: true });
  });
}

function leaderSnapshotLaws({ newDisk, opened, reopened }: Bench): void {
  it("replaces snapshot and log with the leader's snapshot when its last piece is there", async () => {
    const disk = await newDisk();
    const storage = await opened(disk);
    const meta = snapshotAt(9, 3, image.length);
    await storage.write(writeOf({ entries: [command(1, 1), command(2, 1)] }));
    await storage.write(writeOf({ chunk: chunk(snapshotAt(8, 3, 100), 0, image.slice(0, 50)) }));
    await storage.write(writeOf({ chunk: chunk(meta, 0, image.slice(0, 70_000)) }));
    expect(await storage.readSnapshot(9)).toBe(null);
    await Promise.all([
      storage.write(writeOf({ entries: [command(3, 1)] })),
      storage.write(
        writeOf({ hardState: { term: 3, votedFor: null }, chunk: chunk(meta, 70_000, image.slice(70_000)) }),
      ),
      storage.write(writeOf({ entries: [command(10, 3)] })),
    ]);
    expect(textOf(await storage.readSnapshot(9))).toBe(textOf(image));
    const again = await reopened(disk, storage);
    expect(again.durable).toEqual({
      hardState: { term: 3, votedFor: null },
      snapshot: meta,
      entries: [command(10, 3)],
    });
    expect(textOf(await again.readSnapshot(9))).toBe(textOf(image));
  });

  it("keeps an empty image", async () => {
    const disk = await newDisk();
    const storage = await opened(disk);
    await storage.write(writeOf({ chunk: chunk(snapshotAt(4, 1, 0), 0, new Uint8Array(0)) }));
    const again = await reopened(disk, storage);
    expect(await again.readChunk(4, 0, 10)).toEqual({ data: new Uint8Array(0), isLast: true });
  });
}

function lifeLaws({ newDisk, opened, reopened }: Bench): void {
  it("keeps what was not released, whatever else it deletes", async () => {
    const disk = await newDisk();
    const storage = await opened(disk);
    const text = "x".repeat(400);
    for (let index = 1; index <= 40; index += 1) {
      await storage.write(writeOf({ entries: [command(index, 1, text)], hardState: { term: index, votedFor: "b" } }));
    }
    await storage.saveSnapshot(snapshotAt(30, 1, 1), Uint8Array.of(7));
    storage.release(20);
    await storage.write(writeOf({ entries: [command(41, 1, text)] }));
    const { durable } = await reopened(disk, storage);
    const kept = Array.from({ length: 21 }, (_, i) => command(21 + i, 1, text));
    expect(durable.entries.filter((entry) => entry.index > 20)).toEqual(kept);
    expect({ ...durable, entries: [] }).toEqual({
      hardState: { term: 40, votedFor: "b" },
      snapshot: snapshotAt(30, 1, 1),
      entries: [],
    });
  });

  it("refuses everything when it is closed", async () => {
    const storage = await opened(await newDisk());
    await storage.close();
    await expect(storage.write(writeOf({}))).rejects.toThrow("the storage is closed");
    await expect(storage.readChunk(1, 0, 1)).rejects.toThrow("the storage is closed");
  });
}
