/**
 * The equality matrix of the reductions: every model that declares symmetric ids or dead data, with each reduction on and
 * off, on both fast engines, alone and with two threads. A reduction may change counts, and nothing else that is found.
 */
import { env, stderr } from "node:process";
import { describe, expect, it } from "vitest";
import { breadthFirst, breadthFirstBy, type Outcome, Semantics } from "../checker/index.ts";
import { bundled, promptCrew } from "../checker/parallel/threads.suite.ts";
import { ended } from "../checker/search/ended.suite.ts";
import { comparable, reachedGoals } from "../checker/search/engine.suite.ts";
import { instantiate, type Model, type ModelDeclaration } from "../spec/lang/index.ts";
import { mutants } from "../spec/mutants/index.ts";
import { recipeOf } from "./recipe.ts";
import { builtInModels } from "./registry.ts";

type Fast = "lowered" | "views";

interface Reduction {
  readonly symmetry: boolean;
  readonly deadData: boolean;
}

/** `npm run equality` runs the long form. */
const isLong = env["LOCKSTEP_EQUALITY"] === "all";

/** What is run: models that generate at most so many states without reductions, alone and with two threads. */
const generatedMax: Readonly<Record<Fast, { readonly alone: number; readonly together: number }>> = isLong
  ? { lowered: { alone: 3_000_000, together: 3_000_000 }, views: { alone: 200_000, together: 100_000 } }
  : { lowered: { alone: 30_000, together: 10_000 }, views: { alone: 4_000, together: 4_000 } };
/** Threads have little to do where a model is smaller, and cli/equality.test.ts hires them for all. */
const togetherMin = isLong ? 0 : 1_000;
/** The reference runs as well, with the same reductions, up to this many. */
const referenceMax = isLong ? 250_000 : 6_000;
/** Each of these has more than a hundred renamings to try for each state. */
const slow: readonly string[] = isLong ? [] : ["fast-paxos", "raft-five-servers"];

const world = { now: () => 0, memoryBytes: () => 0 };
const bundle = await bundled(new URL("./search-worker.ts", import.meta.url));

const generatedByMutants = new Map(
  mutants.flatMap(({ catches }) => catches.map(({ model, found }) => [model, found.generated] as const)),
);

/** Of violated models of the corpus, which have no recorded counts: what they generate before it is found. */
const generatedBefore: Readonly<Record<string, number>> = {
  "raft-3s-2e-0r-1v-first-commit": 21_286,
  "raft-3s-2e-0r-1v-follower-commit": 80_014,
  "flexible-raft-1eq-2rq-3s-2e-0r-1v": 275_581,
  "flexible-raft-2eq-1rq-3s-2e-0r-1v": 140_212,
  "flexible-raft-1eq-1rq-2s-2e-1r-1v": 1_729,
  "flexible-raft-1eq-1rq-2s-2e-0r-2v-divergence": 9_131,
  "flexible-raft-2eq-1rq-3s-1e-0r-1v-majority": 214,
  "raft-fsync-fff-2s-2e-2r-1v": 142_125,
  "raft-fsync-ttf-2s-1e-1r-1v-majority": 369,
  "raft-fsync-fff-3s-1e-1r-1v-majority": 13_192,
  "missionaries-and-cannibals": 235,
  "atomic-commit-wrong": 64_510,
  "raft-add-remove-2s-2e-1r-1v-remove": 544,
  "raft-add-remove-2s-1e-1r-1v-add": 208,
};

/** About what a model generates without reductions. */
function sizeOf(declaration: ModelDeclaration): number {
  const { name, expect: expected, symmetry = false } = declaration;
  const recorded = expected?.generated ?? generatedByMutants.get(name) ?? generatedBefore[name];
  return (recorded ?? Number.POSITIVE_INFINITY) * (symmetry ? renamingsOf(declaration) : 1);
}

/** The identity counts. */
function renamingsOf(declaration: ModelDeclaration): number {
  return new Semantics(modelOf(declaration, { symmetry: true, deadData: false })).permutations.length + 1;
}

function reductionsOf({ spec }: ModelDeclaration): readonly Reduction[] {
  const symmetry = spec.symmetry.length > 0 ? [false, true] : [false];
  const deadData = spec.deadData === null ? [false] : [false, true];
  return deadData.flatMap((dead) => symmetry.map((symmetric) => ({ symmetry: symmetric, deadData: dead })));
}

const reducible = builtInModels.filter((one) => reductionsOf(one).length > 1);
const models = reducible.filter(
  (one) => one.large !== true && !slow.includes(one.name) && sizeOf(one) <= generatedMax.lowered.alone,
);
const leftOut = reducible.filter((one) => !models.includes(one)).map(({ name }) => name);
if (leftOut.length > 0)
  stderr.write(`\nNOT COMPARED under reductions, too large for this run: ${leftOut.join(", ")}\n\n`);

