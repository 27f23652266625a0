import { isChanging, membersOf } from "../core/index.ts";
import type { Fault } from "./fault.ts";
import { type FaultSource, generatedFaults, listedFaults } from "./fault-generator.ts";
import { heal } from "./fault-injection.ts";
import { happen } from "./happening.ts";
import { Violation } from "./invariants/violation.ts";
import { startServer } from "./lifecycle.ts";
import { type Failure, type Report, reportOf } from "./report.ts";
import { stamp } from "./stamp.ts";
import { endWorkload } from "./workload.ts";
import { CLIENT_TIMER, FAULT, World } from "./world.ts";

export interface RunOptions {
  readonly seed: number;
  /** Servers at first, at least one. */
  readonly servers: number;
  /** Servers that may join. */
  readonly spares: number;
  /** Events of the fault phase. */
  readonly steps: number;
  /** In the order of time; null for faults from the seed, without end. */
  readonly faults: readonly Fault[] | null;
  /** Hears one line for each event; null where nobody wants to read them. */
  readonly log: ((line: string) => void) | null;
}

/** Election timeouts, of the slowest clock, within which a healed cluster must commit something new. */
const PROGRESS_TIMEOUTS = 20;
/** And within which all its members must be the same: whoever fell behind may need a snapshot, piece by piece. */
const CONVERGENCE_TIMEOUTS = 400;

/** A run as it goes on. `advance` takes some steps; `report` is there when it gives true. */
export class Run {
  readonly world: World;
  readonly #options: RunOptions;
  readonly #faults: FaultSource;
  #failure: Failure | null = null;
  #isOver = false;

  constructor(options: RunOptions) {
    this.#options = options;
    this.world = new World(options);
    const { servers, spares, faults } = options;
    const { tuning } = this.world;
    this.#faults =
      faults === null ? generatedFaults(this.world.faults, { servers, spares, tuning }) : listedFaults(faults);
    this.#guarded(() => this.#begin());
  }

  /** True when the run is over. */
  advance(events: number): boolean {
    const until = this.world.events + events;
    this.#guarded(() => {
      while (!this.#isOver && this.world.events < until) this.#next();
    });
    return this.#isOver;
  }

  get report(): Report {
    return reportOf(this.world, this.#options, this.#failure);
  }

  #begin(): void {
    const { world } = this;
    for (const server of world.servers) if (server.index < this.#options.servers) startServer(world, server);
    for (const client of world.clients) world.later(client.index * 1000, CLIENT_TIMER, client.index, 0, null);
    this.#nextFault();
  }

  #next(): void {
    const { world } = this;
    const { queue } = world;
    const slot = queue.pop();
    if (slot < 0) throw new Error("nothing is to happen any more, although clocks never stop");
    world.now = queue.timeOf(slot);
    const isFault = queue.kindOf(slot) === FAULT;
    if (world.isFaulty || !isFault) this.#happen(slot);
    queue.release(slot);
    if (isFault) this.#nextFault();
    if (world.isFaulty) {
      if (world.events >= this.#options.steps) this.#heal();
    } else if ((world.events & 63) === 0) this.#judgeQuiet();
  }

  /** An event in which something breaks has happened like any other: it is counted, and it is in the log. */
  #happen(slot: number): void {
    const { world } = this;
    let isEvent = true;
    try {
      isEvent = happen(world, slot);
    } finally {
      if (isEvent) {
        world.events += 1;
        stamp(world, slot);
      }
    }
  }

  #nextFault(): void {
    if (!this.world.isFaulty) return;
    const fault = this.#faults.next();
    if (fault !== null) this.world.later(Math.max(0, fault.at - this.world.now), FAULT, -1, 0, fault);
  }

  #heal(): void {
    heal(this.world);
    const { electionTicks } = this.world.tuning.settings;
    this.#timeout = 2 * electionTicks * Math.max(...this.world.servers.map(({ ownTickPeriod }) => ownTickPeriod));
  }

  #timeout = 0;
  #isReading = false;

  /** After the healing the cluster commits again, and then all its members become the same. */
  #judgeQuiet(): void {
    const { world } = this;
    const passed = world.now - world.healedAt;
    if (!world.hasProgressed) {
      if (passed > PROGRESS_TIMEOUTS * this.#timeout) {
        const what = `nothing was committed within ${PROGRESS_TIMEOUTS} election timeouts after all faults were over`;
        throw new Violation("CommitsAgain", world.leader()?.id ?? "nobody", what);
      }
      return;
    }
    if (!this.#isReading) {
      this.#isReading = true;
      endWorkload(world);
    }
    const why = whyNotTheSame(world);
    if (why === null) {
      this.#isOver = true;
      return;
    }
    if (passed <= CONVERGENCE_TIMEOUTS * this.#timeout) return;
    const what = `${why}, ${CONVERGENCE_TIMEOUTS} election timeouts after all faults were over`;
    throw new Violation("Converges", world.leader()?.id ?? "nobody", what);
  }

  /** A violation is a finding; so is whatever the core throws, because it asserts what it relies on. */
  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const { world } = this;
      const isViolation = error instanceof Violation;
      this.#isOver = true;
      this.#failure = {
        property: isViolation ? error.property : "NoAssertionFails",
        server: isViolation ? error.server : null,
        what: error.message,
        stack: isViolation ? null : (error.stack ?? null),
        event: world.events,
        time: world.now,
      };
    }
  }
}

/** Why the members of the cluster are not all alike yet; null where they are. */
function whyNotTheSame(world: World): string | null {
  if (world.clients.some(({ isDone }) => !isDone)) return "not all clients had their last reads answered";
  const leader = world.leader();
  if (leader?.node == null) return "nobody leads";
  const { latest } = leader.node.configurations;
  if (isChanging(latest)) return "a change of members has not ended";
  for (const id of membersOf(latest)) {
    const member = world.server(world.serverOf.get(id) ?? -1);
    if (member.isCondemned) continue;
    if (member.applied !== leader.applied || member.applied !== world.watch.committed.lastIndex) {
      return `${id} has applied ${member.applied} entries, and ${leader.id} ${leader.applied}`;
    }
  }
  for (const id of membersOf(latest)) {
    const member = world.server(world.serverOf.get(id) ?? -1);
    if (!member.isCondemned) world.watch.imageTaken(member, member.machine.image());
  }
  return null;
}

/** A whole run. */
export function simulate(options: RunOptions): Report {
  const run = new Run(options);
  while (!run.advance(100_000));
  return run.report;
}
