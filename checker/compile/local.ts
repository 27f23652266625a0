/** A search by one thread, level by level. */
import type { Model } from "../../spec/lang/index.ts";
import { refuseTemporal } from "../reference/reference.ts";
import type { Limits, Outcome, PackedEngine, Progress, Remembered, World } from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import { Archive } from "../store/archive.ts";
import { cutBefore } from "../store/rows.ts";
import { Table } from "../store/table.ts";
import { Explorer } from "./explorer.ts";
import type { Keeper, Snapshot } from "./keeper.ts";
import { Levels } from "./levels.ts";
import { Numbering } from "./numbering.ts";
import { type Spilling, searchOnDisk } from "./on-disk.ts";
import { Witness } from "./witness.ts";

export function* searchAlone(
  model: Model,
  engine: PackedEngine,
  limits: Limits,
  world: World,
  keeper: Keeper,
  remembered: Remembered,
  spilling: Spilling | null,
): Generator<Progress, Outcome, Command> {
  const begunAt = world.now();
  refuseTemporal(model);
  const { resumed } = keeper;
  const table = resumed?.table ?? tableFor(remembered);
  const numbering = new Numbering(resumed?.numbering ?? null);
  let rowBytes = 0;
  const makeChunk = (words: number): Int32Array => {
    rowBytes += words * 4;
    return new Int32Array(words);
  };
  const explorer = new Explorer(model, table, numbering, engine, makeChunk);
  numbering.adopt();
  explorer.isToEnd = world.isToEnd ?? explorer.isToEnd;
  const levels = levelsOf(model, engine, table, explorer, limits, world, begunAt);
  const frontier = new Frontier(explorer, levels, resumed);
  yield* frontier.begin();
  const isShort = (): boolean => isShortOfMemory(spilling, table, rowBytes);
  for (;;) {
    const keepsNow = levels.isOver ? levels.isCutShort : keeper.isDue();
    if (keepsNow) yield* keepAtRest(keeper, { ...frontier.rest(), numbering: numbering.log, table }, levels);
    if (levels.isOver) return levels.outcome();
    if (spilling !== null && isShort()) {
      const { waiting, next } = frontier.rest();
      return yield* searchOnDisk({ explorer, levels, table, waiting, next }, spilling, world);
    }
    yield* frontier.expand(() => isShort() || keeper.isDue());
  }
}

/** An empty table of this thread alone. */
export function tableFor(remembered: Remembered): Table {
  return new Table(null, remembered === "states" ? new Archive(null) : null);
}

/** True where table and rows have used up what they may take. */
export function isShortOfMemory(spilling: Spilling | null, table: Table, rowBytes: number): boolean {
  return spilling !== null && table.bytes + rowBytes > spilling.memoryBytes;
}

/** The levels of a search whose behaviours this explorer finds again, and whose time began at `begunAt`. */
export function levelsOf(
  model: Model,
  engine: PackedEngine,
  table: Table,
  explorer: Explorer,
  limits: Limits,
  world: World,
  begunAt = world.now(),
): Levels {
  const witness = new Witness(explorer.whole, table, (state) => explorer.fingerprintOf(state));
  return new Levels(model, engine, table, witness, limits, world, begunAt);
}

/**
 * Keeps a search that rests; meanwhile its caller sees where it stands. A limit or a caller that asks for the end meanwhile
 * ends the search when it is kept, and it is not kept again.
 */
export function* keepAtRest(keeper: Keeper, snapshot: Snapshot, levels: Levels): Generator<Progress, void, Command> {
  let isToStop = false;
  for (const _ of keeper.keep(snapshot)) {
    const command = yield levels.progressAtRest();
    isToStop = !levels.isOver && levels.isToStop(command);
  }
  if (isToStop) levels.stopAtRest();
}

/** The states that wait, and those found for the next level, in the hands of one thread. */
export class Frontier {
  readonly #explorer: Explorer;
  readonly #levels: Levels;
  #waiting: Int32Array[] = [];
  #next: Int32Array[] = [];
  readonly #isNew: boolean;

  /** Where an earlier search rested, or, for a new one, before the initial states. */
  constructor(explorer: Explorer, levels: Levels, resumed: Snapshot | null) {
    this.#explorer = explorer;
    this.#levels = levels;
    this.#isNew = resumed === null;
    if (resumed === null) return;
    levels.resume(resumed.levels);
    const adopt = (chunk: Int32Array): Int32Array => explorer.next.adopt(chunk);
    this.#waiting = resumed.waiting.splice(0).map(adopt);
    this.#next = resumed.next.splice(0).map(adopt);
  }

  /** Finds the initial states of a new search, or some of them where a limit or the caller ends it before. */
  *begin(): Generator<Progress, void, Command> {
    if (!this.#isNew) return;
    const levels = this.#levels;
    const explorer = this.#explorer;
    for (const _ of explorer.start()) {
      const command = yield levels.progress(explorer.counts.generated, 0, explorer.next.count);
      if (levels.isToStop(command)) {
        levels.stop([explorer.report()], 0);
        return;
      }
    }
    levels.end([explorer.report()]);
    this.#waiting = [...explorer.next.take()];
  }

  /** What a snapshot says of the levels, while the search rests. */
  rest(): Pick<Snapshot, "levels" | "waiting" | "next"> {
    return { levels: this.#levels.state(), waiting: this.#waiting, next: this.#next };
  }

  /** Expands the states that wait, to the end of the level, or until a limit or `isToRest` ends this part of it. */
  *expand(isToRest: () => boolean): Generator<Progress, void, Command> {
    const levels = this.#levels;
    const explorer = this.#explorer;
    explorer.begin(levels.met);
    const done = yield* this.#part(isToRest);
    const report = explorer.report();
    for (const chunk of explorer.next.take()) this.#next.push(chunk);
    if (levels.isStopping) levels.stop([report], done);
    else if (this.#waiting.length > 0) levels.rest([report], done);
    else {
      levels.end([report]);
      this.#waiting = this.#next;
      this.#next = [];
    }
  }

  /** Expands one part of the level, leaves what is not expanded in the chunks that wait, and counts what is. */
  *#part(isToRest: () => boolean): Generator<Progress, number, Command> {
    const levels = this.#levels;
    const explorer = this.#explorer;
    const chunks = this.#waiting;
    const before = explorer.expanded;
    let rows = 0;
    const perPause = explorer.statesPerPause;
    let pauseAt = 0;
    for (let index = 0; index < chunks.length; index += 1) {
      const chunk = chunks[index] as Int32Array;
      const used = chunk[0] ?? 0;
      let isHeld = false;
      for (let at = 1; at < used; ) {
        rows = explorer.expanded - before;
        if (rows >= pauseAt || isHeld) {
          pauseAt = rows + perPause;
          const command = yield levels.progress(explorer.counts.generated, rows, explorer.next.count);
          if (levels.isToStop(command) || (rows > 0 && isToRest())) {
            cutBefore(chunk, at);
            this.#waiting = chunks.slice(index);
            return rows;
          }
        }
        const end = explorer.expand(chunk, at, levels.level);
        isHeld = end === at;
        at = end;
      }
      explorer.next.recycle(chunk);
    }
    this.#waiting = [];
    return explorer.expanded - before;
  }
}
