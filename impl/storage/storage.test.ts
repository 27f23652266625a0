import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { MemoryFiles } from "./memory-files.ts";
import { MemoryDisk, memoryStorage } from "./memory-storage.ts";
import { openStorage, type StorageOptions } from "./open-storage.ts";
import { storageSuite, suiteConfiguration } from "./storage.suite.ts";

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

function optionsFor(folder: string): StorageOptions {
  const identity = { cluster: "suite", node: "a" };
  return { folder, identity, initial: suiteConfiguration, create: true, segmentBytes: 4096 };
}

storageSuite("the memory twin", async () => {
  const disk = new MemoryDisk(suiteConfiguration);
  return { open: async () => memoryStorage(disk) };
});

storageSuite("a folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-storage-"));
  folders.push(folder);
  return { open: async () => (await openStorage(optionsFor(folder))).storage };
});

storageSuite("a folder on a disk in memory", async () => {
  const files = new MemoryFiles(() => null);
  return { open: async () => (await openStorage({ ...optionsFor("/data"), files })).storage };
});