describe("the equality matrix of the reductions", () => {
  it.each(models)(
    "$name comes out the same under every reduction, engine and number of threads",
    async (declaration) => {
      const size = sizeOf(declaration);
      const outcomes: { readonly reduction: Reduction; readonly outcome: Outcome }[] = [];
      for (const reduction of reductionsOf(declaration)) {
        const model = modelOf(declaration, reduction);
        const alone = ended(breadthFirstBy("lowered", model, {}, world, null));
        outcomes.push({ reduction, outcome: alone });
        expectAsked(alone, reduction, "lowered");
        expectRecorded(alone, declaration, reduction);
        if (alone.verdict === "holds" && size <= referenceMax)
          expect({ reduction, found: countsOf(alone) }).toEqual({
            reduction,
            found: countsOf(ended(breadthFirst(model, {}, world))),
          });
        for (const engine of ["lowered", "views"] as const) {
          const { alone: aloneMax, together: togetherMax } = generatedMax[engine];
          const others: Outcome[] = [];
          if (engine === "views" && size <= aloneMax)
            others.push(ended(breadthFirstBy(engine, model, {}, world, null)));
          if (size >= togetherMin && size <= togetherMax) others.push(await together(engine, model));
          for (const outcome of others) {
            expectAsked(outcome, reduction, engine);
            expect({ engine, reduction, found: everythingOf(outcome) }).toEqual({
              engine,
              reduction,
              found: everythingOf(alone),
            });
          }
        }
      }
      expectReduced(outcomes, renamingsOf(declaration));
    },
  );

  it("compares models that hold and models that are violated, with each reduction and with both", () => {
    const verdicts = new Set(
      models.flatMap((one) =>
        reductionsOf(one).map(({ symmetry, deadData }) => `${one.expect?.verdict} ${symmetry} ${deadData}`),
      ),
    );
    const each = ["false false", "false true", "true false", "true true"];
    expect([...verdicts].sort()).toEqual([
      ...each.map((one) => `holds ${one}`),
      ...each.map((one) => `violated ${one}`),
    ]);
  });
});

/** What must be the same under all reductions, and by how much states must have become fewer. */
function expectReduced(
  outcomes: readonly { readonly reduction: Reduction; readonly outcome: Outcome }[],
  renamings: number,
) {
  const [{ outcome: whole }] = outcomes as [(typeof outcomes)[number]];
  for (const { reduction, outcome } of outcomes) {
    expect({ reduction, ...answersOf(outcome) }).toEqual({ reduction, ...answersOf(whole) });
    if (outcome.verdict !== "holds") continue;
    const twin = outcomes.find(
      ({ reduction: one }) => one.deadData === reduction.deadData && one.symmetry !== reduction.symmetry,
    );
    if (reduction.symmetry && twin !== undefined) {
      expect(outcome.distinct * renamings).toBeGreaterThanOrEqual(twin.outcome.distinct);
      if (renamings > 1) expect(outcome.distinct).toBeLessThan(twin.outcome.distinct);
      expect(outcome.depth).toBe(twin.outcome.depth);
    }
    if (!reduction.deadData) continue;
    const full = outcomes.find(({ reduction: one }) => !one.deadData && one.symmetry === reduction.symmetry);
    expect(outcome.distinct).toBeLessThan(full?.outcome.distinct ?? 0);
    expect(outcome.depth).toBeLessThanOrEqual(full?.outcome.depth ?? 0);
  }
}

/** The verdict, what is violated, how long the shortest behaviour to it is, and of a model that holds what is reached. */
function answersOf(outcome: Outcome): object {
  const { verdict, finding, trace, shortest, vacuous } = outcome;
  const answer = { verdict, violated: violatedBy(finding), traceLength: trace.length, shortest };
  return verdict === "holds" ? { ...answer, goals: reachedGoals(outcome), vacuous } : answer;
}

function violatedBy(finding: Outcome["finding"]): string | null {
  if (finding === null || finding.kind === "error") return null;
  return finding.kind === "deadlock" ? "deadlock" : finding.property.name;
}

function modelOf(declaration: ModelDeclaration, reduction: Reduction): Model {
  const model = instantiate({ ...declaration, ...reduction });
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

/** The engine that was asked for ran, on the model with the reductions that were asked for. */
function expectAsked({ engine, model }: Outcome, { symmetry, deadData }: Reduction, asked: Fast): void {
  expect([engine, model.symmetric.length > 0, model.deadData !== null]).toEqual([asked, symmetry, deadData]);
}

/** From the first level on, each of two threads does its part. */
async function together(engine: Fast, model: Model): Promise<Outcome> {
  const crew = promptCrew(bundle, 2, { recipe: recipeOf(model, null), watched: null }, 0);
  const outcome = ended(breadthFirstBy(engine, model, {}, world, crew));
  const byThreads = crew.generated().reduce((sum, count) => sum + count, 0);
  await crew.gone();
  const initial = ended(breadthFirst(model, { depth: 1 }, world)).generated;
  expect(byThreads).toBe(outcome.generated - initial);
  return outcome;
}

/** Where somebody has recorded numbers for this very reduction, for this model or for one that differs in symmetry alone. */
function expectRecorded(
  outcome: Outcome,
  { name, spec, set }: ModelDeclaration,
  { symmetry, deadData }: Reduction,
): void {
  if (deadData) return;
  const recorded = builtInModels.find(
    (one) =>
      (one.name === name || one.name === `${name}-sym` || `${one.name}-sym` === name) &&
      one.spec === spec &&
      JSON.stringify(one.set) === JSON.stringify(set) &&
      (one.symmetry === true) === symmetry,
  );
  if (recorded === undefined) return;
  const { verdict, distinct, generated, depth } = outcome;
  expect(verdict).toBe(recorded.expect?.verdict);
  if (verdict === "violated") expect(outcome.trace.length).toBe(recorded.expect?.traceLength);
  else {
    const { distinct: states, generated: made, depth: levels } = recorded.expect ?? {};
    expect([distinct, generated, depth]).toEqual([states ?? distinct, made ?? generated, levels ?? depth]);
  }
}

/** What the reference and the fast engines must agree on where a model holds. */
function countsOf(outcome: Outcome): unknown {
  const { verdict, distinct, generated, depth, outside, outDegree, actions, vacuous } = outcome;
  const fired = actions.map(({ name, fired: times }) => [name, times]);
  return { verdict, distinct, generated, depth, outside, outDegree, fired, vacuous, goals: reachedGoals(outcome) };
}

/** All that is in an outcome, but for the engine that found it. */
function everythingOf(outcome: Outcome): unknown {
  return { ...(comparable(outcome) as object), engine: null };
}
