/**
 * The yardstick: what a good engineer writes by hand to explore this one model, Raft.tla, as fast as JavaScript goes.
 * An engine that runs any spec is measured against it. Breadth-first by levels, all in typed arrays.
 */
import { takeFingerprints, writeRow } from "./batch.ts";
import { C_HIGH, C_LOW, C_PARENT, C_WORDS } from "./change.ts";
import { Frontier, Parents } from "./frontier.ts";
import { wordHigh, wordLow } from "./hash.ts";
import { leaderHasAllAckedValues, noLogDivergence } from "./invariants.ts";
import { type Bounds, electionsMax, HIGH, LOW, restartsMax, SERVERS, serversMax, valuesMax } from "./layout.ts";
import { SeenTable } from "./seen-table.ts";
import { Successors, successorsMax } from "./successors.ts";

export interface Explored {
  readonly distinct: number;
  /** The initial state, and every successor once for each choice that produces it. */
  readonly generated: number;
  /** Levels, the initial one included. */
  readonly depth: number;
  /** Whether every reachable state was expanded: false where `statesMax` ended the run, or a violation. */
  readonly isComplete: boolean;
  readonly violated: "LeaderHasAllAckedValues" | "NoLogDivergence" | null;
  /** The numbers of the states on a shortest way to the violation; empty where there is none. */
  readonly path: readonly number[];
}

/** Changes are collected up to this many, so that the memory accesses of their probes overlap. */
const batchMax = 256;
const messagesMax = 255;
const rowWordsMax = 512;

export function explore(bounds: Bounds, statesMax: number): Explored {
  assertWithin("servers", bounds.servers, 1, serversMax);
  assertWithin("elections", bounds.elections, 0, electionsMax);
  assertWithin("restarts", bounds.restarts, 0, restartsMax);
  assertWithin("values", bounds.values, 1, valuesMax);
  return new Exploration(bounds, statesMax).run();
}

function assertWithin(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} is ${value}; a packed row holds ${min} to ${max}`);
  }
}

class Exploration {
  readonly #bounds: Bounds;
  readonly #statesMax: number;
  /** Where the messages of a row begin. */
  readonly #base: number;
  readonly #successors: Successors;
  readonly #seen = new SeenTable(16);
  readonly #frontier = new Frontier();
  readonly #parents = new Parents();
  #generated = 1;
  #violated: Explored["violated"] = null;
  #isStopped = false;
  /** What the slots held, of no use but that the compiler must not leave out reading them. */
  #touched = 0;

  constructor(bounds: Bounds, statesMax: number) {
    this.#bounds = bounds;
    this.#statesMax = statesMax;
    this.#base = SERVERS + 2 * bounds.servers;
    this.#successors = new Successors(bounds, batchMax + successorsMax);
  }

  run(): Explored {
    this.#begin();
    let depth = 0;
    let expanded = 0;
    while (!this.#isStopped && this.#frontier.advance()) {
      depth += 1;
      expanded = this.#expandLevel(expanded);
    }
    return {
      distinct: this.#parents.length,
      generated: this.#generated,
      depth,
      isComplete: !this.#isStopped,
      violated: this.#violated,
      path: this.#violated === null ? [] : this.#parents.pathTo(this.#parents.length - 1),
    };
  }

  /** Writes the initial state: all followers in term one, with empty logs, and no message sent. */
  #begin(): void {
    const { tail } = this.#frontier;
    const { batch } = this.#successors;
    tail.fill(0, 0, this.#base);
    let low = 0x3c6ef372;
    let high = 0x1b873593;
    for (let place = SERVERS; place < this.#base; place += 2) {
      tail[place] = 1;
      low += wordLow(place, 1);
      high += wordHigh(place, 1);
    }
    tail[LOW] = low;
    tail[HIGH] = high;
    batch[C_LOW] = low;
    batch[C_HIGH] = high;
    this.#probe(batch, 0);
    this.#frontier.tailUsed = this.#base;
    this.#parents.push(0);
    this.#check(tail, 0);
  }

  #expandLevel(first: number): number {
    const frontier = this.#frontier;
    const successors = this.#successors;
    let state = first;
    for (const [i, chunk] of frontier.chunks.entries()) {
      const used = frontier.used[i] ?? 0;
      for (let row = 0; row < used; state += 1) {
        row = successors.expand(chunk, row, state);
        if (successors.used >= batchMax * C_WORDS) this.#flush(chunk);
        if (this.#isStopped) return state;
      }
      this.#flush(chunk);
      if (this.#isStopped) return state;
      frontier.release(chunk);
    }
    return state;
  }

  /** Looks up all changes of the batch, and writes the rows of those that lead to new states. */
  #flush(chunk: Int32Array): void {
    const { batch, used } = this.#successors;
    this.#successors.used = 0;
    this.#generated += used / C_WORDS;
    this.#seen.reserve(used / C_WORDS);
    takeFingerprints(batch, used, chunk, this.#base);
    this.#touched |= this.#touch(batch, used);
    for (let change = 0; change < used; change += C_WORDS) {
      if (this.#probe(batch, change)) this.#keep(chunk, batch, change);
    }
    if (this.#parents.length >= this.#statesMax) this.#isStopped = true;
  }

  /** Reads each slot once, without waiting for any, so that the probes find them in the cache. */
  #touch(batch: Int32Array, used: number): number {
    const { words, shift } = this.#seen;
    let touched = 0;
    for (let change = 0; change < used; change += C_WORDS) {
      touched |= words[((batch[change + C_LOW] ?? 0) >>> shift) << 1] ?? 0;
    }
    return touched;
  }

  /** Adds the fingerprint of a change. True where it is new. Two zero lanes would be one more collision in 2^64. */
  #probe(batch: Int32Array, change: number): boolean {
    const seen = this.#seen;
    const { words, mask } = seen;
    const low = batch[change + C_LOW] ?? 0;
    const high = batch[change + C_HIGH] ?? 0;
    for (let slot = low >>> seen.shift; ; slot = (slot + 1) & mask) {
      const l = words[slot << 1] ?? 0;
      const h = words[(slot << 1) + 1] ?? 0;
      if (l === low && h === high) return false;
      if ((l | h) !== 0) continue;
      words[slot << 1] = low;
      words[(slot << 1) + 1] = high;
      seen.size += 1;
      return true;
    }
  }

  #keep(chunk: Int32Array, batch: Int32Array, change: number): void {
    const frontier = this.#frontier;
    frontier.reserve(rowWordsMax);
    const { tail, tailUsed: row } = frontier;
    const end = writeRow(batch, change, chunk, tail, row, this.#base);
    if (end - row - this.#base > messagesMax - serversMax) throw new RangeError("more messages than a row holds");
    frontier.tailUsed = end;
    this.#parents.push(batch[change + C_PARENT] ?? 0);
    this.#check(tail, row);
  }

  #check(tail: Int32Array, row: number): void {
    const { servers } = this.#bounds;
    if (!leaderHasAllAckedValues(tail, row, servers)) this.#violate("LeaderHasAllAckedValues");
    if (!noLogDivergence(tail, row, servers)) this.#violate("NoLogDivergence");
  }

  #violate(property: NonNullable<Explored["violated"]>): void {
    this.#violated ??= property;
    this.#isStopped = true;
  }
}
