import { describe, expect, it } from "vitest";
import { BoundError, integer, protocol, record, set } from "../../spec/lang/index.ts";
import { breadthFirst, EvaluationError, type Outcome, type Progress } from "../index.ts";
import { type Graph, graphModel, modelOf } from "../reference/graph-model.suite.ts";
import { ended } from "./ended.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

function explore(graph: Graph): Outcome {
  return ended(breadthFirst(graphModel(graph), {}, world));
}

function pathOf({ trace }: Pick<Outcome, "trace">): readonly number[] {
  return trace.map(({ state }) => (state as { at: number }).at);
}

const chain = [0, 1, 2, 3].map((node) => [node, node + 1] as const);

describe("a breadth-first run", () => {
  it("reports all that it counted", () => {
    // 0 goes to 1 (twice) and 2; 1 to 3, and to 9 outside; 2 to 3; 3 stays.
    const model = graphModel({
      initial: [0, 0],
      actions: {
        Go: [
          [0, 1],
          [0, 1],
          [1, 3],
          [3, 3],
        ],
        Hop: [
          [0, 2],
          [2, 3],
          [1, 9],
        ],
        Never: [[8, 9]],
      },
      outside: [9],
      bad: [7],
      when: [6],
      goals: { Far: [3], Nowhere: [5] },
    });
    const { goals, ...outcome } = ended(breadthFirst(model, {}, world));
    expect(outcome).toEqual({
      model,
      engine: "reference",
      exact: true,
      omission: 0,
      mode: "breadth-first",
      verdict: "holds",
      finding: null,
      trace: [],
      shortest: false,
      stopped: null,
      distinct: 4,
      generated: 2 + 3 + 2 + 1 + 1,
      depth: 3,
      outside: { Inside: 1 },
      outDegree: { min: 1, max: 3, mean: 7 / 4, p95: 3 },
      actions: [
        { name: "Go", fired: 4, fresh: 2 },
        { name: "Hop", fired: 3, fresh: 1 },
        { name: "Never", fired: 0, fresh: 0 },
      ],
      vacuous: ["Safe"],
      walks: null,
      spilled: null,
    });
    expect(goals.map(({ property, witness }) => [property.name, witness && pathOf({ trace: witness })])).toEqual([
      ["Far", [0, 1, 3]],
      ["Nowhere", null],
    ]);
  });

  it("finds a shortest counterexample and says that it is one", () => {
    const outcome = explore({ initial: [0], actions: { Go: [...chain, [0, 3]] }, bad: [4], terminates: true });
    expect([outcome.verdict, outcome.shortest, outcome.finding?.kind, pathOf(outcome)]).toEqual([
      "violated",
      true,
      "invariant",
      [0, 3, 4],
    ]);
  });

  it("finds a deadlock where its state is expanded", () => {
    const outcome = explore({ initial: [0], actions: { Go: chain } });
    expect([outcome.verdict, outcome.finding, pathOf(outcome)]).toEqual([
      "violated",
      { kind: "deadlock" },
      [0, 1, 2, 3, 4],
    ]);
  });

  it("stops at once where an initial state is wrong", () => {
    const { verdict, distinct, generated, depth, trace, outDegree } = explore({
      initial: [3, 4, 5],
      actions: { Go: chain },
      bad: [4],
    });
    expect({ verdict, distinct, generated, depth, outDegree }).toEqual({
      verdict: "violated",
      distinct: 2,
      generated: 2,
      depth: 1,
      outDegree: null,
    });
    expect(pathOf({ trace })).toEqual([4]);
  });

  it("speaks of a true antecedent, and of a false one only where it was never true", () => {
    const graph: Graph = { initial: [0], actions: { Go: chain }, bad: [9], terminates: true };
    expect(explore({ ...graph, when: [4] }).vacuous).toEqual([]);
    expect(explore({ ...graph, when: [5] }).vacuous).toEqual(["Safe"]);
    expect(explore(graph).vacuous).toEqual([]);
  });

  it("checks a step invariant where its antecedent is true, and only there", () => {
    const counters = protocol("Stepping", { constants: {}, state: () => record({ n: integer(0, 3) }) });
    const next = counters.action("Next", {
      says: "",
      guard: (s) => s.n < 3,
      effect: (s) => {
        s.n += 1;
      },
    });
    const outcomeWhen = (from: number): Outcome => {
      const never = counters.stepInvariant("Never", {
        says: "",
        when: (before) => before.n === from,
        holds: () => false,
      });
      const spec = counters.spec({ says: "", actions: [next], properties: [never], terminates: true });
      return ended(breadthFirst(modelOf({ name: "stepping", says: "", spec }), {}, world));
    };
    expect(outcomeWhen(2)).toMatchObject({ verdict: "violated", trace: { length: 4 }, vacuous: [] });
    expect(outcomeWhen(3)).toMatchObject({ verdict: "holds", vacuous: ["Never"] });
  });

  it("checks a state that a constraint keeps out, and does not go on from it", () => {
    const graph: Graph = { initial: [0], actions: { Go: chain }, outside: [2], terminates: true };
    const { verdict, trace } = explore({ ...graph, bad: [2] });
    expect([verdict, pathOf({ trace })]).toEqual(["violated", [0, 1, 2]]);
    expect(explore({ ...graph, bad: [3] }).verdict).toBe("holds");
  });

  it("leaves out-degrees empty where nothing was expanded", () => {
    expect(explore({ initial: [], actions: {} }).outDegree).toBeNull();
    expect(explore({ initial: [0], actions: {}, terminates: true }).outDegree).toEqual({
      min: 0,
      max: 0,
      mean: 0,
      p95: 0,
    });
  });
});

