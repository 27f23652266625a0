/** The laws of engines: whatever explores a model level by level must find what the reference finds, and prove it. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Model } from "../../spec/lang/index.ts";
import {
  check,
  type EvaluationError,
  type Finding,
  type Outcome,
  Semantics,
  type State,
  type TraceStep,
} from "../index.ts";
import { anyGraph, graphModel } from "../reference/graph-model.suite.ts";
import { anyDrawn, modelOfDrawn } from "./drawn.suite.ts";
import { anyProgram, programModel } from "./random-program.suite.ts";
import { anyWideProgram, wideModel } from "./wide-program.suite.ts";

/** Explores a model breadth-first to its end. */
type Explore = (model: Model) => Outcome;
export type EngineLaws = Readonly<Record<string, (explore: Explore) => void>>;

/** What a run found, as far as every engine must find the same. */
interface Findings {
  readonly verdict: string;
  readonly violated: string | null;
  readonly error: string | null;
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
  readonly reached: readonly string[] | null;
  readonly traceLength: number | null;
}

/** What the reference finds. Where the spec fails it gives the error and nothing else. */
function referenceFindings(model: Model): Findings {
  try {
    const { trace, ...result } = check(model);
    return { ...result, error: null, traceLength: trace?.length ?? 0 };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const nothing = { distinct: null, generated: null, depth: null, reached: null, traceLength: null };
    return { verdict: "failed", violated: null, error: error.message, ...nothing };
  }
}

function findingsOf(outcome: Outcome): Findings {
  const { verdict, finding, distinct, generated, depth, trace } = outcome;
  if (finding?.kind === "error") {
    const nothing = { distinct: null, generated: null, depth: null, reached: null, traceLength: null };
    return { verdict, violated: null, error: finding.error.message, ...nothing };
  }
  const reached = reachedGoals(outcome);
  const violated = finding === null ? null : nameOf(finding);
  return { verdict, violated, error: null, distinct, generated, depth, reached, traceLength: trace.length };
}

function nameOf(finding: Exclude<Finding, { readonly kind: "error" }>): string {
  return finding.kind === "deadlock" ? "deadlock" : finding.property.name;
}

/**
 * The outcome is what the reference finds. An engine that takes whole levels may choose another of several violations of
 * one level, and finds a deadlock where the reference, a level later, finds something else.
 */
export function expectFindings(outcome: Outcome): void {
  const found = findingsOf(outcome);
  const expected = referenceFindings(outcome.model);
  if (outcome.engine === "reference" || expected.verdict === "holds") {
    expect(found).toEqual(expected);
    return;
  }
  expect(["violated", "failed"]).toContain(found.verdict);
  if (found.traceLength === null || expected.traceLength === null) return;
  const shorter = found.violated === "deadlock" && expected.violated !== "deadlock" ? 1 : 0;
  expect([expected.traceLength, expected.traceLength - shorter]).toContain(found.traceLength);
}

export function reachedGoals({ goals }: Outcome): readonly string[] {
  return goals
    .filter(({ witness }) => witness !== null)
    .map(({ property }) => property.name)
    .sort();
}

/** Each step is one that the spec allows from the state before it, the first an initial one. Others may fail there. */
export function expectBehaviour(model: Model, trace: readonly TraceStep[]): void {
  const semantics = new Semantics(model);
  let key = semantics.blank();
  for (const [at, { action: name, choice, state }] of trace.entries()) {
    const before = semantics.decode(key);
    const known = key;
    const after = semantics.encode(state);
    const allowed = (at === 0 ? [model.spec.init] : model.actions).some(
      (action) =>
        action.name === name &&
        [...semantics.choices(action, before)].some((one) => {
          if (JSON.stringify(one) !== JSON.stringify(choice)) return false;
          const step = semantics.stepOf(action, one, before, known);
          return step !== null && semantics.encode(step.after) === after;
        }),
    );
    expect(allowed, `${name} ${JSON.stringify(choice)} is a step of the spec`).toBe(true);
    key = after;
  }
}

