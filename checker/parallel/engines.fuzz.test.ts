/** Every fast engine on one drawn model after the other, alone and with threads, against each other and the reference. */
import { env } from "node:process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "../../spec/lang/index.ts";
import { keepsNothing } from "../compile/index.ts";
import { breadthFirst, breadthFirstBy, type Outcome, type Remembered } from "../index.ts";
import { anyGraph } from "../reference/graph-model.suite.ts";
import { type Drawn, modelOfDrawn } from "../search/drawn.suite.ts";
import { ended } from "../search/ended.suite.ts";
import { comparable, expectFindings, reachedGoals } from "../search/engine.suite.ts";
import { anyProgram } from "../search/random-program.suite.ts";
import { anyWideProgram } from "../search/wide-program.suite.ts";
import { memoryStorage } from "../spill/memory-storage.suite.ts";
import { bundled, promptCrew } from "./threads.suite.ts";

/** `npm run equality` draws more of them. */
const isLong = env["LOCKSTEP_EQUALITY"] === "all";
const drawnAlone = isLong ? 1500 : 100;
const drawnForThreads = isLong ? 60 : 6;

const world = { now: () => 0, memoryBytes: () => 0 };
const bundle = await bundled(new URL("./drawn-worker.suite.ts", import.meta.url));

const kinds: Readonly<Record<string, fc.Arbitrary<Drawn>>> = {
  graph: fc.record({ graph: anyGraph }),
  program: fc.record({ program: anyProgram.map((program) => ({ ...program, view: false })) }),
  "program with a wide state": fc.record({ wide: anyWideProgram }),
};

const anyEngine = fc.constantFrom<"lowered" | "views">("lowered", "views");
const anyMemory = fc.constantFrom<Remembered>("states", "fingerprints");

describe.each(Object.entries(kinds))("any %s", (_, anyOne) => {
  it("comes out of all engines alike", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyOne, (drawn) => {
        const model = modelOfDrawn(drawn);
        const lowered = aloneOn("lowered", model);
        expectFindings(lowered);
        expect(everythingOf(aloneOn("views", model))).toEqual(everythingOf(lowered));
        for (const engine of ["lowered", "views"] as const) {
          const exact = aloneOn(engine, model, "states");
          expect([exact.exact, exact.omission]).toEqual([true, 0]);
          expect(everythingOf(exact)).toEqual(everythingOf(lowered));
        }
        compared += 1;
        if (lowered.verdict !== "holds") return;
        expect(findingsOf(lowered)).toEqual(findingsOf(ended(breadthFirst(model, {}, world))));
      }),
      { numRuns: drawnAlone },
    );
    expect(compared).toBe(drawnAlone);
  });

  it("comes out alike with two threads that run short of memory", async () => {
    let generatedByThreads = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(anyOne, async (drawn) => {
        const model = modelOfDrawn(drawn);
        const crew = promptCrew(bundle, 2, { drawn }, 0);
        // A table that threads share takes more than this, and one thread alone has not used it up.
        const spilling = { memoryBytes: 1_000_000, storage: memoryStorage() };
        const outcome = ended(breadthFirstBy("lowered", model, {}, world, crew, undefined, "fingerprints", spilling));
        await crew.gone();
        for (const generated of crew.generated()) generatedByThreads += generated;
        runs += outcome.spilled?.runs ?? 0;
        expect({ ...(everythingOf(outcome) as object), spilled: null }).toEqual(
          everythingOf(aloneOn("lowered", model)),
        );
      }),
      { numRuns: 2 * drawnForThreads },
    );
    expect(generatedByThreads).toBeGreaterThan(0);
    expect(runs).toBeGreaterThan(0);
  });

  it("comes out alike with two threads", async () => {
    let generatedByThreads = 0;
    await fc.assert(
      fc.asyncProperty(anyOne, anyEngine, anyMemory, async (drawn, engine, remembered) => {
        const model = modelOfDrawn(drawn);
        const crew = promptCrew(bundle, 2, { drawn }, 0);
        const outcome = ended(breadthFirstBy(engine, model, {}, world, crew, keepsNothing, remembered));
        await crew.gone();
        for (const generated of crew.generated()) generatedByThreads += generated;
        expect([outcome.engine, outcome.exact]).toEqual([engine, remembered === "states"]);
        expect(everythingOf(outcome)).toEqual(everythingOf(aloneOn("lowered", model)));
      }),
      { numRuns: drawnForThreads },
    );
    expect(generatedByThreads).toBeGreaterThan(0);
  });
});

function aloneOn(engine: "lowered" | "views", model: Model, remembered: Remembered = "fingerprints"): Outcome {
  const outcome = ended(breadthFirstBy(engine, model, {}, world, null, keepsNothing, remembered));
  expect(outcome.engine).toBe(engine);
  return outcome;
}

function everythingOf(outcome: Outcome): unknown {
  return { ...(comparable(outcome) as object), engine: null, exact: null, omission: null };
}

function findingsOf(outcome: Outcome): unknown {
  const { verdict, distinct, generated, depth, outside, outDegree, actions, vacuous } = outcome;
  const fired = actions.map(({ name, fired: times }) => [name, times]);
  return { verdict, distinct, generated, depth, outside, outDegree, fired, vacuous, goals: reachedGoals(outcome) };
}
