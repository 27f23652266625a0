import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bundled } from "../parallel/threads.suite.ts";
import { seededRandom } from "../search/frontier.ts";
import { Table } from "./table.ts";
import { added } from "./visited-states.ts";

type Add = readonly [low: number, high: number, parent: number, level: number, action: number];

const bundle = await bundled(new URL("./adding-thread.suite.ts", import.meta.url));
/** A lane is any word but 0. */
const anyLane = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -(2 ** 31), max: -1 }));
const anyAdd: fc.Arbitrary<Add> = fc.tuple(
  anyLane,
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: 1, max: 3 }),
  fc.nat(5),
);

/** What a table must know after these: of each fingerprint its first level and the least parent and action there. */
function expected(adds: readonly Add[]): Map<string, { level: number; parent: number; action: number }> {
  const known = new Map<string, { level: number; parent: number; action: number }>();
  for (const [low, high, parent, level, action] of adds) {
    const before = known.get(`${low} ${high}`);
    const isLess =
      before === undefined ||
      (before.level === level &&
        (parent >>> 0 < before.parent >>> 0 || (parent === before.parent && action < before.action)));
    if (isLess) known.set(`${low} ${high}`, { level, parent, action });
  }
  return known;
}

function expectKnown(table: Table, adds: readonly Add[]): void {
  const known = expected(adds);
  expect(table.size).toBe(known.size);
  const missing = [...known].filter(([key, { level, parent }]) => {
    const [low = 0, high = 0] = key.split(" ").map(Number);
    return !table.find(low, level).some((found) => found.high === high && found.parent === parent);
  });
  expect(missing).toEqual([]);
}

/** So many different fingerprints. */
function many(count: number, level: number): readonly Add[] {
  const random = seededRandom(7);
  const lane = (): number => Math.trunc((random() - 0.5) * 2 ** 32) || 1;
  return Array.from({ length: count }, () => [lane(), lane(), lane(), level, Math.trunc(random() * 20)] as const);
}

