/** Between levels: what all threads found is put together, and whether the search goes on is decided. */
import type { Model } from "../../spec/lang/index.ts";
import type { EngineName, GoalResult, Limits, Outcome, Progress, Spilled, Stop, World } from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import { outDegreeOf } from "../search/tally.ts";
import type { VisitedStates } from "../store/visited-states.ts";
import { Findings, type Found, type FoundStep } from "./findings.ts";
import type { LevelsState } from "./keeper.ts";
import { type Counted, total } from "./totals.ts";
import type { Witness } from "./witness.ts";

/** What one thread has counted since the start, and what it found on the part of a level that has ended. */
export interface Report extends Counted {
  readonly worst: Found | null;
  readonly goals: readonly (readonly [number, FoundStep])[];
  /** States that wait to be expanded on the next level. */
  readonly rows: number;
}

export class Levels {
  /** The level being expanded, from one; 0 while initial states are found. */
  level = 0;
  isOver = false;
  /** What was written to disk so far, where memory was short. */
  spilled: Spilled | null = null;
  readonly #model: Model;
  readonly #engine: EngineName;
  #states: VisitedStates;
  readonly #witness: Witness;
  readonly #limits: Limits;
  readonly #world: World;
  readonly #deadline: number;
  readonly #goals = new Map<number, { readonly step: FoundStep; readonly level: number }>();
  #depth = 0;
  #waiting = 0;
  #found: Found | null = null;
  #stop: Stop | null = null;
  #stopping: Pick<Stop, "by" | "limit"> | null = null;
  #reports: readonly Report[] = [];
  /** What an earlier process counted, where this one goes on with its search. */
  #earlier: Counted | null = null;
  /** Of the parts of this level that have ended: what they found, the states expanded, and the states found. */
  #pending = new Findings();
  #done = 0;
  #next = 0;

