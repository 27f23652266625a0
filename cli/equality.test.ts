/**
 * The equality matrix: every model that Lockstep brings along, on every fast engine, alone and with threads. Whatever is
 * found must be what is recorded, what the reference finds where that is affordable, and the same in every column.
 */
import { env, stderr } from "node:process";
import { describe, expect, it } from "vitest";
import { keepsNothing } from "../checker/compile/index.ts";
import { breadthFirst, breadthFirstBy, type Outcome, type Remembered } from "../checker/index.ts";
import { bundled, promptCrew } from "../checker/parallel/threads.suite.ts";
import { ended } from "../checker/search/ended.suite.ts";
import { comparable, reachedGoals } from "../checker/search/engine.suite.ts";
import { memoryStorage } from "../checker/spill/memory-storage.suite.ts";
import { type Expectation, instantiate, type Model, type ModelDeclaration } from "../spec/lang/index.ts";
import { mutants } from "../spec/mutants/index.ts";
import { recipeOf } from "./recipe.ts";
import { builtInModels } from "./registry.ts";

type Fast = "lowered" | "views";

/** `npm run equality` runs the long form. */
const isLong = env["LOCKSTEP_EQUALITY"] === "all";

/** What is run: models that generate at most so many states, with each of these numbers of threads; one is no crew. */
const matrix: Readonly<Record<Fast, { readonly generatedMax: number; readonly workers: readonly number[] }>> = isLong
  ? {
      lowered: { generatedMax: 3_000_000, workers: [1, 2, 3] },
      views: { generatedMax: 700_000, workers: [1, 2, 3] },
    }
  : {
      lowered: { generatedMax: 110_000, workers: [1, 2] },
      views: { generatedMax: 20_000, workers: [1, 2] },
    };
/** The same of exact searches, which keep states. */
const exactMatrix: typeof matrix = isLong
  ? matrix
  : {
      lowered: { generatedMax: 40_000, workers: [1, 2] },
      views: { generatedMax: 2_000, workers: [1] },
    };
/** The reference runs as well up to this many generated states. */
const referenceMax = isLong ? 250_000 : 20_000;

/** Models that take long for their size: one has a hundred thousand parameters to list, the other 120 renamings. */
const slow: readonly string[] = isLong ? [] : ["fast-paxos", "raft-five-servers"];

const world = { now: () => 0, memoryBytes: () => 0 };
const bundle = await bundled(new URL("./search-worker.ts", import.meta.url));

/** States that each mutant generates before it is caught: an expectation of a violation has no counts. */
const generatedByMutants = new Map(
  mutants.flatMap(({ catches }) => catches.map(({ model, found }) => [model, found.generated] as const)),
);

/** No record says how much a violated model generates: the routine run takes it on one engine. */
const unknownSize = isLong ? 0 : matrix.views.generatedMax + 1;

function sizeOf({ name, expect: expected }: ModelDeclaration): number {
  const recorded = expected?.generated ?? generatedByMutants.get(name);
  return recorded ?? (expected === undefined ? Number.POSITIVE_INFINITY : unknownSize);
}

function isRun(declaration: ModelDeclaration, engine: Fast): boolean {
  return (
    declaration.large !== true && !slow.includes(declaration.name) && sizeOf(declaration) <= matrix[engine].generatedMax
  );
}

const models = builtInModels.filter((declaration) => isRun(declaration, "lowered"));
const leftOut = builtInModels.filter((declaration) => !models.includes(declaration)).map(({ name }) => name);
if (leftOut.length > 0) stderr.write(`\nNOT COMPARED, too large for this run: ${leftOut.join(", ")}\n\n`);

describe("the equality matrix", () => {
  it.each(models)("$name comes out the same on every engine at every number of threads", async (declaration) => {
    const model = modelOf(declaration);
    const alone = ended(breadthFirstBy("lowered", model, {}, world, null));
    expectRecorded(alone, declaration.expect);
    if (alone.verdict === "holds" && sizeOf(declaration) <= referenceMax)
      expect(findingsOf(alone)).toEqual(findingsOf(ended(breadthFirst(model, {}, world))));
    // Initial states with repeats: those that are found before there are threads.
    const initial = ended(breadthFirst(model, { depth: 1 }, world)).generated;
    for (const engine of ["lowered", "views"] as const) {
      if (!isRun(declaration, engine)) continue;
      for (const workers of matrix[engine].workers) {
        const outcome =
          workers === 1
            ? aloneOn(engine, model, alone)
            : await together(engine, model, workers, initial, "fingerprints");
        expect([outcome.engine, outcome.exact]).toEqual([engine, false]);
        expect({ engine, workers, found: everythingOf(outcome) }).toEqual({
          engine,
          workers,
          found: everythingOf(alone),
        });
        const { generatedMax, workers: exactWorkers } = exactMatrix[engine];
        if (sizeOf(declaration) > generatedMax || !exactWorkers.includes(workers)) continue;
        const exact =
          workers === 1
            ? ended(breadthFirstBy(engine, model, {}, world, null, keepsNothing, "states"))
            : await together(engine, model, workers, initial, "states");
        expect([exact.engine, exact.exact, exact.omission]).toEqual([engine, true, 0]);
        const found = everythingOf({ ...exact, exact: false, omission: alone.omission });
        expect({ engine, workers, found }).toEqual({ engine, workers, found: everythingOf(alone) });
      }
    }
  });

  const lateFor = ["raft-restarts", "figure-8", "chameneos", "raft-3s-2e-0r-1v-follower-commit"];
  it.each(lateFor)("%s comes out the same where threads take over in its midst", async (name) => {
    const declaration = models.find((one) => one.name === name);
    if (declaration === undefined) throw new Error(`there is no ${name} to compare`);
    const model = modelOf(declaration);
    const crew = promptCrew(bundle, 2, { recipe: recipeOf(model, null), watched: null }, 200);
    const outcome = ended(breadthFirstBy("lowered", model, {}, world, crew));
    await crew.gone();
    const [some = 0, others = 0] = crew.generated();
    expect(some + others).toBeGreaterThan(0);
    expect(some + others).toBeLessThan(outcome.generated);
    expect(everythingOf(outcome)).toEqual(everythingOf(ended(breadthFirstBy("lowered", model, {}, world, null))));
  });
});

