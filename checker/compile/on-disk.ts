/**
 * The rest of a search that has used up the memory it may take: first the rows of the frontier go to disk, then, where
 * the table has no room either, the states that were seen. One thread does it.
 */

import type { Outcome, Progress, World } from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import { Bits } from "../spill/bits.ts";
import { Disk } from "../spill/disk.ts";
import { RowFile } from "../spill/row-file.ts";
import { SpilledStates } from "../spill/spilled-states.ts";
import type { Storage } from "../spill/storage.ts";
import { bringToDisk } from "../spill/table-to-disk.ts";
import type { Table } from "../store/table.ts";
import type { Explorer } from "./explorer.ts";
import type { Levels } from "./levels.ts";

/** How much memory the states that were seen and the frontier may take, and where they go beyond that. */
export interface Spilling {
  readonly memoryBytes: number;
  readonly storage: Storage;
}

/** Rows that are marked between two pauses. */
const numbersPerPause = 2 ** 20;
/** Between two looks at a disk that was full. */
const millisecondsPerLook = 1000;
/** How much of the memory the table may take, where it shares it with rows on their way to and from the disk. */
const tableShare = 7 / 8;

/** A search that rests: nobody expands a state. The chunks are taken out of their lists. */
export interface Rested {
  readonly explorer: Explorer;
  readonly levels: Levels;
  readonly table: Table;
  readonly waiting: Int32Array[];
  readonly next: Int32Array[];
}

/** Goes on with a search to its end. */
export function searchOnDisk(rested: Rested, spilling: Spilling, world: World): Generator<Progress, Outcome, Command> {
  return new OnDisk(rested, spilling, world).run(rested);
}

class OnDisk {
  readonly #explorer: Explorer;
  readonly #levels: Levels;
  readonly #world: World;
  readonly #memoryBytes: number;
  readonly #disk: Disk;
  /** In memory as long as the table has room. */
  #states: Table | SpilledStates;
  #table: Table | null;
  #waiting: RowFile;
  #next: RowFile;
  /** Of this level, since the search went on on disk: states expanded, and new states found. */
  #done = 0;
  #found = 0;
  /** Rows found for the next level before that. */
  #foundBefore: number;

  constructor({ explorer, levels, table }: Rested, { memoryBytes, storage }: Spilling, world: World) {
    this.#explorer = explorer;
    this.#levels = levels;
    this.#world = world;
    this.#memoryBytes = memoryBytes;
    this.#disk = new Disk(storage);
    this.#states = table;
    this.#table = table;
    this.#waiting = new RowFile(this.#disk);
    this.#next = new RowFile(this.#disk);
    this.#foundBefore = levels.state().next;
    this.#next.rows = this.#foundBefore;
  }