describe("the progress of a breadth-first run", () => {
  it("comes every 64 states, with the level being expanded", () => {
    // Level one: 0. Level two: 1, 2, ... 63. Nothing more.
    const fan = Array.from({ length: 63 }, (_, node) => [0, node + 1] as const);
    const back = Array.from({ length: 63 }, (_, node) => [node + 1, 0] as const);
    const seen: Progress[] = [];
    ended(breadthFirst(graphModel({ initial: [0], actions: { Go: [...fan, ...back] } }), {}, world), (progress) => {
      seen.push(progress);
      return undefined;
    });
    expect(seen).toEqual([
      { distinct: 1, generated: 1, depth: 1, queue: 1, levelDone: 0, levelSize: 1 },
      { distinct: 64, generated: 127, depth: 2, queue: 0, levelDone: 63, levelSize: 63 },
    ]);
  });
});

const counters = protocol("Counter", {
  constants: {},
  state: () => record({ a: integer(0, 9), n: integer(0, 2), seen: set(integer(0, 2)) }),
});
const increment = counters.action("Increment", {
  says: "Counts.",
  effect: (s) => {
    s.a = 7;
    s.n += 1;
  },
});
const broken = (): never => {
  throw new TypeError("it broke");
};
const state = (n: number): unknown => expect.objectContaining({ n });
type Parts = Partial<Parameters<typeof counters.spec>[0]>;

/** Explores a counter that fails, and tells where and after what. */
function failureOf(parts: Parts): unknown {
  const spec = counters.spec({ says: "", actions: [increment], properties: [], ...parts });
  const outcome = ended(breadthFirst(modelOf({ name: "counter", spec, says: "" }), {}, world));
  if (outcome.finding?.kind !== "error") throw new Error("the run found no error");
  const { part, of, choice, message, tryThis } = outcome.finding.error;
  const states = outcome.trace.map((step) => step.state);
  return { verdict: outcome.verdict, part, of, choice, message, tryThis, states };
}

describe("an error of the spec", () => {
  const beyond = (n: number) => (s: { readonly n: number }) => (s.n === n ? broken() : true);

  it("in an effect that leaves a bound ends the run, with the behaviour up to the state where it was taken", () => {
    expect(failureOf({})).toEqual({
      verdict: "failed",
      part: "action",
      of: "Increment",
      choice: {},
      message: new BoundError("n", "3", "0..2").message,
      tryThis: new BoundError("n", "3", "0..2").tryThis,
      states: [state(0), state(1), state(2)],
    });
  });

  it("in a guard or an effect names the parameters", () => {
    const faulty = counters.action("Faulty", {
      says: "",
      params: () => ({ by: integer(4, 5), one: counters.found((s) => s.seen.union([2])) }),
      guard: (_, { by }) => by === 5,
      effect: broken,
    });
    expect(failureOf({ actions: [faulty] })).toEqual({
      verdict: "failed",
      part: "action",
      of: "Faulty",
      choice: { by: 5, one: 2 },
      message: "it broke",
      tryThis: null,
      states: [state(0)],
    });
  });

  it("in a property, a constraint or the view comes with the behaviour to the state that it failed in", () => {
    const failing: readonly (readonly [string, string, Parts])[] = [
      ["invariant", "Bad", { properties: [counters.invariant("Bad", { says: "", holds: beyond(2) })] }],
      [
        "invariant",
        "When",
        { properties: [counters.invariant("When", { says: "", when: beyond(2), holds: () => true })] },
      ],
      [
        "step",
        "Step",
        { properties: [counters.stepInvariant("Step", { says: "", holds: (_, after) => beyond(2)(after) })] },
      ],
      ["reachable", "Goal", { properties: [counters.reachable("Goal", { says: "", goal: (s) => !beyond(2)(s) })] }],
      [
        "constraint",
        "Bound",
        { properties: [], constraints: [counters.stateConstraint("Bound", { says: "", within: beyond(2) })] },
      ],
      ["view", "view", { view: (s) => beyond(2)(s) && s.n }],
    ];
    for (const [part, of, parts] of failing) {
      expect(failureOf(parts), part).toEqual({
        verdict: "failed",
        part,
        of,
        choice: {},
        message: "it broke",
        tryThis: null,
        states: [state(0), state(1), state(2)],
      });
    }
  });

  it("in a found parameter comes with the state that was looked into", () => {
    const found = counters.action("Found", {
      says: "",
      params: () => ({ one: counters.found((s) => (beyond(1)(s) ? [1] : [])) }),
      effect: (s) => {
        s.n = 1;
      },
    });
    expect(failureOf({ actions: [found] })).toEqual({
      verdict: "failed",
      part: "parameter",
      of: "Found.one",
      choice: {},
      message: "it broke",
      tryThis: null,
      states: [state(0), state(1)],
    });
  });

  it("in the initial state has no behaviour before it", () => {
    const init = { effect: broken };
    expect(failureOf({ init })).toMatchObject({ part: "action", of: "Init", states: [] });
    const bad = counters.invariant("Bad", { says: "", holds: broken });
    expect(failureOf({ properties: [bad] })).toMatchObject({ part: "invariant", of: "Bad", states: [state(0)] });
  });

  it("keeps what was thrown as its cause", () => {
    const cause = new RangeError("deep");
    const error = new EvaluationError("action", "Go", {}, cause);
    expect([error.cause, error.message, error.name]).toEqual([cause, "deep", "EvaluationError"]);
    expect(new EvaluationError("action", "Go", {}, "a text").message).toBe("a text");
  });
});
