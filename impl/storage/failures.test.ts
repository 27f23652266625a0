import { describe, expect, it } from "vitest";
import type { Identity } from "./identity.ts";
import { type Storage, StorageError, type StorageProblem } from "./interface.ts";
import { type FileFault, type FileOperation, MemoryFiles } from "./memory-files.ts";
import { type OpenedStorage, openStorage } from "./open-storage.ts";
import { command, snapshotAt, suiteConfiguration, writeOf } from "./storage.suite.ts";

type Fault = (operation: FileOperation) => FileFault | null;

const identity: Identity = { cluster: "orders", node: "a" };
const LOG = "/data/log-0000000000000001.wal";

function processesOf(ownId: number, running: readonly number[]) {
  return { ownId, startOf: async (id: number) => (running.includes(id) ? `start of ${id}` : null) };
}

function open(files: MemoryFiles, changes: { identity?: Identity; create?: boolean } = {}): Promise<OpenedStorage> {
  const processes = processesOf(1, [1]);
  const options = { folder: "/data", identity, initial: suiteConfiguration, create: true, segmentBytes: 1024 };
  return openStorage({ ...options, files, processes, ...changes });
}

async function problemOf(promise: Promise<unknown>): Promise<StorageProblem> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof StorageError) return error.problem;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** A disk whose faults can be changed while it is used. */
function faultyDisk(): { files: MemoryFiles; fail: (fault: Fault) => void } {
  let current: Fault = () => null;
  const files = new MemoryFiles((operation) => current(operation));
  return { files, fail: (fault) => (current = fault) };
}

async function filled(files: MemoryFiles): Promise<void> {
  const { storage } = await open(files);
  for (let index = 1; index <= 4; index += 1) {
    await storage.write(writeOf({ entries: [command(index, 1)], hardState: { term: index, votedFor: null } }));
  }
  await storage.close();
}

async function refusesEverything(storage: Storage, problem: StorageProblem): Promise<void> {
  const all = [
    storage.write(writeOf({})),
    storage.saveSnapshot(snapshotAt(1, 1, 0), new Uint8Array(0)),
    storage.readSnapshot(1),
  ];
  for (const one of all) expect(await problemOf(one)).toEqual(problem);
}

describe("a folder", () => {
  it("is refused where it is empty and nobody said that the server is new", async () => {
    expect(await problemOf(open(new MemoryFiles(() => null), { create: false }))).toEqual({
      code: "missing-data",
      message: 'the data of server "a" should be here, and the folder is empty or not there',
      path: "/data",
      offset: null,
      hint: "for a new server, say that the folder is to be created; a server that lost its disk may have voted and acknowledged what it no longer knows, so remove it from the cluster and add it again with a new id",
    });
  });

  it("is refused where it belongs to another server", async () => {
    const files = new MemoryFiles(() => null);
    await filled(files);
    expect(await problemOf(open(files, { identity: { cluster: "orders", node: "b" } }))).toEqual({
      code: "foreign",
      message:
        'the folder should belong to server "b" of cluster "orders", and belongs to server "a" of cluster "orders"',
      path: "/data/identity.json",
      offset: null,
      hint: "start the server with the folder, the id and the cluster that belong together",
    });
  });

  it("is refused where its log is there and its identity is not", async () => {
    const files = new MemoryFiles(() => null);
    await filled(files);
    await files.remove("/data/identity.json");
    expect(await problemOf(open(files))).toMatchObject({
      code: "corrupt",
      message: "the folder holds a log, and the file that says whose it is should be here and is not",
    });
  });

  it("says whether it was new", async () => {
    const files = new MemoryFiles(() => null);
    const first = await open(files);
    await first.storage.close();
    const second = await open(files, { create: false });
    expect([first.isNew, first.repaired, second.isNew, second.repaired]).toEqual([true, null, false, null]);
  });

  it("loses the segments of released entries, and no other", async () => {
    const files = new MemoryFiles(() => null);
    const { storage } = await open(files);
    const text = "x".repeat(600);
    for (let index = 1; index <= 6; index += 1) await storage.write(writeOf({ entries: [command(index, 1, text)] }));
    await storage.saveSnapshot(snapshotAt(5, 1, 1), Uint8Array.of(5));
    storage.release(3);
    await storage.close();
    const again = await open(files);
    expect(again.storage.durable.entries.map((entry) => entry.index)).toEqual([4, 5, 6]);
  });

  it("is used by one process at a time, and taken over from one that is no more", async () => {
    const files = new MemoryFiles(() => null);
    const options = { folder: "/data", identity, initial: null, create: true, segmentBytes: 1024, files };
    await openStorage({ ...options, processes: processesOf(1, [1]) });
    const second = openStorage({ ...options, processes: processesOf(2, [1, 2]) });
    expect(await problemOf(second)).toEqual({
      code: "locked",
      message: "the folder should be free, and process 1 uses it",
      path: "/data/lock",
      offset: null,
      hint: "stop that process, or give this server a folder of its own",
    });
    const { storage } = await openStorage({ ...options, processes: processesOf(2, [2]) });
    await storage.close();
    expect(files.names()).toEqual(["/data/identity.json", LOG, "/data/spare.wal"]);
  });
});