/** What the finding says is so of the last states of the trace. */
export function expectFindingAtEnd({ model, finding, trace }: Outcome): void {
  const [before, last] = [trace.at(-2)?.state ?? null, trace.at(-1)?.state];
  const { constants } = model;
  if (finding === null) expect(trace).toEqual([]);
  else if (finding.kind === "invariant") {
    expect(finding.property.when?.(last, constants) ?? true).toBe(true);
    expect(finding.property.holds(last, constants)).toBe(false);
  } else if (finding.kind === "step") {
    expect(finding.property.when?.(before, last, constants) ?? true).toBe(true);
    expect(finding.property.holds(before, last, constants)).toBe(false);
  } else if (finding.kind === "deadlock") {
    expect([...new Semantics(model).successors(last)]).toEqual([]);
  } else {
    expect(() => stepsAndKeys(model, last)).toThrow(finding.error.message);
  }
}

/** Takes every step from a state, and writes each state that is reached. */
function stepsAndKeys(model: Model, state: State | undefined): void {
  const semantics = new Semantics(model);
  const steps = state === undefined ? semantics.initial() : semantics.successors(state);
  for (const { after } of steps) semantics.encode(after);
}

/** Models that generate more are not surveyed: a survey holds every state and every step as objects. */
const surveyedMax = 100_000;

/** The states of a model and the ways on from each, by repetition until nothing new is found. */
export function surveyOf(model: Model) {
  const semantics = new Semantics(model);
  const known = new Map<string, State>();
  const seen = { fired: new Map<string, number>(), degrees: [] as number[], outside: {} as Record<string, number> };
  const take = (before: State | null, after: State): void => {
    const outside = semantics.outside(before, after);
    if (outside !== null) seen.outside[outside] = (seen.outside[outside] ?? 0) + 1;
    else {
      const identity = semantics.identity(after, semantics.encode(after));
      if (!known.has(identity)) known.set(identity, after);
    }
  };
  for (const { after } of semantics.initial()) take(null, after);
  // A Map goes on to the entries that are added while it is walked.
  for (const state of known.values()) {
    const steps = [...semantics.successors(state)];
    seen.degrees.push(steps.length);
    for (const { action, after } of steps) {
      seen.fired.set(action.name, (seen.fired.get(action.name) ?? 0) + 1);
      take(state, after);
    }
  }
  return { ...seen, degrees: seen.degrees.sort((a, b) => a - b), states: [...known.values()] };
}

