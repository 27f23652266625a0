import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { bundled } from "../parallel/threads.suite.ts";
import { seededRandom } from "../search/frontier.ts";
import { Archive } from "./archive.ts";
import { Comparing, type State } from "./comparing.suite.ts";
import { Table } from "./table.ts";
import { added } from "./visited-states.ts";

const bundle = await bundled(new URL("./comparing-thread.suite.ts", import.meta.url));

/** So many states, twenty with each low lane. */
function statesOf(count: number): readonly State[] {
  return Array.from({ length: count }, (_, i) => ({
    low: Math.imul(1 + Math.floor(i / 20), 0x9e3779b1),
    content: [i + 1, i ^ 0x5555, -i],
  }));
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe("a table that keeps states", () => {
  it("takes states for one where they are equal, and not where only their lanes are", () => {
    const exact = new Comparing(new Table(null, new Archive(null)));
    const states = statesOf(50_000);
    expect(states.filter((state) => exact.add(state) !== added.fresh)).toEqual([]);
    expect(states.filter((state) => exact.add(state) !== added.seen)).toEqual([]);
    expect(exact.table.size).toBe(states.length);
    const [first] = states;
    const found = exact.table.find(first?.low ?? 0, 1).map(({ high }) => high);
    expect(found).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    // Without an archive one of twenty is left.
    const table = new Table(null);
    for (const { low } of states) table.add(low, 1, 1, 1, 0);
    expect(table.size).toBe(states.length / 20);
  });

  it("counts what it keeps among its bytes, and hands it to who adopts its memory", () => {
    const exact = new Comparing(new Table(null, new Archive(null)));
    const other = new Comparing(new Table(exact.table.memory));
    const states = statesOf(20_000);
    for (const state of states) exact.add(state);
    const plain = new Table(null);
    for (const [i, { low }] of states.entries()) plain.add(low, i + 1, 1, 1, 0);
    expect(exact.table.bytes - plain.bytes).toBeGreaterThanOrEqual(12 * states.length);
    other.table.adopt(exact.table.memory);
    expect(other.table.find(states[0]?.low ?? 0, 1)).toEqual(exact.table.find(states[0]?.low ?? 0, 1));
  });

  it("keeps each state once where threads add the same at once", async () => {
    const states = statesOf(30_000);
    for (const seed of [1, 2, 3]) {
      const exact = new Comparing(new Table(null, new Archive(null)));
      exact.table.share();
      const fresh = await runTogether(exact.table, [shuffled(states, seed), shuffled(states, seed + 10)]);
      expect(fresh.reduce((sum, count) => sum + count, 0)).toBe(states.length);
      expect(Math.min(...fresh)).toBeGreaterThan(0);
      expect(exact.table.size).toBe(states.length);
      expect(states.filter((state) => exact.add(state) !== added.seen)).toEqual([]);
    }
  });
});

/** How many states were fresh to each thread. */
async function runTogether(table: Table, lists: readonly (readonly State[])[]): Promise<readonly number[]> {
  const gate = new SharedArrayBuffer(8);
  const words = new Int32Array(gate);
  const threads = lists.map((states) => {
    const fresh = new SharedArrayBuffer(4);
    return { fresh, worker: new Worker(bundle, { workerData: { memory: table.memory, states, fresh, gate } }) };
  });
  const ends = threads.map(({ worker }) => new Promise((end, fail) => worker.on("exit", end).on("error", fail)));
  while (Atomics.load(words, 0) < lists.length) Atomics.wait(words, 0, Atomics.load(words, 0), 10);
  Atomics.store(words, 1, 1);
  await Promise.all(ends);
  return threads.map(({ fresh }) => new Int32Array(fresh)[0] ?? 0);
}
