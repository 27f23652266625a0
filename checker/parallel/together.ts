/**
 * A search by several threads, level by level. It begins alone, since most models are small; workers that are ready take
 * over between two levels.
 */
import { type Model, SpecError } from "../../spec/lang/index.ts";
import { Explorer } from "../compile/explorer.ts";
import type { Keeper, Snapshot } from "../compile/keeper.ts";
import type { Levels } from "../compile/levels.ts";
import { Frontier, isShortOfMemory, keepAtRest, levelsOf, tableFor } from "../compile/local.ts";
import { type Spilling, searchOnDisk } from "../compile/on-disk.ts";
import { refuseTemporal } from "../reference/reference.ts";
import type { Limits, Outcome, PackedEngine, Progress, Remembered, World } from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import type { Table } from "../store/table.ts";
import type { ChunkId, NewChunk } from "./messages.ts";
import { SharedRegistry } from "./registry.ts";
import { SharedChunks } from "./shared-chunks.ts";
import { type Hire, type LevelEnd, Team } from "./team.ts";

/** Who shares the work of a search. */
export interface Crew {
  /** Threads that expand states. */
  readonly workers: number;
  readonly hire: Hire;
  /** States of a level from which on workers are worth starting. */
  readonly worthwhile: number;
}

/** The frontier of a search that rests. */
type Chunks = Pick<Snapshot, "waiting" | "next">;

const millisecondsPerPause = 50;
/** Pauses that workers have to end what they do when they are asked to stop. */
const pausesToStop = 200;
const neverEnds = "a guard, an effect or a property does not come to an end";

export function* searchTogether(
  model: Model,
  engine: PackedEngine,
  limits: Limits,
  world: World,
  crew: Crew,
  keeper: Keeper,
  remembered: Remembered,
  spilling: Spilling | null,
): Generator<Progress, Outcome, Command> {
  refuseTemporal(model);
  const table = keeper.resumed?.table ?? tableFor(remembered);
  const together = new Together(model, engine, limits, world, crew, keeper, table, spilling);
  try {
    return yield* together.run();
  } finally {
    together.end();
  }
}

class Together {
  readonly #model: Model;
  readonly #engine: PackedEngine;
  readonly #crew: Crew;
  readonly #keeper: Keeper;
  readonly #registry: SharedRegistry;
  readonly #chunks = new SharedChunks(0);
  readonly #table: Table;
  readonly #explorer: Explorer;
  readonly #levels: Levels;
  readonly #world: World;
  readonly #spilling: Spilling | null;
  #team: Team | null = null;

  constructor(
    model: Model,
    engine: PackedEngine,
    limits: Limits,
    world: World,
    crew: Crew,
    keeper: Keeper,
    table: Table,
    spilling: Spilling | null,
  ) {
    const begunAt = world.now();
    this.#world = world;
    this.#spilling = spilling;
    this.#model = model;
    this.#engine = engine;
    this.#crew = crew;
    this.#keeper = keeper;
    this.#registry = new SharedRegistry(keeper.resumed?.numbering ?? null);
    this.#table = table;
    this.#explorer = new Explorer(model, this.#table, this.#registry, engine, this.#chunks.make);
    this.#registry.adopt();
    this.#explorer.isToEnd = world.isToEnd ?? this.#explorer.isToEnd;
    this.#levels = levelsOf(model, engine, this.#table, this.#explorer, limits, world, begunAt);
  }

  end(): void {
    this.#team?.dismiss();
  }

