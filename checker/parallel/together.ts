/**
 * A search by several threads, level by level. It begins alone, since most models are small; workers that are ready take
 * over between two levels.
 */
import { type Model, SpecError } from "../../spec/lang/index.ts";
import { Explorer } from "../compile/explorer.ts";
import { Levels } from "../compile/levels.ts";
import { expandLevel } from "../compile/local.ts";
import { Witness } from "../compile/witness.ts";
import { refuseTemporal } from "../reference/reference.ts";
import { Semantics } from "../reference/semantics.ts";
import type { Limits, Outcome, Progress, World } from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import { Table } from "../store/table.ts";
import type { ChunkId, NewChunk } from "./messages.ts";
import { SharedRegistry } from "./registry.ts";
import { ownerOf, SharedChunks } from "./shared-chunks.ts";
import { type Hire, type LevelEnd, Team } from "./team.ts";

/** Who shares the work of a search. */
export interface Crew {
  /** Threads that expand states. */
  readonly workers: number;
  readonly hire: Hire;
  /** States of a level from which on workers are worth starting. */
  readonly worthwhile: number;
}

const millisecondsPerPause = 50;
/** Pauses that workers have to end what they do when they are asked to stop. */
const pausesToStop = 200;

export function* searchTogether(
  model: Model,
  engine: "views" | "lowered",
  limits: Limits,
  world: World,
  crew: Crew,
): Generator<Progress, Outcome, Command> {
  refuseTemporal(model);
  const together = new Together(model, engine, limits, world, crew);
  try {
    return yield* together.run();
  } finally {
    together.end();
  }
}

class Together {
  readonly #model: Model;
  readonly #engine: "views" | "lowered";
  readonly #crew: Crew;
  readonly #registry = new SharedRegistry(null);
  readonly #chunks = new SharedChunks(0);
  readonly #table = new Table(null);
  readonly #explorer: Explorer;
  readonly #levels: Levels;
  #team: Team | null = null;

  constructor(model: Model, engine: "views" | "lowered", limits: Limits, world: World, crew: Crew) {
    this.#model = model;
    this.#engine = engine;
    this.#crew = crew;
    this.#explorer = new Explorer(model, this.#table, this.#registry, engine, this.#chunks.make);
    const witness = new Witness(new Semantics({ ...model, deadData: null }), this.#table, (state) =>
      this.#explorer.fingerprintOf(state),
    );
    this.#levels = new Levels(model, engine, this.#table, witness, limits, world);
  }

  end(): void {
    this.#team?.dismiss();
  }

  *run(): Generator<Progress, Outcome, Command> {
    this.#explorer.start();
    for (;;) {
      this.#levels.end([this.#explorer.report()]);
      if (this.#levels.isOver) return this.#levels.outcome();
      this.#hireWhereWorthwhile();
      if (this.#team?.isReady === true) return yield* this.#withTeam(this.#team);
      yield* expandLevel(this.#explorer, this.#levels);
      if (this.#levels.isOver) return this.#levels.outcome();
    }
  }

  #hireWhereWorthwhile(): void {
    const { workers, worthwhile, hire } = this.#crew;
    if (this.#team !== null || this.#levels.waiting < worthwhile) return;
    const { symmetric } = this.#model;
    this.#team = new Team(workers, this.#engine, this.#registry, this.#table, symmetric, hire);
  }

  /** Hands the search over to the workers. */
  *#withTeam(team: Team): Generator<Progress, Outcome, Command> {
    this.#table.share();
    const own = this.#explorer.next.take();
    let waiting: readonly ChunkId[] = own.map((chunk) => this.#chunks.idOf(chunk));
    let news: readonly NewChunk[] = this.#chunks.takeNews();
    let free: readonly ChunkId[] = [];
    this.#explorer.begin(this.#levels.met);
    const report = this.#explorer.report();
    for (;;) {
      const { level, met } = this.#levels;
      this.#table.growCrowded();
      team.begin({ level, met, chunks: waiting, news }, (member) => free.filter((id) => ownerOf(id) === member + 1));
      const end = yield* this.#level(team, report.generated);
      const reports = [report, ...end.reports];
      if (this.#levels.isStopping) this.#levels.stop(reports, team.gauges().done);
      else this.#levels.end(reports);
      if (this.#levels.isOver) return this.#levels.outcome();
      free = waiting;
      waiting = end.chunks;
      news = end.news;
    }
  }

  *#level(team: Team, generatedAlone: number): Generator<Progress, LevelEnd, Command> {
    for (let pauses = 0; ; ) {
      const end = team.wait(millisecondsPerPause);
      if (end !== null) return end;
      const { done, next, generated } = team.gauges();
      const command = yield this.#levels.progress(generatedAlone + generated, done, next);
      if (this.#levels.isStopping) pauses += 1;
      else if (this.#levels.isToStop(command)) team.stop();
      if (pauses > pausesToStop) throw new SpecError("a guard, an effect or a property does not come to an end");
    }
  }
}
