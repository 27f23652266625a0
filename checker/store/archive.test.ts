import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Archive } from "./archive.ts";

const anyWord = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
const anyRun = fc.oneof(
  { weight: 20, arbitrary: fc.array(anyWord, { maxLength: 40 }) },
  fc.array(anyWord, { minLength: 3000, maxLength: 20_000, size: "max" }),
);

function keepAll(archive: Archive, runs: readonly (readonly number[])[]): readonly number[] {
  return runs.map((run) => archive.keep(Int32Array.from(run), run.length));
}

/** The runs that do not stand where they were kept. */
function lost(archive: Archive, runs: readonly (readonly number[])[], references: readonly number[]): unknown[] {
  return runs.filter((run, i) => {
    const reference = references[i] ?? 0;
    const words = Int32Array.from(run);
    const found = archive.from(reference).subarray(0, run.length);
    return reference === 0 || !archive.holds(reference, words, run.length) || found.join() !== words.join();
  });
}

describe("an archive", () => {
  it("gives back what was kept, by references that are never 0 and never the same", () => {
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 60 }), (runs) => {
        const archive = new Archive(null);
        const references = keepAll(archive, runs);
        expect(lost(archive, runs, references)).toEqual([]);
        expect(new Set(references).size).toBe(runs.length);
      }),
    );
  });

  it("holds what was kept and nothing that differs in a word", () => {
    fc.assert(
      fc.property(fc.array(anyWord, { minLength: 1, maxLength: 9 }), fc.nat(8), fc.nat(31), (run, at, bit) => {
        const archive = new Archive(null);
        const reference = archive.keep(Int32Array.from(run), run.length);
        const other = Int32Array.from(run);
        const place = at % run.length;
        other[place] = (other[place] ?? 0) ^ (1 << bit);
        expect(archive.holds(reference, other, run.length)).toBe(false);
      }),
    );
  });

  it("grows from one segment to the next, and counts the bytes that were taken", () => {
    const archive = new Archive(null);
    const runs = Array.from({ length: 200_000 }, (_, i) => [i, ~i, i % 7]);
    const references = keepAll(archive, runs);
    expect(lost(archive, runs, references)).toEqual([]);
    expect(archive.memory.length).toBeGreaterThan(3);
    expect(archive.bytes).toBeGreaterThanOrEqual(4 * 3 * runs.length);
    expect(archive.bytes).toBeLessThan(4 * 3 * runs.length * 1.01 + 2 ** 16);
  });

  it("is filled by several without one overwriting the other, and read by all", () => {
    const mine = new Archive(null);
    const before = [[1, 2, 3]];
    const first = keepAll(mine, before);
    mine.share();
    const theirs = new Archive(mine.memory);
    const runs = Array.from({ length: 30_000 }, (_, i) => [i, i + 1]);
    const references = runs.map((run, i) => (i % 2 === 0 ? mine : theirs).keep(Int32Array.from(run), run.length));
    for (const archive of [mine, theirs]) {
      expect(lost(archive, runs, references)).toEqual([]);
      expect(lost(archive, before, first)).toEqual([]);
    }
    expect(mine.bytes).toBe(theirs.bytes);
  });

  it("asks for room long before there is none, where several fill it; and is full where nobody grows it", () => {
    const leader = new Archive(null);
    expect(leader.isCrowded).toBe(false);
    leader.share();
    const worker = new Archive(leader.memory);
    const large = new Int32Array(1 << 20);
    let kept = 0;
    for (; !worker.isCrowded; kept += 1) worker.keep(large, large.length);
    expect(kept).toBeGreaterThan(0);
    expect([leader.isCrowded, leader.isFull]).toEqual([true, false]);
    const words = Int32Array.from([5, 6]);
    const reference = worker.keep(words, 2);
    expect(() => {
      for (let i = 0; i < 20; i += 1) worker.keep(large, large.length);
    }).toThrow("the archive of states is full");
    leader.growCrowded();
    expect(leader.isCrowded).toBe(false);
    worker.adopt(leader.memory);
    expect(worker.isCrowded).toBe(false);
    const later = worker.keep(large.fill(7), large.length);
    expect([leader.holds(reference, words, 2), leader.holds(later, large, large.length)]).toEqual([true, true]);
  });
});
