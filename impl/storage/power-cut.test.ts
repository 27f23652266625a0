import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noConfiguration } from "../core/configuration.ts";
import type { Write } from "../core/effects.ts";
import type { SnapshotMeta } from "../core/entry.ts";
import type { Durable } from "../core/state.ts";
import { type Storage, StorageError } from "./interface.ts";
import { type FileFault, MemoryFiles } from "./memory-files.ts";
import { MemoryDisk } from "./memory-storage.ts";
import { openStorage } from "./open-storage.ts";
import { command, snapshotAt, writeOf } from "./storage.suite.ts";

/** What a server asks of its storage, one after the other. */
type Request =
  | { readonly kind: "write"; readonly write: Write }
  | { readonly kind: "save"; readonly meta: SnapshotMeta; readonly image: Uint8Array }
  | { readonly kind: "release"; readonly index: number }
  /** Wait for all before. */
  | { readonly kind: "wait" };

type Wish = {
  readonly kind: "append" | "truncate" | "term" | "save" | "install" | "release" | "wait";
  readonly size: number;
};

const wishes = fc.array(
  fc.record<Wish>({
    kind: fc.constantFrom("append", "append", "truncate", "term", "save", "install", "release", "wait"),
    size: fc.nat(5),
  }),
  { minLength: 3, maxLength: 14 },
);

/** Requests that make sense one after the other, as the core would make them. */
function requestsFor(list: readonly Wish[]): Request[] {
  const requests: Request[] = [];
  let last = 0;
  let snapshot = 0;
  let term = 1;
  const write = (parts: Partial<Write>) => requests.push({ kind: "write", write: writeOf(parts) });
  const append = (from: number, count: number, size: number) =>
    Array.from({ length: count }, (_, i) => command(from + i, term, `${term}.${from + i}.${"x".repeat(size * 90)}`));
  for (const { kind, size } of list) {
    term += 1;
    if (kind === "append") {
      write({ entries: append(last + 1, size, size) });
      last += size;
    } else if (kind === "truncate") {
      const from = Math.max(snapshot + 1, last - size);
      write({ truncateFrom: from, entries: append(from, 2, size), hardState: { term, votedFor: "a" } });
      last = from + 1;
    } else if (kind === "term") write({ hardState: { term, votedFor: size > 2 ? "b" : null } });
    else if (kind === "save" && last > snapshot) {
      snapshot = Math.max(snapshot + 1, last - size);
      const image = new Uint8Array(size * 300).fill(term);
      requests.push({ kind: "save", meta: snapshotAt(snapshot, term, image.length), image });
    } else if (kind === "install") {
      snapshot = last = last + size + 1;
      const meta = snapshotAt(snapshot, term, 700);
      const data = new Uint8Array(350).fill(term);
      write({ chunk: { snapshot: meta, offset: 0, data, isLast: false } });
      write({ chunk: { snapshot: meta, offset: 350, data, isLast: true }, hardState: { term, votedFor: null } });
    } else if (kind === "release") requests.push({ kind: "release", index: Math.max(0, snapshot - size) });
    else requests.push({ kind: "wait" });
  }
  return requests;
}

interface Outcome {
  readonly durable: Durable;
  readonly image: Uint8Array | null;
}

/** What a server would find after none, one, two, ... of the requests, according to the twin. */
function outcomesOf(requests: readonly Request[]): Outcome[] {
  const disk = new MemoryDisk(null);
  const look = (): Outcome => {
    const durable = disk.durable();
    return { durable, image: disk.readSnapshot(durable.snapshot.index) };
  };
  const outcomes = [look()];
  for (const request of requests) {
    if (request.kind === "write") disk.apply(request.write);
    if (request.kind === "save") disk.saveSnapshot(request.meta, request.image);
    disk.sync();
    outcomes.push(look());
  }
  return outcomes;
}

let lives = 0;
async function open(files: MemoryFiles) {
  lives += 1;
  const ownId = lives;
  const processes = { ownId, startOf: async (id: number) => (id === ownId ? "now" : null) };
  const identity = { cluster: "power", node: "a" };
  return openStorage({ folder: "/data", identity, initial: null, create: true, segmentBytes: 1024, files, processes });
}

interface Life {
  /** Requests that were acknowledged, each with all before it. */
  acknowledged: number;
  /** Requests that were made. */
  made: number;
  released: number;
  error: unknown;
}

async function live(files: MemoryFiles, requests: readonly Request[]): Promise<Life> {
  const life: Life = { acknowledged: 0, made: 0, released: 0, error: null };
  try {
    const { storage } = await open(files);
    const pending: Promise<void>[] = [];
    for (const request of requests) {
      life.made += 1;
      const count = life.made;
      const done = make(storage, request, life, [...pending]).then(() => {
        expect(life.acknowledged).toBeLessThan(count);
        life.acknowledged = count;
      });
      pending.push(done);
      done.catch(() => undefined);
      if (request.kind !== "write") await done;
    }
    await Promise.all(pending);
    await storage.close();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    life.error = error;
  }
  return life;
}

