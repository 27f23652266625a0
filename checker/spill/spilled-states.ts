/**
 * The states that were seen, on disk, in sorted runs of records of four words as `Table` keeps them. What a level leads
 * to is gathered as candidates, in memory and, where there are too many, in sorted runs of their own; at the level's end
 * those that stand in no run of the seen states are the next level, and become a run themselves. Which parent and action
 * are kept, and who is credited, is decided as by `Table`: the least of the level before.
 */
import { slotWords } from "../store/growth.ts";
import { levelMax } from "../store/table.ts";
import { added, type VisitedStates } from "../store/visited-states.ts";
import { Batch } from "./batch.ts";
import type { Bits } from "./bits.ts";
import { Candidates, candidateWords, put } from "./candidates.ts";
import type { Disk } from "./disk.ts";
import { Merge, type Source } from "./merge.ts";
import { Recent } from "./recent.ts";
import { type Run, RunReader, RunWriter } from "./runs.ts";
import type { Brought } from "./table-to-disk.ts";

/** Runs that are merged at a time. */
const runsMergedMax = 32;
const bufferWordsMin = 1 << 10;
const bufferWordsMax = 1 << 16;
/** Records between two pauses of a merge. */
const recordsPerPause = 1 << 16;

/** What the memory is for, as shares of it. The rest is for rows on their way, and for which of them count. */
const shares = { candidates: 0.5, recent: 0.25, buffers: 0.125 } as const;

export class SpilledStates implements VisitedStates {
  size: number;
  /** States of the next level that the level's end has found, besides those that were counted before. */
  found = 0;
  readonly #disk: Disk;
  readonly #memoryBytes: number;
  readonly #candidates: Candidates;
  readonly #recent: Recent;
  /** Runs of what was seen, the oldest and largest first; all of them are on the disk. */
  #runs: Run[];
  /** Runs of candidates of the level. */
  #gathered: Run[];
  /** The row of the next candidate. */
  #row: number;
  readonly #batch = new Batch();

  /** What `bringToDisk` left, with so many rows written for the next level. */
  constructor(disk: Disk, memoryBytes: number, { size, seen, counted }: Brought, rows: number) {
    this.#disk = disk;
    this.#memoryBytes = memoryBytes;
    this.size = size;
    this.#runs = seen === null ? [] : [seen];
    this.#gathered = counted === null ? [] : [counted];
    this.#row = rows;
    this.#candidates = new Candidates(memoryBytes * shares.candidates);
    this.#recent = new Recent(memoryBytes * shares.recent);
  }

  /** Reads what was seen, so that most of what comes next is known without a look at the disk. With pauses. */
  *remember(): Generator<void> {
    let records = 0;
    for (const run of this.#runs) {
      const reader = this.#reader(run, 1);
      while (reader.advance()) {
        this.#recent.put(reader.words[reader.at] as number, reader.words[reader.at + 1] as number);
        records += 1;
        if (records % recordsPerPause === 0) yield;
      }
    }
  }

  readonly isFull = false;
  readonly isExact = false;

  get bytes(): number {
    return this.#candidates.bytes + this.#recent.bytes;
  }

  touch(low: number): number {
    return this.#candidates.touch(low) ^ this.#recent.touch(low);
  }