  *run({ waiting, next }: Rested): Generator<Progress, Outcome, Command> {
    const levels = this.#levels;
    const fromLevel = levels.level;
    this.#explorer.begin(levels.met);
    let goesOn = yield* this.#ended(this.#writeAll(waiting, next));
    while (goesOn && !levels.isOver) {
      goesOn = (yield* this.#level()) && (yield* this.#ended(this.#endLevel()));
      if (goesOn && !levels.isOver && this.#states instanceof SpilledStates)
        goesOn = yield* this.#ended(this.#states.compact());
    }
    if (!goesOn) this.#stop();
    levels.spilled = { bytes: this.#disk.bytes, runs: this.#disk.runs, fromLevel };
    return levels.outcome();
  }

  /** Ends the search here. Whether what this level leads to is new is not known of all: each counts as waiting. */
  #stop(): void {
    this.#found = this.#next.rows - this.#foundBefore;
    this.#levels.stop([this.#report()], this.#done);
  }

  /** Brings the chunks in memory to disk. */
  *#writeAll(waiting: Int32Array[], next: Int32Array[]): Generator<void> {
    for (const [chunks, file] of [
      [waiting, this.#waiting],
      [next, this.#next],
    ] as const) {
      for (const chunk of chunks.splice(0)) {
        file.append(chunk);
        yield;
      }
    }
    this.#explorer.next.forgetFree();
  }

  /** Expands what waits; false where a limit or the caller ends the search. */
  *#level(): Generator<Progress, boolean, Command> {
    const explorer = this.#explorer;
    const waiting = this.#waiting;
    const { kept } = waiting;
    const { level } = this.#levels;
    if (!(yield* this.#ended(this.#makeRoom()))) return false;
    const before = explorer.expanded - this.#done;
    const perPause = explorer.statesPerPause;
    let pauseAt = this.#done + perPause;
    let row = 0;
    for (let chunk = waiting.next(); chunk !== null; chunk = waiting.next()) {
      if (kept !== null) row = this.#strike(chunk, row, kept);
      const used = chunk[0] ?? 0;
      for (let at = 1; at < used; ) {
        const end = explorer.expand(chunk, at, level);
        const isHeld = end === at;
        at = end;
        this.#done = explorer.expanded - before;
        if (this.#done < pauseAt && !isHeld) continue;
        pauseAt = this.#done + perPause;
        if (!(yield* this.#ended(this.#makeRoom()))) return false;
      }
    }
    this.#writeRows();
    return true;
  }

  /** Takes the rows that are not kept out of the chunk; its first is the row numbered `first`. The number after its last. */
  #strike(chunk: Int32Array, first: number, kept: Bits): number {
    const used = chunk[0] ?? 0;
    let row = first;
    let to = 1;
    for (let at = 1; at < used; row += 1) {
      const end = this.#explorer.endOf(chunk, at);
      if (kept.has(row)) {
        if (to < at) chunk.copyWithin(to, at, end);
        to += end - at;
      }
      at = end;
    }
    chunk[0] = to;
    return row;
  }

  /** Writes the rows found so far, and what else has no room in memory: the states of the table, or candidates. */
  *#makeRoom(): Generator<void> {
    this.#writeRows();
    yield;
    if (this.#states instanceof SpilledStates) yield* this.#states.gatherCrowded();
    const table = this.#table;
    if (table === null || table.bytes <= this.#memoryBytes * tableShare) return;
    const brought = yield* bringToDisk(table, this.#levels.level, this.#disk);
    const kept = new Bits();
    for (let row = 0; row < this.#next.rows; row += 1) {
      kept.set(row);
      if (row % numbersPerPause === numbersPerPause - 1) yield;
    }
    this.#next.kept = kept;
    table.drop();
    this.#table = null;
    const states = new SpilledStates(this.#disk, this.#memoryBytes, brought, this.#next.rows);
    this.#states = states;
    this.#explorer.useStates(states);
    this.#levels.useStates(states);
    yield* states.remember();
  }

  #writeRows(): void {
    const { next } = this.#explorer;
    const { count } = next;
    for (const chunk of next.take()) {
      this.#next.append(chunk);
      next.recycle(chunk);
    }
    this.#next.rows += count;
    if (this.#table !== null) this.#found += count;
  }

  /** Finds out which states are new, and goes to the next level. */
  *#endLevel(): Generator<void> {
    const levels = this.#levels;
    const states = this.#states;
    if (states instanceof SpilledStates) {
      const kept = this.#next.kept ?? new Bits();
      this.#next.kept = kept;
      yield* states.settle(levels.level + 1, this.#explorer.counts.fresh, kept);
      this.#found += states.found;
    }
    yield;
    levels.end([this.#report()]);
    this.#waiting.remove();
    this.#waiting = this.#next;
    this.#next = new RowFile(this.#disk);
    this.#done = 0;
    this.#found = 0;
    this.#foundBefore = 0;
    this.#explorer.begin(levels.met);
  }

  #report() {
    return { ...this.#explorer.report(), rows: this.#found };
  }

  /** Runs a piece of work that writes and reads, and rests while the disk is full; false where the search is to end. */
  *#ended(work: Generator<void>): Generator<Progress, boolean, Command> {
    for (let next = work.next(); next.done !== true; next = work.next()) {
      let lookedAt = this.#world.now();
      do {
        if (this.#disk.isFull && this.#world.now() - lookedAt >= millisecondsPerLook) {
          lookedAt = this.#world.now();
          this.#disk.retry();
        }
        const command = yield this.#progress();
        if (this.#levels.isToStop(command)) return false;
      } while (this.#disk.isFull);
    }
    return true;
  }

  #progress(): Progress {
    const { generated } = this.#explorer.counts;
    const { bytes, isFull } = this.#disk;
    return {
      ...this.#levels.progress(generated, this.#done, this.#next.rows - this.#foundBefore),
      disk: { bytes, isFull },
    };
  }
}
