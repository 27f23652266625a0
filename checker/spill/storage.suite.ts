/** What any storage does. */
import { expect } from "vitest";
import type { Storage } from "./storage.ts";

export const storageLaws: Readonly<Record<string, (storage: Storage) => void>> = {
  "gives back what was written, piece by piece and across pieces"(storage) {
    const file = storage.create();
    const other = storage.create();
    const words = Int32Array.from({ length: 1000 }, (_, i) => i * 4_000_000 - 2_000_000_000);
    expect(file.write(words.subarray(0, 300), 0)).toBe(true);
    expect(other.write(Int32Array.of(-1), 0)).toBe(true);
    expect(file.write(words.subarray(300), 300)).toBe(true);
    const read = new Int32Array(500);
    file.read(read.subarray(100, 350), 200);
    expect([...read.subarray(100, 350)]).toEqual([...words.subarray(200, 450)]);
    file.read(read, 500);
    expect([...read]).toEqual([...words.subarray(500)]);
    other.read(read.subarray(0, 1), 0);
    expect(read[0]).toBe(-1);
  },

  "takes the words of memory that threads share"(storage) {
    const file = storage.create();
    const shared = new Int32Array(new SharedArrayBuffer(16));
    shared.set([5, 6, 7, 8]);
    expect(file.write(shared, 0)).toBe(true);
    const read = new Int32Array(4);
    file.read(read, 0);
    expect([...read]).toEqual([5, 6, 7, 8]);
  },

  "writes again what stood there in part"(storage) {
    const file = storage.create();
    file.write(Int32Array.of(1, 2), 0);
    file.write(Int32Array.of(3, 4, 5), 0);
    const read = new Int32Array(3);
    file.read(read, 0);
    expect([...read]).toEqual([3, 4, 5]);
  },

  "refuses to read what was not written"(storage) {
    const file = storage.create();
    file.write(Int32Array.of(1), 0);
    expect(() => file.read(new Int32Array(2), 0)).toThrow();
  },

  "removes files that were written and files that were not"(storage) {
    const file = storage.create();
    file.write(Int32Array.of(1), 0);
    file.remove();
    storage.create().remove();
  },
};