  *run(): Generator<Progress, Outcome, Command> {
    const frontier = new Frontier(this.#explorer, this.#levels, this.#keeper.resumed);
    const isReady = (): boolean => this.#team?.isReady === true;
    yield* frontier.begin();
    for (;;) {
      yield* this.#keepWhereDue(() => frontier.rest());
      if (this.#levels.isOver) return this.#levels.outcome();
      if (this.#spilling !== null && this.#isShort()) return yield* this.#onDisk(this.#spilling, frontier.rest());
      this.#hireWhereWorthwhile();
      if (this.#team !== null && isReady()) {
        const rested = yield* this.#withTeam(this.#team, frontier.rest());
        if (rested === null || this.#spilling === null) return this.#levels.outcome();
        return yield* this.#onDisk(this.#spilling, rested);
      }
      yield* frontier.expand(() => isReady() || this.#isShort() || this.#keeper.isDue());
    }
  }

  /** Keeps the search, which rests, where it is time or a limit has ended it. */
  *#keepWhereDue(rest: () => Chunks & Pick<Snapshot, "levels">): Generator<Progress, void, Command> {
    if (this.#levels.isOver ? !this.#levels.isCutShort : !this.#keeper.isDue()) return;
    const snapshot = { ...rest(), numbering: this.#registry.log, table: this.#table };
    yield* keepAtRest(this.#keeper, snapshot, this.#levels);
  }

  /** True where table and rows have used up what they may take. */
  #isShort(): boolean {
    const rowBytes = this.#chunks.bytes + (this.#team?.gauges().rowBytes ?? 0);
    return isShortOfMemory(this.#spilling, this.#table, rowBytes);
  }

  /** Goes on alone, on disk: workers, if there are any, rest for good. */
  *#onDisk(spilling: Spilling, { waiting, next }: Chunks): Generator<Progress, Outcome, Command> {
    this.end();
    this.#team = null;
    this.#table.unshare();
    this.#chunks.forget();
    // Rows that workers wrote speak of what they numbered.
    this.#registry.adopt();
    const rested = { explorer: this.#explorer, levels: this.#levels, table: this.#table, waiting, next };
    return yield* searchOnDisk(rested, spilling, this.#world);
  }

  #hireWhereWorthwhile(): void {
    const { workers, worthwhile, hire } = this.#crew;
    if (this.#team !== null || this.#levels.waiting < worthwhile) return;
    this.#team = new Team(workers, this.#engine, this.#registry, this.#table, this.#model, hire);
  }

  /** Hands the search over to the workers, to its end or until the memory is used up: what is left then, or null. */
  *#withTeam(team: Team, rested: Chunks): Generator<Progress, Chunks | null, Command> {
    this.#table.share();
    const idsOf = (chunks: readonly Int32Array[]): ChunkId[] => chunks.map((chunk) => this.#chunks.idOf(chunk));
    const chunksOf = (ids: readonly ChunkId[]): Int32Array[] => ids.map((id) => this.#chunks.at(id));
    const levels = this.#levels;
    let waiting: readonly ChunkId[] = idsOf(rested.waiting);
    let next: ChunkId[] = idsOf(rested.next);
    let news: readonly NewChunk[] = this.#chunks.takeNews();
    this.#explorer.begin(levels.met);
    const report = { ...this.#explorer.report(), rows: 0 };
    for (;;) {
      const { level, met } = levels;
      yield* this.#grow(report.generated, team);
      team.begin({ level, met, chunks: waiting, news });
      if (levels.isStopping) team.stop();
      const end = yield* this.#level(team, report.generated);
      const reports = [report, ...end.reports];
      this.#chunks.learn(end.news);
      news = end.news;
      waiting = end.rest;
      for (const id of end.chunks) next.push(id);
      if (levels.isStopping) levels.stop(reports, team.gauges().done);
      else if (waiting.length > 0) levels.rest(reports, team.gauges().done);
      else {
        levels.end(reports);
        waiting = next;
        next = [];
      }
      yield* this.#keepWhereDue(() => ({
        levels: levels.state(),
        waiting: chunksOf(waiting),
        next: chunksOf(next),
      }));
      if (levels.isOver) return null;
      if (this.#isShort()) {
        levels.retire(end.reports);
        return { waiting: chunksOf(waiting), next: chunksOf(next) };
      }
    }
  }

  /** Grows the table between two parts of a level, until a limit or the caller ends the search. */
  *#grow(generatedAlone: number, team: Team): Generator<Progress, void, Command> {
    for (const _ of this.#table.growing()) {
      const command = yield this.#levels.progress(generatedAlone + team.gauges().generated, 0, 0);
      if (this.#levels.isToStop(command)) return;
    }
  }

  *#level(team: Team, generatedAlone: number): Generator<Progress, LevelEnd, Command> {
    let isToRest = false;
    for (let pauses = 0; ; ) {
      const end = team.wait(millisecondsPerPause);
      if (end !== null) return end;
      const { done, next, generated } = team.gauges();
      const command = yield this.#levels.progress(generatedAlone + generated, done, next);
      if (this.#levels.isStopping || isToRest) pauses += 1;
      if (!this.#levels.isStopping && this.#levels.isToStop(command)) team.stop();
      else if (!isToRest && (this.#keeper.isDue() || this.#isShort())) {
        isToRest = true;
        team.stop();
      }
      if (pauses > pausesToStop) throw new SpecError(neverEnds, "Write a condition that ends every loop of the spec.");
    }
  }
}
