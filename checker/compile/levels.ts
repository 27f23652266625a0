/** Between levels: what all threads found is put together, and whether the search goes on is decided. */
import type { Model } from "../../spec/lang/index.ts";
import type {
  ActionCount,
  EngineName,
  GoalResult,
  Limits,
  Outcome,
  OutDegree,
  Progress,
  Stop,
  World,
} from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import { outDegreeOf } from "../search/tally.ts";
import type { Table } from "../store/table.ts";
import { Findings, type Found, type FoundStep } from "./findings.ts";
import type { Witness } from "./witness.ts";

/** What one thread has counted since the start, and what it found on the level that has ended. */
export interface Report {
  readonly generated: number;
  readonly fired: readonly number[];
  readonly fresh: readonly number[];
  readonly outside: Readonly<Record<string, number>>;
  readonly degrees: readonly number[];
  readonly worst: Found | null;
  readonly goals: readonly (readonly [number, FoundStep])[];
  readonly spoken: readonly string[];
  /** States that wait to be expanded on the next level. */
  readonly rows: number;
}

export class Levels {
  /** The level being expanded, from one; 0 while initial states are found. */
  level = 0;
  isOver = false;
  /** Goals met so far, so that nobody asks for them again: threads that came later as little as the others. */
  met: readonly number[] = [];
  readonly #model: Model;
  readonly #engine: EngineName;
  readonly #table: Table;
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

  constructor(model: Model, engine: EngineName, table: Table, witness: Witness, limits: Limits, world: World) {
    this.#model = model;
    this.#engine = engine;
    this.#table = table;
    this.#witness = witness;
    this.#limits = limits;
    this.#world = world;
    this.#deadline = world.now() + (limits.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  }

  /** A level has ended, with one report of each thread. */
  end(reports: readonly Report[]): void {
    this.#reports = reports;
    const findings = new Findings();
    for (const { worst, goals } of reports) {
      if (worst !== null) findings.take(worst);
      for (const [goal, step] of goals) findings.takeGoal(goal, step);
    }
    for (const [goal, step] of findings.goals) this.#goals.set(goal, { step, level: this.level });
    this.met = [...this.#goals.keys()];
    this.#waiting = reports.reduce((sum, { rows }) => sum + rows, 0);
    if (this.#waiting > 0) this.#depth = this.level + 1;
    this.#found = findings.worst;
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

  /** The search has stopped after so many states of this level. */
  stop(reports: readonly Report[], done: number): void {
    this.#reports = reports;
    const next = reports.reduce((sum, { rows }) => sum + rows, 0);
    const { by, limit } = this.#stopping ?? { by: "interrupt", limit: null };
    this.#stop = { by, limit, frontier: this.#waiting - done + next };
    this.isOver = true;
  }

  #limitReached(): Pick<Stop, "by" | "limit"> | null {
    const { states, memoryBytes, seconds } = this.#limits;
    if (states !== undefined && this.#table.size >= states) return { by: "states", limit: states };
    if (memoryBytes !== undefined && this.#world.memoryBytes() + this.#table.bytes >= memoryBytes)
      return { by: "memory", limit: memoryBytes };
    if (seconds !== undefined && this.#world.now() >= this.#deadline) return { by: "time", limit: seconds };
    return null;
  }

  progress(generated: number, done: number, next: number): Progress {
    return {
      distinct: this.#table.size,
      generated,
      depth: this.level,
      queue: this.#waiting - done + next,
      levelDone: done,
      levelSize: this.#waiting,
    };
  }

  outcome(): Outcome {
    const distinct = this.#table.size;
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
      omission: (distinct * (distinct - 1)) / 2 ** 65,
      mode: "breadth-first",
      verdict,
      finding: found?.finding ?? null,
      trace: found?.trace ?? [],
      shortest: verdict === "violated",
      stopped: found === null ? this.#stop : null,
      distinct,
      generated: this.#sum(({ generated }) => generated),
      depth: this.#depth,
      outside: this.#outside(),
      outDegree: this.#outDegree(),
      actions: this.#actions(),
      goals: this.#goalResults(),
      vacuous: this.#vacuous(),
      walks: null,
    };
  }

  #sum(of: (report: Report) => number): number {
    return this.#reports.reduce((sum, report) => sum + of(report), 0);
  }

  #outside(): Readonly<Record<string, number>> {
    const outside: Record<string, number> = {};
    for (const report of this.#reports)
      for (const [name, count] of Object.entries(report.outside)) outside[name] = (outside[name] ?? 0) + count;
    return outside;
  }

  #outDegree(): OutDegree | null {
    const degrees: number[] = [];
    for (const report of this.#reports)
      report.degrees.forEach((states, degree) => {
        degrees[degree] = (degrees[degree] ?? 0) + states;
      });
    return outDegreeOf(degrees);
  }

  #actions(): readonly ActionCount[] {
    return this.#model.actions.map(({ name }, index) => ({
      name,
      fired: this.#sum(({ fired }) => fired[index] ?? 0),
      fresh: this.#sum(({ fresh }) => fresh[index] ?? 0),
    }));
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
  #vacuous(): readonly string[] {
    const spoken = new Set(this.#reports.flatMap((report) => report.spoken));
    return this.#model.properties.flatMap((property) =>
      (property.kind === "invariant" || property.kind === "step") &&
      property.when !== null &&
      !spoken.has(property.name)
        ? [property.name]
        : [],
    );
  }
}