describe("a disk that fails", () => {
  it("stops the storage when a sync fails, and with it all that waits", async () => {
    const { files, fail } = faultyDisk();
    const { storage } = await open(files);
    await storage.write(writeOf({ entries: [command(1, 1)] }));
    fail(({ kind, path }) => (kind === "sync" && path === LOG ? "EIO" : null));
    const lost = [storage.write(writeOf({ entries: [command(2, 1)] })), storage.write(writeOf({}))];
    const problem: StorageProblem = {
      code: "sync-failed",
      message: "what was written should be durable, and the file system failed to make it so (EIO)",
      path: LOG,
      offset: null,
      hint: "look for the disk's errors in the kernel log; start the server again only if the disk is sound",
    };
    expect(await Promise.all(lost.map(problemOf))).toEqual([problem, problem]);
    fail(() => null);
    await refusesEverything(storage, problem);
    await storage.close();
  });

  it("stops the storage when there is no room for the log", async () => {
    const { files, fail } = faultyDisk();
    const { storage } = await open(files);
    fail(({ kind }) => (kind === "create" || kind === "write" ? "ENOSPC" : null));
    const problem = await problemOf(storage.write(writeOf({ entries: [command(1, 1)] })));
    expect(problem).toEqual({
      code: "disk-full",
      message: "there should be room to write, and the file system has none left (ENOSPC)",
      path: LOG,
      offset: null,
      hint: "free space on this file system and start the server again; nothing that was acknowledged is lost",
    });
    await refusesEverything(storage, problem);
    await storage.close();
  });

  it("goes on with the log when there is no room for a snapshot, and leaves nothing of it", async () => {
    const { files, fail } = faultyDisk();
    const { storage } = await open(files);
    await storage.write(writeOf({ entries: [command(1, 1)] }));
    fail(({ kind, path }) => (kind === "write" && path.includes("snapshot") ? "ENOSPC" : null));
    expect(await problemOf(storage.saveSnapshot(snapshotAt(1, 1, 1), Uint8Array.of(1)))).toMatchObject({
      code: "disk-full",
    });
    await storage.write(writeOf({ entries: [command(2, 1)] }));
    expect(files.names().filter((name) => name.includes("snapshot"))).toEqual([]);
    await storage.close();
  });

  it("says so where the folder may not be written", async () => {
    const files = new MemoryFiles(({ kind }) => (kind === "create" ? "EACCES" : null));
    expect(await problemOf(open(files))).toEqual({
      code: "unwritable",
      message: "the server should be able to write here, and may not (EACCES)",
      path: "/data/lock.1",
      offset: null,
      hint: "give the user that runs the server the right to read and write the folder and all in it",
    });
  });
});

