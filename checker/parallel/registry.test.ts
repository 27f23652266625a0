import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { seq } from "../../spec/lang/index.ts";
import { type Registered, type Registering, tablesOf } from "./registering-thread.suite.ts";
import { SharedRegistry } from "./registry.ts";
import { bundled } from "./threads.suite.ts";

const bundle = await bundled(new URL("./registering-thread.suite.ts", import.meta.url));

const upwards = Array.from({ length: 3_000 }, (_, at) => at);
const downwards = upwards.toReversed();
const thirds = upwards.filter((value) => value % 3 === 0);

/** Two threads begin at opposite ends of one table, and meet in another. */
const [first, second] = [
  [upwards, thirds],
  [downwards, downwards],
];

function registered(input: Registering): Promise<Registered> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(bundle, { workerData: input });
    thread.on("message", resolve);
    thread.on("error", reject);
  });
}

async function bothRegister(registry: SharedRegistry, perMeeting: number): Promise<readonly Registered[]> {
  const shared = { registry: registry.memory, meeting: new SharedArrayBuffer(8), threads: 2, perMeeting };
  return await Promise.all([first, second].map((values) => registered({ ...shared, values: values ?? [] })));
}

describe("two threads that number values in one registry", () => {
  it.each([1, 100])(
    "give each value one number, and each number to one value, meeting every %i values",
    async (every) => {
      const registry = new SharedRegistry(null);
      const [one, other] = await bothRegister(registry, every);
      if (one === undefined || other === undefined) throw new Error("a thread said nothing");
      const tables = tablesOf(registry, 2);
      registry.adopt();
      expect(other.keys).toEqual(one.keys);
      expect(tables.map(({ keys }) => keys)).toEqual(one.keys);
      for (const [index, keys] of one.keys.entries()) {
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBe(1 + upwards.length);
        for (const [thread, values] of [
          [one, first?.[index]],
          [other, second?.[index]],
        ] as const)
          expect(thread.given[index]).toEqual(
            (values ?? []).map((value) => tables[index]?.numberOf({ n: value, path: seq(value % 10) })),
          );
      }
    },
  );

  it("both add to it, in turns", async () => {
    const [one] = await bothRegister(new SharedRegistry(null), 100);
    const numbers = one?.given[0] ?? [];
    // A thread alone would have numbered its values in its own order.
    const [early, late] = [numbers.slice(0, 1_500), numbers.slice(1_500)];
    expect(Math.max(...early)).toBeGreaterThan(1_500);
    expect(early).toEqual(early.toSorted((a, b) => a - b));
    expect(late).toEqual(late.toSorted((a, b) => b - a));
  });

  it("go on from what an earlier search logged", async () => {
    const earlier = new SharedRegistry(null);
    const [before] = await bothRegister(earlier, 100);
    const again = new SharedRegistry(earlier.log.slice());
    const [one, other] = await bothRegister(again, 100);
    expect(one?.keys).toEqual(before?.keys);
    expect(other?.keys).toEqual(before?.keys);
    expect(again.log).toEqual(earlier.log);
  });
});