describe("the table of states", () => {
  it("says of each fingerprint whether it is fresh, seen, or reached by a lesser parent", () => {
    const table = new Table(null);
    expect(table.add(5, 6, 30, 2, 4)).toBe(added.fresh);
    expect(table.add(5, 6, 31, 2, 1)).toBe(added.seen);
    expect(table.add(5, 7, 31, 2, 1)).toBe(added.fresh);
    // The number of the action that stood there.
    expect(table.add(5, 6, 20, 2, 9)).toBe(4);
    expect(table.add(5, 6, 20, 2, 8)).toBe(9);
    expect(table.add(5, 6, 20, 2, 8)).toBe(added.seen);
    // Parents are compared as words without a sign.
    expect(table.add(5, 6, -1, 2, 0)).toBe(added.seen);
    expect(table.add(5, 6, 1, 3, 0)).toBe(added.seen);
    expect(table.find(5, 2)).toEqual([
      { high: 6, parent: 20 },
      { high: 7, parent: 31 },
    ]);
    expect(table.find(5, 3)).toEqual([]);
    expect(table.find(6, 2)).toEqual([]);
    expect(table.size).toBe(2);
  });

  it.each([false, true])("keeps the least parent of the first level, whatever the order (shared: %s)", (isShared) => {
    fc.assert(
      fc.property(fc.array(anyAdd, { maxLength: 40 }), (adds) => {
        const table = new Table(null);
        if (isShared) table.share();
        const levels = [...adds].sort((a, b) => a[3] - b[3]);
        for (const add of levels) table.add(...add);
        expectKnown(table, levels);
      }),
    );
  });

  it.each([false, true])("grows and forgets nothing (shared: %s)", (isShared) => {
    const adds = many(isShared ? 300_000 : 100_000, 3);
    const table = new Table(null);
    if (isShared) table.share();
    const before = table.bytes;
    adds.forEach((add, at) => {
      table.add(...add);
      if (isShared && at % 256 === 0 && table.isCrowded) for (const _ of table.growing());
    });
    expect(table.bytes).toBeGreaterThan(before);
    expectKnown(table, adds);
    expect(adds.filter((add) => table.add(...add) !== added.seen)).toEqual([]);
  });

  it.each([1, 2, 3])("forgets nothing where its growth ends after %s parts, and has room for more", (parts) => {
    // As many in each shard: all 64 are crowded.
    const first = 64 * 3100;
    const table = new Table(null);
    table.share();
    addEvenly(table, 0, first);
    const before = table.memory.map(({ byteLength }) => byteLength);
    const growth = table.growing(20_000);
    for (let part = 0; part < parts; part += 1) expect(growth.next().done).toBe(false);
    const grownShards = table.memory.filter(({ byteLength }, shard) => byteLength !== before[shard]).length;
    expect(grownShards).toBeGreaterThanOrEqual(parts);
    expect(grownShards).toBeLessThan(64);
    expect(addEvenly(table, first, 10_000)).toBe(10_000);
    expect(addEvenly(table, 0, first + 10_000)).toBe(0);
    expect(table.size).toBe(first + 10_000);
    // It goes on where it was cut short.
    for (const _ of table.growing());
    expect(table.isCrowded).toBe(false);
    expect(addEvenly(table, 0, first + 10_000)).toBe(0);
  });

  it("grows by itself again when it is shared no more", () => {
    const adds = many(400_000, 3);
    const table = new Table(null);
    table.share();
    for (const add of adds.slice(0, 200_000)) table.add(...add);
    table.unshare();
    for (const add of adds.slice(200_000)) table.add(...add);
    expectKnown(table, adds);
  });

  it("gives what it holds in order, a shard at a time", () => {
    fc.assert(
      fc.property(fc.array(anyAdd, { maxLength: 40 }), fc.nat(3), (adds, thousands) => {
        const table = new Table(null);
        const levels = [...many(thousands * 1000, 1), ...adds].sort((a, b) => a[3] - b[3]);
        // Next to the end of a shard, some go round it.
        for (let high = 1; high < 9; high += 1) levels.push([-1, high, 1, 9, 0]);
        for (const add of levels) table.add(...add);
        const slotsOf = (parts: Iterable<Int32Array>): number[][] => {
          const slots: number[][] = [];
          for (const words of parts)
            for (let at = 0; at < words.length; at += 4) slots.push([...words.subarray(at, at + 4)]);
          return slots;
        };
        expect(slotsOf(table.inOrder())).toEqual(
          slotsOf(table.taken(100)).sort(
            ([a = 0, b = 0], [c = 0, d = 0]) => (a >>> 0) - (c >>> 0) || (b >>> 0) - (d >>> 0),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("is seen by another that has adopted its memory", () => {
    const adds = many(100_000, 1);
    const [table, memory] = [new Table(null), new Table(null).memory];
    const other = new Table(memory);
    for (const add of adds) table.add(...add);
    // Counts stay where they are; shards are those of the moment.
    other.adopt(table.memory);
    expect(adds.filter(([low, high]) => !other.find(low, 1).some((found) => found.high === high))).toEqual([]);
  });

  it("leaves parents alone on levels beyond those that a stamp can tell apart", () => {
    const last = 0xffff;
    const table = new Table(null);
    expect(table.add(1, 1, 9, last - 1, 3)).toBe(added.fresh);
    expect(table.add(1, 1, 8, last - 1, 2)).toBe(3);
    expect(table.add(2, 2, 9, last, 3)).toBe(added.fresh);
    expect(table.add(2, 2, 8, last, 2)).toBe(added.seen);
    expect(table.add(2, 2, 8, last + 5, 2)).toBe(added.seen);
    expect(table.add(3, 3, 9, last + 5, 3)).toBe(added.fresh);
    expect(table.find(3, last + 5)).toEqual([{ high: 3, parent: 9 }]);
    expect(table.find(3, last - 1)).toEqual([]);
    expect(table.find(2, last)).toEqual([{ high: 2, parent: 9 }]);
  });

  it("keeps the largest number of an action beside the level", () => {
    const table = new Table(null);
    expect(table.add(1, 1, 9, 0xfffe, 0x7fff)).toBe(added.fresh);
    expect(table.add(1, 1, 8, 0xfffe, 0)).toBe(0x7fff);
    table.share();
    expect(table.add(2, 1, 9, 0xfffe, 0x7fff)).toBe(added.fresh);
    expect(table.add(2, 1, 8, 0xfffe, 0)).toBe(0x7fff);
  });

  it("ends where a shard that nobody grows is full", () => {
    const table = new Table(null);
    table.share();
    expect(() => {
      for (let high = 1; high < 10_000; high += 1) table.add(1, high, 1, 1, 1);
    }).toThrow("the table of states is full");
  });

  it("keeps the same set and the same parents when two threads add the same at once", async () => {
    const all = many(60_000, 4);
    for (const seed of [1, 2, 3]) {
      // Each fingerprint is added by both, with different parents, in different orders.
      const random = seededRandom(seed);
      const lists = [0, 1].map(() =>
        all
          .map((add) => ({ add, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ add: [low, high, , level] }): Add => [low, high, 1 + Math.trunc(random() * 9), level, 7]),
      );
      const table = new Table(null);
      table.share();
      const outcomes = await runTogether(table, lists);
      expectKnown(table, lists.flat());
      expect(outcomes.flat().filter((outcome) => outcome === added.fresh).length).toBe(all.length);
    }
  });
});

/** What each thread was told of each of its fingerprints. */
async function runTogether(table: Table, lists: readonly (readonly Add[])[]): Promise<readonly (readonly number[])[]> {
  const gate = new SharedArrayBuffer(12);
  const words = new Int32Array(gate);
  const threads = lists.map((adds) => {
    const outcomes = new SharedArrayBuffer(4 * adds.length);
    return { outcomes, worker: new Worker(bundle, { workerData: { memory: table.memory, adds, outcomes, gate } }) };
  });
  const ends = threads.map(({ worker }) => new Promise((end, fail) => worker.on("exit", end).on("error", fail)));
  while (Atomics.load(words, 0) < lists.length) Atomics.wait(words, 0, Atomics.load(words, 0), 10);
  Atomics.store(words, 1, 1);
  await Promise.all(ends);
  return threads.map(({ outcomes }) => [...new Int32Array(outcomes)]);
}

/** Adds the states from this number on, as many to each shard; how many of them were new. */
function addEvenly(table: Table, from: number, count: number): number {
  let fresh = 0;
  for (let i = from; i < from + count; i += 1) {
    const low = ((i & 63) << 26) | (Math.imul(i >> 6, 0x9e3779b1) >>> 6);
    if (table.add(low === 0 ? 1 : low, i + 1, 1, 1, 0) === added.fresh) fresh += 1;
  }
  return fresh;
}