describe("threads that run short of memory", () => {
  const handedOver = ["raft-restarts", "figure-8", "raft-3s-2e-0r-1v-follower-commit"];
  it.each(handedOver)("leave %s to one of them, which finds what there is", async (name) => {
    const declaration = models.find((one) => one.name === name);
    if (declaration === undefined) throw new Error(`there is no ${name} to compare`);
    const model = modelOf(declaration);
    const crew = promptCrew(bundle, 2, { recipe: recipeOf(model, null), watched: null }, 200);
    const spilling = { memoryBytes: 4_800_000, storage: memoryStorage() };
    const outcome = ended(breadthFirstBy("lowered", model, {}, world, crew, undefined, "fingerprints", spilling));
    await crew.gone();
    const [some = 0, others = 0] = crew.generated();
    expect(some + others).toBeGreaterThan(0);
    expect(some + others).toBeLessThan(outcome.generated);
    expect(outcome.spilled?.runs).toBeGreaterThan(0);
    const alone = ended(breadthFirstBy("lowered", model, {}, world, null));
    expect({ ...(everythingOf(outcome) as object), spilled: null }).toEqual(everythingOf(alone));
  });
});

function modelOf(declaration: ModelDeclaration): Model {
  const model = instantiate(declaration);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function aloneOn(engine: Fast, model: Model, alone: Outcome): Outcome {
  return engine === "lowered" ? alone : ended(breadthFirstBy(engine, model, {}, world, null));
}

/** With so many threads from the first level on, each of which has done its part. */
async function together(
  engine: Fast,
  model: Model,
  workers: number,
  initial: number,
  remembered: Remembered,
): Promise<Outcome> {
  const crew = promptCrew(bundle, workers, { recipe: recipeOf(model, null), watched: null }, 0);
  const outcome = ended(breadthFirstBy(engine, model, {}, world, crew, keepsNothing, remembered));
  const generated = crew.generated();
  await crew.gone();
  const byThreads = generated.reduce((sum, count) => sum + count, 0);
  // Where an initial state violates something, nobody is hired.
  expect(generated.length).toBe(outcome.depth === 1 && outcome.generated === initial ? 0 : workers);
  expect(byThreads).toBe(outcome.generated - initial);
  if (outcome.distinct > 20_000) expect(Math.min(...generated)).toBeGreaterThan(0);
  return outcome;
}

function expectRecorded(outcome: Outcome, expected: Expectation | undefined): void {
  const { verdict, finding, trace, distinct, generated, depth, goals } = outcome;
  expect(expected).toBeDefined();
  const reached = reachedGoals(outcome);
  const unmet = goals.map(({ property }) => property.name).filter((name) => !reached.includes(name));
  const found: Readonly<Record<string, unknown>> =
    verdict === "holds"
      ? { verdict, distinct, generated, depth, unmet }
      : { verdict, violated: violatedBy(finding), traceLength: trace.length };
  const recorded = Object.entries(expected ?? {}).filter(([name]) => Object.hasOwn(found, name));
  expect(Object.fromEntries(recorded.map(([name]) => [name, found[name]]))).toEqual(Object.fromEntries(recorded));
}

function violatedBy(finding: Outcome["finding"]): string | null {
  if (finding === null || finding.kind === "error") return null;
  return finding.kind === "deadlock" ? "deadlock" : finding.property.name;
}

/** What the reference and the fast engines must agree on where a model holds. */
function findingsOf(outcome: Outcome): unknown {
  const { verdict, distinct, generated, depth, outside, outDegree, actions, vacuous } = outcome;
  const fired = actions.map(({ name, fired: times }) => [name, times]);
  return { verdict, distinct, generated, depth, outside, outDegree, fired, vacuous, goals: reachedGoals(outcome) };
}

/** All that is in an outcome, but for the engine that found it. */
function everythingOf(outcome: Outcome): unknown {
  return { ...(comparable(outcome) as object), engine: null };
}
