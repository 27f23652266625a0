/** Searches that are short of memory, against those that are not. */
import { env } from "node:process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantiate, type Model, type ModelDeclaration } from "../../spec/lang/index.ts";
import { breadthFirstBy, corpus, type Outcome } from "../index.ts";
import { anyGraph } from "../reference/graph-model.suite.ts";
import { type Drawn, modelOfDrawn } from "../search/drawn.suite.ts";
import { ended } from "../search/ended.suite.ts";
import { comparable } from "../search/engine.suite.ts";
import { anyProgram } from "../search/random-program.suite.ts";
import { anyWideProgram } from "../search/wide-program.suite.ts";
import { memoryStorage } from "../spill/memory-storage.suite.ts";

const isLong = env["LOCKSTEP_EQUALITY"] === "all";
const world = { now: () => 0, memoryBytes: () => 0 };

function published(name: string, changes: Partial<ModelDeclaration>): Model {
  const declaration = corpus.find((one) => one.name === name);
  if (declaration === undefined) throw new Error(`there is no model named ${name}`);
  const model = instantiate({ ...declaration, ...changes });
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function unlimited(model: Model, engine: "lowered" | "views" = "lowered"): Outcome {
  const outcome = ended(breadthFirstBy(engine, model, {}, world, null));
  expect(outcome.spilled).toBe(null);
  return outcome;
}

function within(memoryBytes: number, model: Model, engine: "lowered" | "views" = "lowered"): Outcome {
  return ended(
    breadthFirstBy(engine, model, {}, world, null, undefined, "fingerprints", {
      memoryBytes,
      storage: memoryStorage(),
    }),
  );
}

/** With the least memory, and with so much that the search goes on on disk in its midst. */
function expectAlike(model: Model): void {
  const expected = found(unlimited(model));
  for (const memoryBytes of [1, 400_000, 700_000]) {
    const outcome = within(memoryBytes, model);
    expect(found(outcome)).toEqual(expected);
    if (memoryBytes === 1) expect(outcome.spilled?.runs).toBeGreaterThan(0);
  }
}

/** Everything but what was written to disk. */
function found(outcome: Outcome): unknown {
  return { ...(comparable(outcome) as object), spilled: null };
}

describe("a search that is short of memory", () => {
  const models = [
    "raft-2s-2e-0r-1v",
    "raft-2s-2e-1r-1v-sym",
    "readers-writers",
    "die-hard",
    "missionaries-and-cannibals",
    "sdp",
    "atomic-commit-wrong",
  ];
  it.each(models)("finds of %s what one with enough finds", (name) => {
    expectAlike(published(name, {}));
  });

  it.each(["raft-2s-2e-1r-1v", "raft-3s-1e-0r-1v"])("finds the same of %s without dead data", (name) => {
    expectAlike(published(name, { deadData: true }));
    expectAlike(published(name, { deadData: true, symmetry: true }));
  });

  it("finds the shortest way to a violation without dead data and with symmetry", () => {
    expectAlike(published("raft-3s-2e-0r-1v-first-commit", { deadData: true, symmetry: true }));
  });

  it("keeps the states that were seen in memory as long as they have room there", () => {
    const model = published("raft-3s-1e-0r-1v", {});
    const outcome = within(1_200_000, model);
    expect(found(outcome)).toEqual(found(unlimited(model)));
    expect([outcome.spilled?.runs, (outcome.spilled?.bytes ?? 0) > 0]).toEqual([0, true]);
  });

  it("leaves no file behind but those of what was seen and of the last level", () => {
    const storage = memoryStorage();
    const { spilled } = ended(
      breadthFirstBy("lowered", published("readers-writers", {}), {}, world, null, undefined, "fingerprints", {
        memoryBytes: 1,
        storage,
      }),
    );
    expect(spilled?.runs).toBeGreaterThan(100);
    expect(storage.files()).toBeLessThan(20);
  });

  it.each([0, 40])("stops where a limit or the caller says so: after %i pauses", (pausesMax) => {
    const model = published("readers-writers", {});
    const whole = unlimited(model);
    let pauses = 0;
    let left = 0;
    const spilling = { memoryBytes: 1, storage: memoryStorage() };
    const outcome = ended(
      breadthFirstBy("lowered", model, {}, world, null, undefined, "fingerprints", spilling),
      (progress) => {
        if (progress.disk === undefined) return undefined;
        pauses += 1;
        left = progress.queue;
        return pauses > pausesMax ? "stop" : undefined;
      },
    );
    expect([outcome.verdict, outcome.stopped]).toEqual([
      "incomplete",
      { by: "interrupt", limit: null, frontier: left },
    ]);
    expect(outcome.distinct).toBeLessThanOrEqual(whole.distinct);
    const limited = ended(
      breadthFirstBy("lowered", model, { states: 1000 }, world, null, undefined, "fingerprints", {
        memoryBytes: 1,
        storage: memoryStorage(),
      }),
    );
    expect([limited.verdict, limited.stopped?.by]).toEqual(["incomplete", "states"]);
    expect(limited.distinct).toBeGreaterThanOrEqual(1000);
    expect(limited.distinct).toBeLessThan(whole.distinct);
  });
});

/** Ends a search in little memory at its pause of this number; null where it ends by itself before. */
function stoppedAtPause(pause: number, model: Model): Outcome | null {
  let pauses = 0;
  const spilling = { memoryBytes: 1, storage: memoryStorage() };
  const run = breadthFirstBy("lowered", model, {}, world, null, undefined, "fingerprints", spilling);
  const outcome = ended(run, () => {
    pauses += 1;
    return pauses > pause ? "stop" : undefined;
  });
  return pauses > pause ? outcome : null;
}

describe("a search on disk that is stopped", () => {
  // The levels of the second are so large that candidates are brought to disk in their midst.
  it.each(["die-hard", "two-phase"])("counts each state of %s once, at whichever pause that happens", (name) => {
    const model = published(name, { deadlock: false });
    const whole = unlimited(model);
    let pauses = 0;
    for (let last = 0; ; pauses += 1) {
      const outcome = stoppedAtPause(pauses, model);
      if (outcome === null) break;
      const { verdict, finding, stopped, distinct, generated, actions } = outcome;
      expect([verdict, finding, stopped?.by]).toEqual(["incomplete", null, "interrupt"]);
      expect(distinct).toBe(1 + actions.reduce((sum, { fresh }) => sum + fresh, 0));
      expect(generated).toBe(1 + actions.reduce((sum, { fired }) => sum + fired, 0));
      expect(distinct).toBeGreaterThanOrEqual(last);
      expect(distinct).toBeLessThanOrEqual(whole.distinct);
      expect(stopped?.frontier).toBeGreaterThanOrEqual(0);
      last = distinct;
    }
    expect(pauses).toBeGreaterThan(90);
  });
});

describe("a disk that is full", () => {
  const model = published("raft-2s-2e-0r-1v", {});

  /** A disk that is full from the given write on, as often as it is asked. */
  function fullFor(writesBefore: number, times: number) {
    let writes = 0;
    return memoryStorage(() => {
      writes += 1;
      return writes > writesBefore && writes <= writesBefore + times;
    });
  }

  function ticking() {
    let now = 0;
    return {
      now: () => {
        now += 100;
        return now;
      },
      memoryBytes: () => 0,
    };
  }

  it("is waited for, whenever it happens, and nothing is lost", () => {
    const expected = found(unlimited(model));
    for (const before of [0, 1, 5, 20, 50, 100]) {
      let pauses = 0;
      const spilling = { memoryBytes: 1, storage: fullFor(before, 4) };
      const run = breadthFirstBy("lowered", model, {}, ticking(), null, undefined, "fingerprints", spilling);
      const outcome = ended(run, ({ disk }) => {
        if (disk?.isFull === true) pauses += 1;
        return undefined;
      });
      expect(found(outcome)).toEqual(expected);
      // It is looked at once in a second, and a pause of this clock takes a tenth.
      expect(pauses).toBeGreaterThan(10);
    }
  });

  it.each([0, 1, 5, 20, 50, 100])("lets the caller end the search: from write %i on", (before) => {
    const spilling = { memoryBytes: 1, storage: fullFor(before, Number.POSITIVE_INFINITY) };
    const run = breadthFirstBy("lowered", model, {}, ticking(), null, undefined, "fingerprints", spilling);
    const { verdict, stopped } = ended(run, ({ disk }) => (disk?.isFull === true ? "stop" : undefined));
    expect([verdict, stopped?.by]).toEqual(["incomplete", "interrupt"]);
  });
});

const kinds: Readonly<Record<string, fc.Arbitrary<Drawn>>> = {
  graph: fc.record({ graph: anyGraph }),
  program: fc.record({ program: anyProgram.map((program) => ({ ...program, view: false })) }),
  "program with a wide state": fc.record({ wide: anyWideProgram }),
};

describe.each(Object.entries(kinds))("any %s", (_, anyOne) => {
  it("comes out alike in little memory", () => {
    let spilled = 0;
    fc.assert(
      fc.property(anyOne, fc.constantFrom("lowered", "views"), (drawn, engine) => {
        const model = modelOfDrawn(drawn);
        const outcome = within(1, model, engine);
        expect(found(outcome)).toEqual(found(unlimited(model, engine)));
        if ((outcome.spilled?.runs ?? 0) > 0) spilled += 1;
      }),
      { numRuns: isLong ? 1500 : 100 },
    );
    expect(spilled).toBeGreaterThan(isLong ? 500 : 30);
  });
});
