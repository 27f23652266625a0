import { describe, expect, it } from "vitest";
import { initialConfiguration } from "../core/configuration.ts";
import type { Write } from "../core/effects.ts";
import type { Entry } from "../core/entry.ts";
import { MemoryDisk } from "./memory-storage.ts";

const initial = initialConfiguration({ a: "one", b: "two" });
const empty: Write = { number: 1, hardState: null, truncateFrom: 0, entries: [], chunk: null, sendsAfter: [] };

function noOp(index: number, term: number): Entry {
  return { kind: "no-op", index, term };
}

describe("a disk in memory", () => {
  it("keeps of the unsynced operations what the power cut lets through, oldest first", () => {
    const disk = new MemoryDisk(initial);
    disk.apply({ ...empty, entries: [noOp(1, 1)] });
    disk.sync();
    disk.apply({ ...empty, entries: [noOp(2, 1)] });
    disk.apply({ ...empty, truncateFrom: 2, entries: [noOp(2, 2)], hardState: { term: 2, votedFor: "a" } });
    expect(disk.unsynced).toBe(2);
    disk.powerCut(1);
    expect(disk.unsynced).toBe(0);
    expect(disk.durable()).toEqual({
      hardState: { term: 0, votedFor: null },
      snapshot: { index: 0, term: 0, configuration: initial, size: 0 },
      entries: [noOp(1, 1), noOp(2, 1)],
    });
  });

  it("makes durable what was there when a sync began", () => {
    const disk = new MemoryDisk(null);
    disk.apply({ ...empty, entries: [noOp(1, 1)] });
    disk.apply({ ...empty, entries: [noOp(2, 1)] });
    disk.sync(1);
    disk.powerCut(0);
    expect(disk.durable().entries).toEqual([noOp(1, 1)]);
  });

  it("loses half a snapshot with the power", () => {
    const disk = new MemoryDisk(initial);
    const snapshot = { index: 5, term: 2, configuration: initial, size: 2 };
    const first = { snapshot, offset: 0, data: Uint8Array.of(1), isLast: false };
    disk.apply({ ...empty, chunk: first });
    disk.sync();
    disk.powerCut(0);
    disk.apply({ ...empty, chunk: { ...first, offset: 1, isLast: true } });
    expect(() => disk.sync()).toThrow("a chunk at 1 was written where 0 is next");
  });

  it("stops at an entry that leaves a gap", () => {
    const disk = new MemoryDisk(initial);
    disk.apply({ ...empty, entries: [noOp(2, 1)] });
    expect(() => disk.sync()).toThrow("entry 2 is written where 1 is next");
  });
});