describe("damage", () => {
  it("to any byte of a log that was closed is refused, or changes nothing", async () => {
    const whole = new MemoryFiles(() => null);
    await filled(whole);
    const expected = (await open(whole)).storage.durable;
    const end = whole.contentOf(LOG).findLastIndex((byte) => byte !== 0);
    const verdicts = { refused: 0, same: 0 };
    for (let at = 0; at <= end; at += 1) {
      const files = new MemoryFiles(() => null);
      await filled(files);
      files.damage(LOG, at, Uint8Array.of((files.contentOf(LOG)[at] ?? 0) ^ 0x10));
      const result = await open(files).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toMatchObject({ problem: { code: "corrupt", path: LOG } });
        verdicts.refused += 1;
      } else {
        expect({ at, result }).toMatchObject({ at, result: { storage: { durable: expected } } });
        verdicts.same += 1;
      }
    }
    // What changes nothing: zeros between frames, and the empty frame that marks the end.
    expect(verdicts.same).toBeLessThan(60);
    expect(verdicts.refused).toBeGreaterThan(200);
  });

  it("in the middle of the log is refused with the place of it and of what follows", async () => {
    const files = new MemoryFiles(() => null);
    await filled(files);
    const at = new TextDecoder("latin1").decode(files.contentOf(LOG)).indexOf("2 of 1");
    files.damage(LOG, at, Uint8Array.of(0));
    expect(await problemOf(open(files))).toEqual({
      code: "corrupt",
      message: "frame 3 should be here and does not check, and a later one is at byte 176",
      path: LOG,
      offset: 144,
      hint: "what is lost here may have been promised to others, so do not mend it: remove this server from the cluster, and add it again with an empty folder and a new id",
    });
  });

  it("to the last frame of a log that was not closed counts as torn, and is cut off with a report", async () => {
    const files = new MemoryFiles(() => null);
    const { storage } = await open(files);
    await storage.write(writeOf({ entries: [command(1, 1)] }));
    await storage.write(writeOf({ entries: [command(2, 1)] }));
    const at = new TextDecoder("latin1").decode(files.contentOf(LOG)).indexOf("2 of 1");
    files.damage(LOG, at, Uint8Array.of(0));
    await files.remove("/data/lock");
    const again = await open(files);
    expect(again.storage.durable.entries).toEqual([command(1, 1)]);
    expect(again.repaired).toEqual({ path: LOG, offset: 144, bytes: 27 });
  });

  it("to the image of a snapshot is found when it is read", async () => {
    const files = new MemoryFiles(() => null);
    const { storage } = await open(files);
    await storage.write(writeOf({ entries: [command(1, 1)] }));
    const image = new Uint8Array(70_000).fill(9);
    await storage.saveSnapshot(snapshotAt(1, 1, image.length), image);
    const path = "/data/snapshot-0000000000000001.snap";
    files.damage(path, 69_000, Uint8Array.of(0));
    expect((await storage.readChunk(1, 0, 100))?.data.length).toBe(100);
    expect(await problemOf(storage.readSnapshot(1))).toMatchObject({
      code: "corrupt",
      message: "a block of the image does not check",
      path,
    });
    await storage.close();
  });

  it("to the folder, a snapshot or a segment that is gone, is refused", async () => {
    const files = new MemoryFiles(() => null);
    const { storage } = await open(files);
    const text = "x".repeat(500);
    for (let index = 1; index <= 6; index += 1) await storage.write(writeOf({ entries: [command(index, 1, text)] }));
    await storage.saveSnapshot(snapshotAt(1, 1, 1), Uint8Array.of(1));
    await storage.close();
    const [, , second, third] = files.names();
    if (second === undefined || third === undefined) throw new Error("there are not enough segments");
    await files.rename(second, "/elsewhere");
    expect(await problemOf(open(files))).toMatchObject({
      code: "corrupt",
      message: "segment 2 should follow, and the next one is 3",
      path: LOG,
    });
    await files.remove(LOG);
    expect(await problemOf(open(files))).toMatchObject({
      code: "corrupt",
      message: "the log should go on from the snapshot at index 1, and begins with entry 3",
    });
  });

  it("to a snapshot that is gone, is refused", async () => {
    const files = new MemoryFiles(() => null);
    const { storage } = await open(files);
    await storage.write(writeOf({ entries: [command(1, 1)] }));
    await storage.saveSnapshot(snapshotAt(1, 1, 1), Uint8Array.of(1));
    await storage.close();
    await files.remove("/data/snapshot-0000000000000001.snap");
    expect(await problemOf(open(files))).toMatchObject({
      code: "corrupt",
      message: "the snapshot at index 1 should be here, and is not",
      path: "/data/snapshot-0000000000000001.snap",
    });
  });
});
