import { describe, expect, it } from "vitest";
import { Disk } from "./disk.ts";
import { memoryStorage } from "./memory-storage.suite.ts";
import { storageLaws } from "./storage.suite.ts";

describe("a storage in memory", () => {
  for (const [says, law] of Object.entries(storageLaws)) it(says, () => law(memoryStorage()));
});

describe("a disk", () => {
  it("keeps what it has no room for, and writes it when there is some", () => {
    let isFull = false;
    const disk = new Disk(memoryStorage(() => isFull));
    const file = disk.create();
    const words = Int32Array.of(1, 2, 3);
    disk.write(file, words, 0);
    isFull = true;
    words.set([4, 5, 6]);
    disk.write(file, words, 3);
    words.set([7, 8, 9]);
    expect(disk.isFull).toBe(true);
    disk.retry();
    expect(disk.isFull).toBe(true);
    expect(() => disk.read(file, words, 0)).toThrow("nobody reads what waits to be written");
    isFull = false;
    // What came later waits for what came before.
    disk.write(file, words, 6);
    expect(disk.isFull).toBe(true);
    disk.retry();
    expect(disk.isFull).toBe(false);
    const read = new Int32Array(9);
    disk.read(file, read, 0);
    expect([...read]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(disk.bytes).toBe(36);
  });
});
