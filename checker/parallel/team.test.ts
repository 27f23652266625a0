import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { type Drawn, modelOfDrawn } from "../search/drawn.suite.ts";
import { Table } from "../store/table.ts";
import { added } from "../store/visited-states.ts";
import { listingOf } from "./listing.ts";
import { control, halt, type ToLeader, type ToWorker, type WorkerStart } from "./messages.ts";
import { SharedRegistry } from "./registry.ts";
import { Team } from "./team.ts";

const drawn: Drawn = {
  program: {
    commands: [{ name: "Increment", facts: [] }],
    invariants: [],
    stepInvariants: [],
    goals: [],
    stateConstraints: [],
    actionConstraints: [],
    starts: "one",
    view: false,
    symmetry: false,
    deadlock: false,
    processes: 1,
  },
};
const model = modelOfDrawn(drawn);
const shards = 64;
/** More than a shard holds before it grows, and few enough that its growth takes several parts. */
const perShard = 3100;
const states = shards * perShard;

/** The worker's end of the line, in the hands of the test. */
class Script {
  readonly #port: MessagePort;
  readonly #control: Int32Array;

  constructor(port: MessagePort, start: WorkerStart) {
    this.#port = port;
    this.#control = new Int32Array(start.control);
  }

  say(message: ToLeader): void {
    this.#port.postMessage(message);
  }

  heard(): ToWorker["type"] | null {
    const received: { readonly message: ToWorker } | undefined = receiveMessageOnPort(this.#port);
    return received?.message.type ?? null;
  }

  get halted(): number {
    return Atomics.load(this.#control, control.halt);
  }

  set halted(value: number) {
    Atomics.store(this.#control, control.halt, value);
  }
}

/** A team of one whose worker has found the table crowded and sleeps until it has grown. */
function teamThatGrows(): { team: Team; worker: Script; table: Table } {
  const table = new Table(null);
  table.share();
  addEvenly(table, 0, states);
  const hired: Script[] = [];
  const team = new Team(1, "lowered", new SharedRegistry(null), table, model, (port, start) => {
    hired.push(new Script(port, start));
    return { terminate: () => undefined };
  });
  const [worker] = hired;
  if (worker === undefined) throw new Error("a team hires");
  worker.say({ type: "ready", listing: listingOf(model) });
  expect(team.isReady).toBe(true);
  team.begin({ level: 3, met: [], chunks: [], news: [] });
  expect(worker.heard()).toBe("level");
  worker.halted = halt.grow;
  worker.say({ type: "paused" });
  return { team, worker, table };
}

/** Adds the states from this number on, as many to each shard; how many of them were new. */
function addEvenly(table: Table, from: number, count: number): number {
  let fresh = 0;
  for (let i = from; i < from + count; i += 1) {
    const low = ((i % shards) << 26) | (Math.imul(Math.floor(i / shards), 0x9e3779b1) >>> 6);
    if (table.add(low === 0 ? 1 : low, i + 1, 1, 1, 0) === added.fresh) fresh += 1;
  }
  return fresh;
}

function bytesOfShards(table: Table): readonly number[] {
  return table.memory.slice(0, shards).map(({ byteLength }) => byteLength);
}

describe("a team whose table grows", () => {
  it("gives its caller a turn between two parts of it, and wakes the workers after the last", () => {
    const { team, worker, table } = teamThatGrows();
    let turns = 0;
    for (; worker.heard() === null; turns += 1) {
      expect(worker.halted).toBe(halt.grow);
      expect(team.wait(0)).toBe(null);
    }
    expect(turns).toBeGreaterThan(1);
    expect(worker.halted).toBe(halt.no);
    expect(table.isCrowded).toBe(false);
    team.dismiss();
  });

  it("wakes the workers to end their level when it is asked to stop in the middle, and loses no state", () => {
    const { team, worker, table } = teamThatGrows();
    const before = bytesOfShards(table);
    expect(team.wait(0)).toBe(null);
    expect(worker.heard()).toBe(null);
    const grown = bytesOfShards(table).filter((bytes, shard) => bytes !== before[shard]).length;
    expect(grown).toBeGreaterThan(0);
    expect(grown).toBeLessThan(shards);
    team.stop();
    expect(team.wait(0)).toBe(null);
    expect(worker.heard()).toBe("resume");
    expect(worker.halted).toBe(halt.stop);
    expect(bytesOfShards(table).filter((bytes, shard) => bytes !== before[shard]).length).toBe(grown);
    expect(table.size).toBe(states);
    expect(addEvenly(table, 0, states)).toBe(0);
    team.dismiss();
  });
});