  constructor(
    model: Model,
    engine: EngineName,
    states: VisitedStates,
    witness: Witness,
    limits: Limits,
    world: World,
    begunAt: number,
  ) {
    this.#model = model;
    this.#engine = engine;
    this.#states = states;
    this.#witness = witness;
    this.#limits = limits;
    this.#world = world;
    this.#deadline = begunAt + (limits.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  }

  /** From now on others remember the states that were seen, the same ones. */
  useStates(states: VisitedStates): void {
    this.#states = states;
    this.#witness.useStates(states);
  }

  /** Goals met on the levels before this one, so that nobody asks for them again. */
  get met(): readonly number[] {
    return [...this.#goals.keys()];
  }

  /** A level has ended, with one report of each thread. */
  end(reports: readonly Report[]): void {
    this.rest(reports, 0);
    const findings = this.#pending;
    for (const [goal, step] of findings.goals) this.#goals.set(goal, { step, level: this.level });
    this.#waiting = this.#next;
    if (this.#waiting > 0) this.#depth = this.level + 1;
    this.#found = findings.worst;
    this.#pending = new Findings();
    this.#done = 0;
    this.#next = 0;
    if (this.#found !== null || this.#waiting === 0) {
      this.isOver = true;
      return;
    }
    const depthMax = this.#limits.depth ?? Number.POSITIVE_INFINITY;
    if (this.level + 1 >= depthMax) {
      this.#stop = { by: "depth", limit: depthMax, frontier: this.#waiting };
      this.isOver = true;
    }
    this.level += 1;
  }

  /** A part of a level has ended, after so many states. */
  rest(reports: readonly Report[], done: number): void {
    this.#reports = reports;
    for (const { worst, goals, rows } of reports) {
      if (worst !== null) this.#pending.take(worst);
      for (const [goal, step] of goals) this.#pending.takeGoal(goal, step);
      this.#next += rows;
    }
    this.#done += done;
  }

  /** The threads of these reports are gone, and what they counted stays. */
  retire(reports: readonly Report[]): void {
    this.#earlier = total(this.#earlier === null ? reports : [this.#earlier, ...reports]);
    this.#reports = this.#reports.filter((report) => !reports.includes(report));
  }

  /** Where the search stands, while it rests. */
  state(): LevelsState {
    return {
      level: this.level,
      depth: this.#depth,
      size: this.#waiting,
      done: this.#done,
      next: this.#next,
      worst: this.#pending.worst,
      met: [...this.#pending.goals],
      goals: [...this.#goals],
      counted: this.#counted(),
    };
  }

  /** Goes on from where an earlier process stood. Nothing has ended before. */
  resume({ level, depth, size, done, next, worst, met, goals, counted }: LevelsState): void {
    this.level = level;
    this.#depth = depth;
    this.#waiting = size;
    this.#done = done;
    this.#next = next;
    if (worst !== null) this.#pending.take(worst);
    for (const [goal, step] of met) this.#pending.takeGoal(goal, step);
    for (const [goal, { step, level: metOn }] of goals) this.#goals.set(goal, { step, level: metOn });
    this.#earlier = counted;
  }

  /** States that wait to be expanded on this level, or were when it began. */
  get waiting(): number {
    return this.#waiting;
  }

  /** True where a limit or the caller has asked for the end. */
  get isStopping(): boolean {
    return this.#stopping !== null;
  }

  /** Whether what the caller said to progress, or a limit, ends the search here. */
  isToStop(command: Command): boolean {
    this.#stopping = command === "stop" ? { by: "interrupt", limit: null } : this.#limitReached();
    return this.#stopping !== null;
  }

  /** The search has stopped after so many states of this part of the level. */
  stop(reports: readonly Report[], done: number): void {
    this.rest(reports, done);
    this.stopAtRest();
  }

  /** The same where no part of a level has begun since the search rested. */
  stopAtRest(): void {
    const { by, limit } = this.#stopping ?? { by: "interrupt", limit: null };
    if (this.level === 0 && this.#next > 0) this.#depth = 1;
    this.#stop = { by, limit, frontier: this.#waiting - this.#done + this.#next };
    this.isOver = true;
  }

  /** True where a limit or the caller ended the search and it can go on from here: not in the midst of the initial states. */
  get isCutShort(): boolean {
    return this.#stop !== null && this.level > 0;
  }

  #limitReached(): Pick<Stop, "by" | "limit"> | null {
    const { states, memoryBytes, seconds } = this.#limits;
    if (this.#states.isFull) return { by: "states", limit: this.#states.size };
    if (states !== undefined && this.#states.size >= states) return { by: "states", limit: states };
    if (memoryBytes !== undefined && this.#world.memoryBytes() + this.#states.bytes >= memoryBytes)
      return { by: "memory", limit: memoryBytes };
    if (seconds !== undefined && this.#world.now() >= this.#deadline) return { by: "time", limit: seconds };
    return null;
  }

  /** Generated by the threads of this process; done and found on the part of the level that goes on. */
  progress(generated: number, done: number, next: number): Progress {
    return {
      distinct: this.#states.size,
      generated: (this.#earlier?.generated ?? 0) + generated,
      depth: this.level,
      queue: this.#waiting - this.#done - done + this.#next + next,
      levelDone: this.#done + done,
      levelSize: this.#waiting,
    };
  }

  /** The same while the search rests. */
  progressAtRest(): Progress {
    return this.progress(total(this.#reports).generated, 0, 0);
  }

  outcome(): Outcome {
    const counted = this.#counted();
    const distinct = this.#states.size;
    const found = this.#found === null ? null : this.#witness.of(this.#found, this.level);
    const verdict =
      found === null
        ? this.#stop === null
          ? "holds"
          : "incomplete"
        : found.finding.kind === "error"
          ? "failed"
          : "violated";
    return {
      model: this.#model,
      engine: this.#engine,
      exact: this.#states.isExact,
      omission: this.#states.isExact ? 0 : (distinct * (distinct - 1)) / 2 ** 65,
      mode: "breadth-first",
      verdict,
      finding: found?.finding ?? null,
      trace: found?.trace ?? [],
      shortest: verdict === "violated",
      stopped: found === null ? this.#stop : null,
      distinct,
      generated: counted.generated,
      depth: this.#depth,
      outside: counted.outside,
      outDegree: outDegreeOf(counted.degrees),
      actions: this.#model.actions.map(({ name }, index) => ({
        name,
        fired: counted.fired[index] ?? 0,
        fresh: counted.fresh[index] ?? 0,
      })),
      goals: this.#goalResults(),
      vacuous: this.#vacuous(counted.spoken),
      walks: null,
      spilled: this.spilled,
    };
  }

  #counted(): Counted {
    return total(this.#earlier === null ? this.#reports : [this.#earlier, ...this.#reports]);
  }

  #goalResults(): readonly GoalResult[] {
    const properties = this.#model.properties.filter((property) => property.kind === "reachable");
    return properties.map((property, index) => {
      const met = this.#goals.get(index);
      if (met === undefined) return { property, witness: null };
      return { property, witness: this.#witness.goalMet(property, this.#model.constants, met.step, met.level) };
    });
  }

  /** Properties with an antecedent that was never true. */
  #vacuous(names: readonly string[]): readonly string[] {
    const spoken = new Set(names);
    return this.#model.properties.flatMap((property) =>
      (property.kind === "invariant" || property.kind === "step") &&
      property.when !== null &&
      !spoken.has(property.name)
        ? [property.name]
        : [],
    );
  }
}
