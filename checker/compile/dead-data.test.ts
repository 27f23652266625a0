import { describe, expect, it } from "vitest";
import {
  boolean,
  DeadDataError,
  id,
  ids,
  instantiate,
  integer,
  type Model,
  map,
  protocol,
  record,
} from "../../spec/lang/index.ts";
import { breadthFirst, corpus, Semantics } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { breadthFirstOn } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

/** How many different states the full graph has once dead data is taken out of each. */
function imagesOfFullGraph(model: Model): number {
  const whole = new Semantics({ ...model, deadData: null });
  const reduced = new Semantics(model);
  const seen = new Set<string>();
  const images = new Set<string>();
  const open: string[] = [];
  const take = (state: unknown): void => {
    const key = whole.encode(state);
    const identity = whole.identity(state, key);
    if (seen.has(identity)) return;
    seen.add(identity);
    open.push(key);
    const image = whole.decode(key);
    reduced.forgetDeadData(image);
    images.add(reduced.identity(image, reduced.encode(image)));
  };
  for (const { after } of whole.initial()) take(after);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const { after } of whole.successors(whole.decode(key))) take(after);
  }
  return images.size;
}

const small = ["raft-2s-2e-0r-1v", "raft-2s-2e-1r-1v", "raft-3s-1e-0r-1v"];

describe("dead data of Raft.tla", () => {
  for (const name of small) {
    it.each([false, true])(`${name} loses nothing but dead data, symmetry %s`, (symmetry) => {
      const declaration = corpus.find((model) => model.name === name);
      if (declaration === undefined) throw new Error(`no ${name}`);
      const model = instantiate({ ...declaration, symmetry, deadData: true, paranoid: name !== "raft-3s-1e-0r-1v" });
      if (!model.ok) throw new Error(JSON.stringify(model.problems));
      const images = imagesOfFullGraph(model.value);
      const expected = ended(breadthFirst(model.value, {}, world));
      expect([expected.distinct, expected.verdict]).toEqual([images, "holds"]);
      for (const engine of ["lowered", "views"] as const) {
        const { distinct, generated, depth, ...outcome } = ended(breadthFirstOn(engine, model.value, {}, world));
        expect([outcome.engine, distinct, generated, depth]).toEqual([
          engine,
          images,
          expected.generated,
          expected.depth,
        ]);
      }
    });
  }

  it.each(["first-commit", "follower-commit"])("leaves the shortest way to %s as long as it is", (goal) => {
    const declaration = corpus.find((model) => model.name === `raft-3s-2e-0r-1v-${goal}`);
    if (declaration === undefined) throw new Error(`no ${goal}`);
    const model = instantiate({ ...declaration, symmetry: true, deadData: true });
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const { trace, verdict } = ended(breadthFirstOn("lowered", model.value, {}, world));
    expect([verdict, trace.length]).toEqual(["violated", declaration.expect?.traceLength]);
  });
});

describe("data that is called dead and lives", () => {
  const counters = protocol("Counters", {
    constants: { Process: ids("p", { default: 2, says: "the processes" }) },
    state: (c) => record({ count: map(id(c.Process), integer(0, 1)), isDone: boolean() }),
  });
  const count = counters.action("Count", {
    says: "A process counts.",
    params: (c) => ({ p: id(c.Process) }),
    guard: (s, { p }) => s.count.get(p) < 1,
    effect: (s, { p }) => s.count.set(p, 1),
  });
  const finish = counters.action("Finish", {
    says: "A process has counted.",
    guard: (s) => !s.isDone && s.count.some((n) => n > 0),
    effect: (s) => {
      s.isDone = true;
    },
  });
  const idle = counters.invariant("Idle", { says: "Nobody counts.", holds: (s) => s.count.every((n) => n === 0) });
  const nobodyReads = {
    says: "Nobody reads a counter.",
    reset: (s: { count: { fill(n: number): void } }) => s.count.fill(0),
  };
  const cases = [
    { culprit: "Finish", actions: [count, finish], properties: [] },
    { culprit: "Idle", actions: [count], properties: [idle] },
  ];

  for (const { culprit, actions, properties } of cases) {
    it.each(["lowered", "views"] as const)(`${culprit} is named by %s, and nothing is said to hold`, (engine) => {
      const spec = counters.spec({ says: "Counters.", actions, properties, terminates: true, deadData: nobodyReads });
      const model = instantiate({ name: "counters", spec, says: "", deadData: true });
      if (!model.ok) throw new Error(JSON.stringify(model.problems));
      expect(() => ended(breadthFirstOn(engine, model.value, {}, world))).toThrow(
        new DeadDataError(culprit, ["count"]),
      );
    });
  }
});