/** The laws of every engine that goes level by level. */
export const engineLaws: EngineLaws = {
  "finds on any graph what the reference finds": (explore) => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expectFindings(explore(graphModel(graph)));
      }),
      { numRuns: 500 },
    );
  },

  "finds in any program what the reference finds": (explore) => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(anyProgram, (program) => {
        const outcome = explore(programModel(program));
        expectFindings(outcome);
        verdicts.add(outcome.verdict);
      }),
      { numRuns: 300 },
    );
    expect([...verdicts].sort()).toEqual(["failed", "holds", "violated"]);
  },

  "finds in any program with a wide state what the reference finds": (explore) => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(anyWideProgram, (program) => {
        const outcome = explore(wideModel(program));
        expectFindings(outcome);
        verdicts.add(outcome.verdict);
      }),
      { numRuns: 300 },
    );
    expect([...verdicts].sort()).toEqual(["failed", "holds", "violated"]);
  },

  "proves what it found by a behaviour that ends in it": (explore) => {
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        const outcome = explore(modelOfDrawn(drawn));
        expectBehaviour(outcome.model, outcome.trace);
        expectFindingAtEnd(outcome);
      }),
      { numRuns: 300 },
    );
  },

  "proves each goal by a behaviour that ends in meeting it": (explore) => {
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        const { model, goals } = explore(modelOfDrawn(drawn));
        for (const { property, witness } of goals) {
          if (witness === null) continue;
          expectBehaviour(model, witness);
          const [before, last] = [witness.at(-2)?.state ?? null, witness.at(-1)?.state];
          expect(property.goal(before, last, model.constants)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  },

  "counts by action, by constraint and by state what a survey of all states counts": (explore) => {
    let surveyed = 0;
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        const model = modelOfDrawn(drawn);
        const { verdict, actions, outside, outDegree, distinct, generated } = explore(model);
        if (verdict !== "holds" || generated > surveyedMax) return;
        surveyed += 1;
        const { fired, degrees, outside: keptOut, states } = surveyOf(model);
        expect(actions.map(({ name, fired: times }) => [name, times])).toEqual(
          model.actions.map(({ name }) => [name, fired.get(name) ?? 0]),
        );
        expect([outside, distinct]).toEqual([keptOut, states.length]);
        const total = degrees.reduce((sum, degree) => sum + degree, 0);
        const [min, max] = [degrees[0], degrees.at(-1)];
        if (min === undefined || max === undefined) expect(outDegree).toBeNull();
        else {
          const p95 = degrees[Math.ceil(degrees.length * 0.95) - 1];
          expect(outDegree).toEqual({ min, max, mean: total / degrees.length, p95 });
        }
      }),
      { numRuns: 400 },
    );
    expect(surveyed).toBeGreaterThan(50);
  },

  "names the properties whose antecedent was never true, and no others": (explore) => {
    let surveyed = 0;
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        const model = modelOfDrawn(drawn);
        const { verdict, vacuous, generated } = explore(model);
        if (verdict !== "holds" || generated > surveyedMax) return;
        surveyed += 1;
        const { constants } = model;
        const semantics = new Semantics(model);
        const steps = surveyOf(model).states.flatMap((before) =>
          [...semantics.successors(before)].map(({ after }) => [before, after] as const),
        );
        const reached = [...[...semantics.initial()].map(({ after }) => after), ...steps.map(([, after]) => after)];
        const never = model.properties.filter((property) => {
          if (property.kind === "invariant")
            return property.when !== null && !reached.some((state) => property.when?.(state, constants));
          if (property.kind === "step")
            return property.when !== null && !steps.some(([a, b]) => property.when?.(a, b, constants));
          return false;
        });
        expect(vacuous).toEqual(never.map(({ name }) => name));
      }),
      { numRuns: 300 },
    );
    expect(surveyed).toBeGreaterThan(50);
  },

  "counts one state for each orbit where ids are symmetric, and finds the same": (explore) => {
    let holding = 0;
    fc.assert(
      fc.property(anyProgram, (program) => {
        const all = explore(programModel({ ...program, view: false, symmetry: false }));
        const symmetric = explore(programModel({ ...program, view: false, symmetry: true }));
        expect(symmetric.finding === null).toBe(all.finding === null);
        if (all.verdict !== "holds" || all.generated > surveyedMax) return;
        holding += 1;
        const semantics = new Semantics(symmetric.model);
        const orbits = new Set(surveyOf(all.model).states.map((one) => semantics.identity(one, semantics.encode(one))));
        expect([symmetric.distinct, symmetric.depth]).toEqual([orbits.size, all.depth]);
        expect(reachedGoals(symmetric)).toEqual(reachedGoals(all));
      }),
      { numRuns: 150 },
    );
    expect(holding).toBeGreaterThan(20);
  },

  "finds the same twice": (explore) => {
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        expect(comparable(explore(modelOfDrawn(drawn)))).toEqual(comparable(explore(modelOfDrawn(drawn))));
      }),
      { numRuns: 200 },
    );
  },
};

/** Everything in an outcome that is data. Of properties, the name: their functions are new in each model. */
export function comparable(outcome: Outcome): unknown {
  const { model, finding, goals, trace, ...numbers } = outcome;
  const written = (steps: readonly TraceStep[]): readonly unknown[] => {
    const semantics = new Semantics(model);
    return steps.map(({ action, choice, state }) => [action, JSON.stringify(choice), semantics.encode(state)]);
  };
  return {
    ...numbers,
    name: model.name,
    finding: finding?.kind === "error" ? errorOf(finding.error) : finding && [finding.kind, nameOf(finding)],
    goals: goals.map(({ property, witness }) => [property.name, witness && written(witness)]),
    trace: written(trace),
  };
}

function errorOf({ part, of, choice, message }: EvaluationError): unknown {
  return { part, of, choice, message };
}