async function make(storage: Storage, request: Request, life: Life, before: Promise<void>[]): Promise<void> {
  if (request.kind === "write") await storage.write(request.write);
  if (request.kind === "save") await storage.saveSnapshot(request.meta, request.image);
  if (request.kind === "release") {
    life.released = Math.max(life.released, request.index);
    storage.release(request.index);
  }
  await Promise.all(before);
}

/** Numbers from a seed (xorshift), so that fast-check can repeat and shrink what chance did. */
function chance(seed: number): (count: number) => number {
  let state = seed | 1;
  return (count) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % count;
  };
}

/** Which outcome this is; -1 for none. What was released may be there or not. */
async function whichOutcome(storage: Storage, outcomes: readonly Outcome[], released: number): Promise<number[]> {
  const { durable } = storage;
  const image = durable.snapshot.index === 0 ? null : await storage.readSnapshot(durable.snapshot.index);
  const floor = Math.min(released, durable.snapshot.index);
  const seen = comparable({ durable, image }, floor);
  return outcomes.flatMap((outcome, i) => (comparable(outcome, floor) === seen ? [i] : []));
}

function comparable({ durable, image }: Outcome, floor: number): string {
  const entries = durable.entries
    .filter((entry) => entry.index > floor)
    .map((entry) => [entry.index, entry.term, entry.kind === "command" ? new TextDecoder().decode(entry.data) : null]);
  const { index, term, size, configuration } = durable.snapshot;
  const { hardState } = durable;
  return JSON.stringify([
    hardState.term,
    hardState.votedFor,
    index,
    term,
    size,
    configuration,
    entries,
    image === null ? null : [...image],
  ]);
}

const never = (): null => null;
const cutAt =
  (at: number) =>
  (operation: { number: number }): FileFault | null =>
    operation.number === at ? "power-cut" : null;

describe("a power cut", () => {
  it("at any operation, and another while the server starts again, loses nothing that was acknowledged", async () => {
    const seen = { cuts: 0, repairs: 0 };
    await fc.assert(
      fc.asyncProperty(wishes, fc.integer({ min: 1 }), async (list, seed) => {
        const requests = requestsFor(list);
        const outcomes = outcomesOf(requests);
        const choose = chance(seed);
        const whole = new MemoryFiles(never);
        expect(await live(whole, requests)).toMatchObject({ acknowledged: requests.length, error: null });
        for (let at = 1; at <= whole.operations; at += 1) {
          const first = new MemoryFiles(cutAt(at));
          const life = await live(first, requests);
          const second = first.afterPowerCut(choose, cutAt(1 + choose(60)));
          const restart = await live(second, []);
          const third = second.afterPowerCut(choose, never);
          const { storage, repaired } = await open(third);
          const found = await whichOutcome(storage, outcomes, life.released);
          const fits = found.some((count) => count >= life.acknowledged && count <= life.made);
          expect({ at, fits, found, life, restart: fits || restart }).toEqual({
            at,
            fits: true,
            found,
            life,
            restart: true,
          });
          seen.cuts += 1;
          if (repaired !== null) seen.repairs += 1;
          await goesOn(third, storage);
        }
      }),
      { numRuns: 20 },
    );
    expect(seen.cuts).toBeGreaterThan(1000);
    expect(seen.repairs).toBeGreaterThan(0);
  });

  it("on a disk that lies about fsync leaves an earlier state, or one that is refused with a reason", async () => {
    const seen = { earlier: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(wishes, fc.integer({ min: 1 }), async (list, seed) => {
        const requests = requestsFor(list);
        const outcomes = outcomesOf(requests);
        const choose = chance(seed);
        const whole = new MemoryFiles(never);
        await live(whole, requests);
        for (let at = 40; at <= whole.operations; at += 1) {
          const lying = new MemoryFiles((operation) => {
            if (operation.number === at) return "power-cut";
            return operation.kind === "sync" && choose(3) > 0 ? "lie" : null;
          });
          const life = await live(lying, requests);
          try {
            const { storage } = await open(lying.afterPowerCut(choose, never));
            const found = await whichOutcome(storage, outcomes, life.released);
            expect({ at, isKnown: found.length > 0, life }).toEqual({ at, isKnown: true, life });
            if (found.every((count) => count < life.acknowledged)) seen.earlier += 1;
          } catch (error) {
            if (!(error instanceof StorageError)) throw error;
            expect(error.problem.code).toBe("corrupt");
            seen.refused += 1;
          }
        }
      }),
      { numRuns: 20 },
    );
    expect(seen.earlier).toBeGreaterThan(10);
    expect(seen.refused).toBeGreaterThan(10);
  });
});

/** A storage that was repaired takes writes, and gives them back. */
async function goesOn(files: MemoryFiles, storage: Storage): Promise<void> {
  const index = 1 + (storage.durable.entries.at(-1)?.index ?? storage.durable.snapshot.index);
  await storage.write(writeOf({ entries: [command(index, 99)], hardState: { term: 99, votedFor: "z" } }));
  await storage.close();
  const again = await open(files);
  expect([again.storage.durable.hardState, again.storage.durable.entries.at(-1), again.repaired]).toEqual([
    { term: 99, votedFor: "z" },
    command(index, 99),
    null,
  ]);
  expect(again.storage.durable.snapshot.configuration).not.toBe(noConfiguration);
  await again.storage.close();
}