  add(low: number, high: number, parent: number, _level: number, action: number): number {
    if (this.#recent.has(low, high)) return added.seen;
    let outcome = this.#candidates.put(low, high, parent, action, this.#row);
    if (outcome === put.full) {
      // One pause has brought more than was left when it was crowded, so that there are not many.
      for (const _ of this.#gathering());
      outcome = this.#candidates.put(low, high, parent, action, this.#row);
    }
    if (outcome === put.known) return added.seen;
    this.#row += 1;
    return added.deferred;
  }

  find(low: number, level: number): readonly { readonly high: number; readonly parent: number }[] {
    const found: { high: number; parent: number }[] = [];
    for (const run of this.#runs) {
      const reader = this.#reader(run, this.#runs.length);
      reader.jump(low);
      for (let more = reader.seek(low, 0); more; more = reader.advance()) {
        const { words, at } = reader;
        if (words[at] !== low) break;
        if (((words[at + 3] as number) & levelMax) === Math.min(level, levelMax))
          found.push({ high: words[at + 1] as number, parent: words[at + 2] as number });
      }
    }
    return found;
  }

  /** Brings the candidates in memory to disk where they are many, with pauses: to be called between two parts of a level. */
  *gatherCrowded(): Generator<void> {
    if (this.#candidates.isCrowded) yield* this.#gathering();
  }

  /**
   * Ends a level whose states lead to `level`: tells by `kept` which rows are those of new states, and credits these in
   * `fresh`. It pauses often, and needs all that was written before to be on the disk after each pause.
   */
  *settle(level: number, fresh: number[], kept: Bits): Generator<void> {
    yield;
    while (this.#gathered.length > runsMergedMax) {
      const merged = yield* this.#merged(this.#gathered.slice(0, runsMergedMax), candidateWords);
      this.#replace(this.#gathered, 0, runsMergedMax, merged);
    }
    yield* this.#candidates.sorting();
    const open = this.#runs.length + this.#gathered.length + 1;
    const gathered = new Merge([...this.#gathered.map((run) => this.#reader(run, open)), this.#candidates.inOrder()]);
    const seen = this.#runs.map((run) => this.#reader(run, open));
    const writer = new RunWriter(this.#disk, slotWords, this.#bufferWords(open));
    const batch = this.#batch;
    const stamp = Math.min(level, levelMax);
    this.found = 0;
    for (let more = gathered.advance(); more; ) {
      more = batch.fill(gathered);
      for (const reader of seen) batch.strike(reader);
      const found = batch.settle(writer, stamp, fresh, kept);
      this.found += found;
      this.size += found;
      batch.remember(this.#recent);
      yield;
    }
    const settled = writer.end();
    yield;
    if (settled !== null) this.#runs.push(settled);
    for (const { file } of this.#gathered) file.remove();
    this.#gathered = [];
    // Levels differ little in size from one to the next.
    yield* this.#candidates.clearing(4 * this.#row);
    this.#row = 0;
  }

  /** Merges the smaller runs, so that each is at least twice as large as the next: few runs, each written few times. */
  *compact(): Generator<void> {
    const runs = this.#runs;
    let from = runs.length - 1;
    let records = runs[from]?.records ?? 0;
    while (from > 0 && (runs[from - 1] as Run).records < 2 * records) {
      from -= 1;
      records += (runs[from] as Run).records;
    }
    if (from >= runs.length - 1) return;
    const merged = yield* this.#merged(runs.slice(from), slotWords);
    this.#replace(runs, from, runs.length - from, merged);
  }

  /** All records of these runs as one, which is on the disk when this ends. */
  *#merged(runs: readonly Run[], width: number): Generator<void, Run | null> {
    const merge = new Merge(runs.map((run) => this.#reader(run, runs.length + 1)));
    return yield* this.#written(merge, width, this.#bufferWords(runs.length + 1));
  }

  /** All that the source gives as a run, which is on the disk when this ends. */
  *#written(source: Source, width: number, bufferWords: number): Generator<void, Run | null> {
    const writer = new RunWriter(this.#disk, width, bufferWords);
    let records = 0;
    while (source.advance()) {
      const { words: W, at } = source;
      const fifth = width > 4 ? (W[at + 4] as number) : 0;
      writer.append(W[at] as number, W[at + 1] as number, W[at + 2] as number, W[at + 3] as number, fifth);
      records += 1;
      if (records % recordsPerPause === 0 || this.#disk.isFull) yield;
    }
    const run = writer.end();
    yield;
    return run;
  }

  /** Puts a run in the place of others, which are not needed any more. */
  #replace(runs: Run[], from: number, count: number, by: Run | null): void {
    const old = runs.splice(from, count, ...(by === null ? [] : [by]));
    for (const { file } of old) file.remove();
  }

  /** Brings the candidates in memory to disk, as a run. Nothing may be added before it has ended. */
  *#gathering(): Generator<void> {
    yield* this.#candidates.sorting();
    const run = yield* this.#written(this.#candidates.inOrder(), candidateWords, this.#bufferWords(1));
    if (run !== null) this.#gathered.push(run);
    yield* this.#candidates.clearing(4 * this.#row);
  }

  /** A reader that shares the memory for buffers with others, so many in all. */
  #reader(run: Run, open: number): RunReader {
    return new RunReader(this.#disk, run, this.#bufferWords(open));
  }

  #bufferWords(open: number): number {
    const share = Math.floor((this.#memoryBytes * shares.buffers) / 4 / open);
    return Math.max(bufferWordsMin, Math.min(bufferWordsMax, share));
  }
}
