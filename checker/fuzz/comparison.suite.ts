/** One model on all engines: what they find must be the same. */
import type { Model, ModelDeclaration } from "../../spec/lang/index.ts";
import { keepsNothing } from "../compile/index.ts";
import {
  breadthFirst,
  breadthFirstBy,
  type Crew,
  check,
  type Outcome,
  type ReferenceResult,
  type Remembered,
  Semantics,
  type TraceStep,
} from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { modelOfDeclaration } from "./evaluation.suite.ts";

/** Where two engines do not agree on a program, or where one must not say what it says. */
export interface Difference {
  /** The engine that is compared with the reference, and how it ran. */
  readonly engine: string;
  /** What differs. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** How the comparison of one program ended. */
export interface Compared {
  readonly verdict: "holds" | "violated" | "incomplete" | "failed" | "too large" | "not built";
  readonly differences: readonly Difference[];
  /** The message of the error that the program ends in, on the reference. */
  readonly error: string | null;
  readonly distinct: number;
  /** Milliseconds of each engine. */
  readonly times: Readonly<Record<string, number>>;
}

/** States that the reference finds before a program counts as too large. */
const statesMax = 400;
const depthMax = 12;
const world = { now: () => 0, memoryBytes: () => 0 };

/** A run of two workers on this model. */
export type Together = (model: Model, depth: number) => Outcome;

/** What ran, or what it threw. */
type Run =
  | { readonly kind: "outcome"; readonly outcome: Outcome }
  | { readonly kind: "crash"; readonly message: string };

/** Compares all engines on one declared model. `together` is null where threads are left out. */
export function compared(declaration: ModelDeclaration, now: () => number, together: Together | null): Compared {
  const times: Record<string, number> = {};
  const timed = <T>(name: string, run: () => T): T => {
    const start = now();
    const result = run();
    times[name] = (times[name] ?? 0) + now() - start;
    return result;
  };
  const whole = modelOf({ ...declaration, symmetry: false, deadData: false });
  if (whole.kind === "crash") return notBuilt(whole.message);
  const reference = timed("reference", () => bounded(whole.model));
  if (reference === null) return { verdict: "too large", differences: [], error: null, distinct: 0, times };
  const { run: expected, depth } = reference;
  const differences: Difference[] = [];
  if (expected.kind === "crash") differences.push(difference("reference", "crash", "an outcome", expected.message));
  else {
    differences.push(...blame("reference", expected.outcome));
    timed("oracle", () => differences.push(...againstOracle(whole.model, expected.outcome)));
    timed("engines", () => differences.push(...againstEngines(whole.model, expected.outcome, depth, together, timed)));
    differences.push(...againstReductions(declaration, expected.outcome, depth, timed));
  }
  const outcome = expected.kind === "outcome" ? expected.outcome : null;
  const error = outcome?.finding?.kind === "error" ? outcome.finding.error.message : null;
  return { verdict: outcome?.verdict ?? "failed", differences, error, distinct: outcome?.distinct ?? 0, times };
}

function notBuilt(message: string): Compared {
  const differences = [difference("all", "cannot be built", "a model", message)];
  return { verdict: "not built", differences, error: message, distinct: 0, times: {} };
}

function modelOf(
  declaration: ModelDeclaration,
): { readonly kind: "model"; readonly model: Model } | { readonly kind: "crash"; readonly message: string } {
  try {
    return { kind: "model", model: modelOfDeclaration(declaration) };
  } catch (error) {
    return { kind: "crash", message: messageOf(error) };
  }
}

/** The reference within a depth that all engines are then given; null where even few levels have too many states. */
function bounded(model: Model): { readonly run: Run; readonly depth: number } | null {
  for (let depth = depthMax; depth > 1; ) {
    const run = attempt(() => ended(breadthFirst(model, { depth, states: statesMax }, world)));
    if (run.kind === "crash" || run.outcome.stopped?.by !== "states") return { run, depth };
    depth = Math.min(depth - 1, run.outcome.depth - 2);
  }
  return null;
}

function attempt(run: () => Outcome): Run {
  try {
    return { kind: "outcome", outcome: run() };
  } catch (error) {
    return { kind: "crash", message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function difference(engine: string, what: string, expected: unknown, found: unknown): Difference {
  const text = (one: unknown): string => (typeof one === "string" ? one : JSON.stringify(one));
  return { engine, what, expected: text(expected), found: text(found) };
}

function differing(engine: string, what: string, expected: unknown, found: unknown): Difference[] {
  return JSON.stringify(expected) === JSON.stringify(found) ? [] : [difference(engine, what, expected, found)];
}

/** The generator makes functions of the state alone, so that no engine has a reason to say that they are not. */
function blame(engine: string, { finding }: Outcome): Difference[] {
  if (finding?.kind !== "error") return [];
  const { message } = finding.error;
  return /function of (the|its) (state|arguments)|changes its argument/.test(message)
    ? [difference(engine, "blame", "no blame", message)]
    : [];
}

/** The oracle has no limits, so that it takes what a limit did not end. */
function againstOracle(model: Model, outcome: Outcome): Difference[] {
  if (outcome.verdict === "incomplete") return [];
  const found = findingsOf(outcome);
  let result: ReferenceResult;
  try {
    result = check(untilMet(model));
  } catch (error) {
    return differing("oracle", "error", error instanceof Error ? error.message : String(error), found.error);
  }
  const { verdict, violated, distinct, generated, depth, reached, trace } = result;
  const expected = {
    ...found,
    verdict,
    violated,
    distinct,
    generated,
    depth,
    reached,
    trace: trace?.length ?? 0,
    error: null,
  };
  return differing("oracle", "findings", expected, found);
}

/** The model with goals that are asked no more once they are met, as the search asks them: they may fail later. */
function untilMet(model: Model): Model {
  const met = new Set<string>();
  const properties = model.properties.map((property) => {
    if (property.kind !== "reachable") return property;
    const goal: typeof property.goal = (...args) => {
      if (met.has(property.name)) return false;
      const isMet = property.goal(...args);
      if (isMet) met.add(property.name);
      return isMet;
    };
    return { ...property, goal };
  });
  return { ...model, properties };
}

interface Findings {
  readonly verdict: string;
  readonly violated: string | null;
  readonly error: string | null;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly reached: readonly string[];
  /** Which action is the first to reach a state depends on the order in which the states of a level are expanded. */
  readonly fired: readonly (readonly [string, number])[];
  readonly outside: readonly (readonly [string, number])[];
  /** Sorted: the reference lists the invariants before the properties of steps, and the others list as declared. */
  readonly vacuous: readonly string[];
  readonly outDegree: unknown;
  readonly trace: number;
}

function findingsOf(outcome: Outcome): Findings {
  const { verdict, finding, distinct, generated, depth, actions, outside, vacuous, outDegree, goals, trace } = outcome;
  return {
    verdict,
    violated:
      finding === null || finding.kind === "error"
        ? null
        : finding.kind === "deadlock"
          ? "deadlock"
          : finding.property.name,
    error: finding?.kind === "error" ? finding.error.message : null,
    distinct,
    generated,
    depth,
    reached: goals.flatMap(({ property, witness }) => (witness === null ? [] : [property.name])).sort(),
    fired: actions.map(({ name, fired }) => [name, fired] as const),
    outside: Object.entries(outside).sort(([a], [b]) => (a < b ? -1 : 1)),
    vacuous: [...vacuous].sort(),
    outDegree,
    trace: trace.length,
  };
}

type Timed = <T>(name: string, run: () => T) => T;

function againstEngines(
  model: Model,
  expected: Outcome,
  depth: number,
  together: Together | null,
  timed: Timed,
): Difference[] {
  const on = (engine: "lowered" | "views", remembered: Remembered, crew: Crew | null = null): Run =>
    attempt(() => ended(breadthFirstBy(engine, model, { depth }, world, crew, keepsNothing, remembered)));
  const runs: (readonly [string, Run])[] = [
    ["views", timed("views", () => on("views", "fingerprints"))],
    ["lowered", timed("lowered", () => on("lowered", "fingerprints"))],
    ["lowered, exact", timed("exact", () => on("lowered", "states"))],
  ];
  if (together !== null)
    runs.push(["lowered, two workers", timed("workers", () => attempt(() => together(model, depth)))]);
  return runs.flatMap(([name, run]) => againstReference(name, model, expected, run));
}

/**
 * An engine that takes whole levels may find another of several violations of one level, and a deadlock where the
 * reference, a level later, finds something else: what it found is then tried on the reference.
 */
function againstReference(name: string, model: Model, expected: Outcome, run: Run): Difference[] {
  if (run.kind === "crash") return [difference(name, "crash", "an outcome", run.message)];
  const { outcome } = run;
  if (expected.verdict === "holds" || expected.verdict === "incomplete" || expected.finding === null) {
    const findings = comparedFindings(name, findingsOf(expected), findingsOf(outcome));
    return findings.length > 0
      ? findings
      : differing(name, "witnesses", witnessLengths(expected), witnessLengths(outcome));
  }
  if (outcome.finding === null) {
    return [difference(name, "verdict", nameOf(expected), outcome.verdict)];
  }
  const differences = [...blame(name, outcome)];
  const early = outcome.finding.kind === "deadlock" || expected.finding.kind === "deadlock" ? 1 : 0;
  if (
    Math.abs(outcome.trace.length - expected.trace.length) > early &&
    expected.finding.kind !== "error" &&
    outcome.finding.kind !== "error"
  ) {
    differences.push(difference(name, "length of the behaviour", expected.trace.length, outcome.trace.length));
  }
  return [...differences, ...untrue(name, model, outcome)];
}

function comparedFindings(name: string, expected: Findings, found: Findings): Difference[] {
  const keys = Object.keys(expected) as (keyof Findings)[];
  return keys.flatMap((key) => differing(name, key, expected[key], found[key]));
}

function witnessLengths({ goals }: Outcome): unknown {
  return goals.map(({ property, witness }) => [property.name, witness?.length ?? null]);
}

function nameOf({ finding }: Outcome): string {
  if (finding === null) return "nothing";
  if (finding.kind === "error") return `error: ${finding.error.message}`;
  return finding.kind === "deadlock" ? "deadlock" : finding.property.name;
}

/** Why the finding is not what the reference finds at the end of the behaviour; empty where it is. */
function untrue(name: string, model: Model, { finding, trace }: Outcome): Difference[] {
  const semantics = new Semantics(model).whole();
  const { constants } = model;
  const [before, last] = [trace.at(-2)?.state ?? null, trace.at(-1)?.state];
  const wrong = (what: string): Difference[] => [difference(name, "finding", what, "it does not")];
  if (finding === null) return [];
  if (finding.kind === "error") return [];
  if (!isBehaviour(semantics, trace)) return wrong("its behaviour is one of the spec");
  if (finding.kind === "deadlock")
    return [...semantics.successors(last)].length === 0 ? [] : wrong("its state is stuck");
  const { property } = finding;
  if (property.kind === "invariant" && property.of === "initial-states" && trace.length > 1)
    return wrong(`${property.name} is asked of an initial state`);
  if (property.kind === "step" && !property.speaksOf(trace.at(-1)?.action ?? ""))
    return wrong(`${property.name} is about the last action`);
  const holds =
    property.kind === "invariant" ? property.holds(last, constants) : property.holds(before, last, constants);
  return holds ? wrong(`${property.name} is false`) : [];
}

/** Whether each step is one that the spec allows from the state before it. Other actions may fail there. */
function isBehaviour(semantics: Semantics, trace: readonly TraceStep[]): boolean {
  const { spec, actions } = semantics.model;
  let known = semantics.blank();
  return trace.every(({ action: name, state }, at) => {
    const key = known;
    const before = semantics.decode(key);
    const after = semantics.encode(state);
    known = after;
    const action = at === 0 ? spec.init : actions.find((one) => one.name === name);
    if (action === undefined) return false;
    return semantics.choices(action, before).some((choice) => leadsTo(semantics, after, action, choice, before, key));
  });
}

function leadsTo(semantics: Semantics, after: string, ...step: Parameters<Semantics["stepOf"]>): boolean {
  try {
    const taken = semantics.stepOf(...step);
    return taken !== null && semantics.encode(taken.after) === after;
  } catch {
    // This choice fails, and another of the same action may be the step.
    return false;
  }
}

/** Where symmetry or dead data is claimed: the verdict is the same as without, and the counts are those of the reference. */
function againstReductions(declaration: ModelDeclaration, whole: Outcome, depth: number, timed: Timed): Difference[] {
  const claimed = [
    ...(declaration.symmetry === true ? [{ says: "symmetry", symmetry: true, deadData: false }] : []),
    ...(declaration.deadData === true ? [{ says: "dead data", symmetry: false, deadData: true }] : []),
    ...(declaration.symmetry === true && declaration.deadData === true
      ? [{ says: "both", symmetry: true, deadData: true }]
      : []),
  ];
  return claimed.flatMap(({ says, symmetry, deadData }) => {
    const made = modelOf({ ...declaration, symmetry, deadData });
    if (made.kind === "crash") return [difference(says, "cannot be built", "a model", made.message)];
    const { model } = made;
    const slow = timed("reductions", () =>
      attempt(() => ended(breadthFirst(model, { depth, states: 2 * statesMax }, world))),
    );
    if (slow.kind === "crash") return [difference(`reference, ${says}`, "crash", "an outcome", slow.message)];
    const fast = timed("reductions", () =>
      attempt(() => ended(breadthFirstBy("lowered", model, { depth }, world, null))),
    );
    const differences = againstReference(`lowered, ${says}`, model, slow.outcome, fast);
    if (whole.verdict === "incomplete" || slow.outcome.verdict === "incomplete") return differences;
    const verdict = differing(`reference, ${says}`, "verdict", whole.verdict, slow.outcome.verdict);
    const goals = whole.verdict === "holds" ? [findingsOf(whole).reached, findingsOf(slow.outcome).reached] : [[], []];
    return [...differences, ...verdict, ...differing(`reference, ${says}`, "reached", goals[0], goals[1])];
  });
}
