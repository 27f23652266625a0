import { describe, expect, it } from "vitest";
import {
  BoundError,
  bag,
  boolean,
  count,
  id,
  ids,
  instantiate,
  integer,
  map,
  protocol,
  record,
} from "../../spec/lang/index.ts";
import { breadthFirst, check, EvaluationError, type ReferenceResult } from "../index.ts";
import { type Graph, graphModel, modelOf } from "./graph-model.suite.ts";

interface Numbers {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

const unviolated = { verdict: "holds", violated: null, trace: null, reached: [] } as const;

function holds(numbers: Numbers): ReferenceResult {
  return { ...unviolated, ...numbers };
}

/** The nodes of the counterexample, and the actions that led to each. */
function pathOf({ trace }: ReferenceResult): readonly (readonly [action: string, node: number])[] {
  return (trace ?? []).map(({ action, state }) => [action, (state as { at: number }).at]);
}

/** 0 to 1 and 2, both to 3. */
const diamond = {
  Left: [
    [0, 1],
    [1, 3],
  ],
  Right: [
    [0, 2],
    [2, 3],
  ],
} as const;

describe("the numbers of a run", () => {
  it("count one state, generated once, on one level, where nothing ever happens", () => {
    const model = graphModel({ initial: [5], actions: {}, terminates: true });
    expect(check(model)).toEqual(holds({ distinct: 1, generated: 1, depth: 1 }));
  });

  it("count nothing where there is no initial state", () => {
    const model = graphModel({ initial: [], actions: diamond });
    expect(check(model)).toEqual(holds({ distinct: 0, generated: 0, depth: 0 }));
  });

  it("count a state once that is reached in two ways, and each way as generated", () => {
    // 0; then 1 and 2; then 3 from both: five generated, four distinct, three levels.
    const model = graphModel({ initial: [0], actions: diamond, terminates: true });
    expect(check(model)).toEqual(holds({ distinct: 4, generated: 5, depth: 3 }));
  });

  it("count a self-loop as generated, and it is no deadlock", () => {
    const model = graphModel({
      initial: [0],
      actions: {
        Go: [
          [0, 1],
          [1, 1],
        ],
      },
    });
    expect(check(model)).toEqual(holds({ distinct: 2, generated: 3, depth: 2 }));
  });

  it("count each choice that leads to the same state", () => {
    // Two parameters of Go, and Again, lead from 0 to 1; from 1 one way leads back.
    const model = graphModel({
      initial: [0],
      actions: {
        Go: [
          [0, 1],
          [0, 1],
        ],
        Again: [
          [0, 1],
          [1, 0],
        ],
      },
    });
    expect(check(model)).toEqual(holds({ distinct: 2, generated: 1 + 3 + 1, depth: 2 }));
  });

  it("count each choice of an initial state, and the levels from the nearest of them", () => {
    // 0 twice and 2 at first; 0 to 1, 2 to 3, 1 to 2, 3 to 3: states 0, 2 then 1, 3.
    const model = graphModel({
      initial: [0, 2, 0],
      actions: {
        Go: [
          [0, 1],
          [2, 3],
          [1, 2],
          [3, 3],
        ],
      },
    });
    expect(check(model)).toEqual(holds({ distinct: 4, generated: 3 + 2 + 2, depth: 2 }));
  });

  it("count the levels of a chain by shortest distance", () => {
    // 0 to 5 one by one, and a shortcut from 0 to 4.
    const chain = [0, 1, 2, 3, 4].map((node) => [node, node + 1] as const);
    const model = graphModel({ initial: [0], actions: { Go: chain, Skip: [[0, 4]] }, terminates: true });
    expect(check(model)).toEqual(holds({ distinct: 6, generated: 7, depth: 4 }));
  });
});

describe("a constraint, as TLC means it", () => {
  const chain = [0, 1, 2, 3].map((node) => [node, node + 1] as const);

  it("counts a state outside as generated, and neither counts it as distinct nor goes on from it", () => {
    const model = graphModel({ initial: [0], actions: { Go: chain }, outside: [2] });
    // 0, 1 inside; 2 is generated, kept out, and neither 3 nor a deadlock is found behind it.
    expect(check(model)).toEqual(holds({ distinct: 2, generated: 3, depth: 2 }));
  });

  it("checks the invariants of a state outside, each time that it is generated", () => {
    const model = graphModel({ initial: [0], actions: { Go: chain }, outside: [2], bad: [2] });
    const result = check(model);
    expect(pathOf(result)).toEqual([
      ["Init", 0],
      ["Go", 1],
      ["Go", 2],
    ]);
    expect({ ...result, trace: null }).toEqual({
      ...unviolated,
      verdict: "violated",
      violated: "Safe",
      distinct: 2,
      generated: 3,
      depth: 2,
    });
  });

  it("keeps an initial state out too, after checking it", () => {
    const outside: Graph = { initial: [0, 4], actions: { Go: [...chain, [4, 4]] }, outside: [0] };
    expect(check(graphModel(outside))).toEqual(holds({ distinct: 1, generated: 3, depth: 1 }));
    const { verdict, violated, distinct, generated, depth } = check(graphModel({ ...outside, bad: [0] }));
    expect({ verdict, violated, distinct, generated, depth }).toEqual({
      verdict: "violated",
      violated: "Safe",
      distinct: 0,
      generated: 1,
      depth: 0,
    });
  });

  it("meets goals in a state outside", () => {
    const model = graphModel({ initial: [0], actions: { Go: chain }, outside: [2], goals: { Two: [2], Three: [3] } });
    expect(check(model).reached).toEqual(["Two"]);
  });

  it("on actions keeps out the transition, and not the state that another transition reaches", () => {
    const actions = {
      Go: [
        [0, 1],
        [0, 2],
        [1, 2],
        [2, 2],
      ],
    } as const;
    const model = graphModel({ initial: [0], actions, outsideSteps: [[0, 2]] });
    expect(check(model)).toEqual(holds({ distinct: 3, generated: 5, depth: 3 }));
    expect(check(graphModel({ initial: [0], actions }))).toEqual(holds({ distinct: 3, generated: 5, depth: 2 }));
  });

  it("on actions says nothing of initial states", () => {
    const model = graphModel({ initial: [1], actions: { Go: [[1, 1]] }, outsideSteps: [[1, 1]] });
    expect(check(model)).toEqual(holds({ distinct: 1, generated: 2, depth: 1 }));
  });

  it("leaves a transition outside subject to step invariants", () => {
    const model = graphModel({ initial: [0], actions: { Go: chain }, outsideSteps: [[0, 1]], badSteps: [[0, 1]] });
    expect(check(model).violated).toBe("SafeStep");
  });

  it("is no deadlock where every way on leads outside", () => {
    const model = graphModel({ initial: [0], actions: { Go: [[0, 1]] }, outside: [1] });
    expect(check(model)).toEqual(holds({ distinct: 1, generated: 2, depth: 1 }));
  });
});

describe("a deadlock", () => {
  it("is a state without successors, and the behaviour to it is a shortest one", () => {
    const model = graphModel({ initial: [0], actions: diamond });
    const result = check(model);
    expect({ ...result, trace: null }).toEqual({
      ...unviolated,
      verdict: "violated",
      violated: "deadlock",
      distinct: 4,
      generated: 5,
      depth: 3,
    });
    expect(pathOf(result)).toEqual([
      ["Init", 0],
      ["Left", 1],
      ["Left", 3],
    ]);
  });

  it("is no violation where the spec terminates or the model does not look for it", () => {
    const holding = holds({ distinct: 4, generated: 5, depth: 3 });
    expect(check(graphModel({ initial: [0], actions: diamond, terminates: true }))).toEqual(holding);
    expect(check(graphModel({ initial: [0], actions: diamond }, { deadlock: false }))).toEqual(holding);
    expect(check(graphModel({ initial: [0], actions: diamond, terminates: true }, { deadlock: true })).violated).toBe(
      "deadlock",
    );
  });
});

describe("an invariant", () => {
  it("is checked in initial states", () => {
    const result = check(graphModel({ initial: [0, 3], actions: diamond, bad: [3] }));
    expect([result.verdict, result.violated, result.generated]).toEqual(["violated", "Safe", 2]);
    expect(pathOf(result)).toEqual([["Init", 3]]);
  });

  it("is violated by a shortest behaviour", () => {
    const long = [0, 1, 2, 3, 4].map((node) => [node, node + 1] as const);
    const short = [
      [0, 10],
      [10, 5],
    ] as const;
    const result = check(
      graphModel({ initial: [0], actions: { Long: long, Short: short }, bad: [5], terminates: true }),
    );
    expect(pathOf(result)).toEqual([
      ["Init", 0],
      ["Short", 10],
      ["Short", 5],
    ]);
  });

  it("gives each step of a counterexample with its parameters", () => {
    const result = check(graphModel({ initial: [7, 0], actions: { Go: [[0, 1]] }, bad: [1], terminates: true }));
    expect(result.trace).toEqual([
      { action: "Init", choice: { start: 1 }, state: { at: 0 } },
      { action: "Go", choice: { edge: 0 }, state: { at: 1 } },
    ]);
  });

  it("speaks only where its antecedent is true", () => {
    const graph: Graph = { initial: [0], actions: diamond, bad: [1, 2], terminates: true };
    expect(check(graphModel({ ...graph, when: [0, 3] })).verdict).toBe("holds");
    expect(check(graphModel({ ...graph, when: [2] })).trace?.at(-1)?.state).toEqual({ at: 2 });
  });
});

describe("a step invariant", () => {
  it("is checked on every transition, to states known already too", () => {
    const actions = {
      Go: [
        [0, 1],
        [1, 0],
      ],
    } as const;
    const result = check(graphModel({ initial: [0], actions, badSteps: [[1, 0]] }));
    expect([result.verdict, result.violated, result.distinct, result.generated]).toEqual([
      "violated",
      "SafeStep",
      2,
      3,
    ]);
    expect(pathOf(result)).toEqual([
      ["Init", 0],
      ["Go", 1],
      ["Go", 0],
    ]);
  });

  it("is checked on self-loops", () => {
    const result = check(graphModel({ initial: [0], actions: { Stay: [[0, 0]] }, badSteps: [[0, 0]] }));
    expect(pathOf(result)).toEqual([
      ["Init", 0],
      ["Stay", 0],
    ]);
  });
});

describe("a reachable goal", () => {
  it("is named where some state meets it, initial states among them", () => {
    const goals = { Start: [0], Never: [9], End: [3], Both: [1, 2] };
    expect(check(graphModel({ initial: [0], actions: diamond, goals, terminates: true })).reached).toEqual([
      "Both",
      "End",
      "Start",
    ]);
  });
});

describe("a view", () => {
  it("makes states count as one, and the first of them goes on", () => {
    // 0 to 7 in a ring of eight, seen modulo four: 0, 1, 2, 3, and 4 looks like 0.
    const ring = Array.from({ length: 8 }, (_, node) => [node, (node + 1) % 8] as const);
    expect(check(graphModel({ initial: [0], actions: { Go: ring } }))).toEqual(
      holds({ distinct: 8, generated: 9, depth: 8 }),
    );
    expect(check(graphModel({ initial: [0], actions: { Go: ring }, viewModulo: 4 }))).toEqual(
      holds({ distinct: 4, generated: 5, depth: 4 }),
    );
  });
});

const colours = protocol("Colours", {
  constants: {
    Node: ids("n", { default: 3, says: "the nodes" }),
    Colours: count({ default: 2, min: 1, says: "how many colours" }),
  },
  state: (c) => record({ colour: map(id(c.Node), integer(1, c.Colours)), network: bag(id(c.Node), { copies: 2 }) }),
});

const colouring = colours.spec({
  says: "Nodes take any colour at any time.",
  actions: [
    colours.action("Paint", {
      says: "A node takes a colour.",
      params: (c) => ({ node: id(c.Node), colour: integer(1, c.Colours) }),
      effect: (s, { node, colour }) => s.colour.set(node, colour),
    }),
  ],
  properties: [],
  symmetry: ["Node"],
});

const delivery = colours.spec({
  says: "Messages are sent twice at most, and each copy is received.",
  actions: [
    colours.action("Send", {
      says: "A node sends.",
      params: (c) => ({ node: id(c.Node) }),
      guard: (s, { node }) => s.network.copies(node) < 2,
      effect: (s, { node }) => s.network.add(node),
    }),
    colours.action("Receive", {
      says: "One copy of a message is received.",
      params: () => ({ from: colours.found((s) => s.network) }),
      effect: (s, { from }) => s.network.remove(from),
    }),
  ],
  properties: [],
  symmetry: ["Node"],
});

describe("symmetry", () => {
  it("counts orbits: of the colourings of three nodes, those with different numbers of each colour", () => {
    for (const [nodes, colourCount, all, orbits] of [
      [3, 2, 8, 4],
      [4, 2, 16, 5],
      [3, 3, 27, 10],
    ] as const) {
      const declaration = { name: "colours", spec: colouring, says: "", set: { Node: nodes, Colours: colourCount } };
      // Every state has a successor for each node and colour.
      const generated = (distinct: number): number => 1 + distinct * nodes * colourCount;
      expect(check(modelOf(declaration))).toEqual(
        holds({ distinct: all, generated: generated(all), depth: nodes + 1 }),
      );
      expect(check(modelOf({ ...declaration, symmetry: true }))).toEqual(
        holds({ distinct: orbits, generated: generated(orbits), depth: nodes + 1 }),
      );
    }
  });

  it("counts the bags of two nodes with up to two copies each", () => {
    const declaration = { name: "delivery", spec: delivery, says: "", set: { Node: 2, Colours: 1 } };
    // Nine bags. A node with fewer than two copies can send (6 of 9, for each node), one with any can be received.
    expect(check(modelOf(declaration))).toEqual(holds({ distinct: 9, generated: 1 + 12 + 12, depth: 5 }));
    // Six orbits {0,0} {0,1} {0,2} {1,1} {1,2} {2,2}: they send 2+2+1+2+1+0 and receive 0+1+1+2+2+2.
    expect(check(modelOf({ ...declaration, symmetry: true }))).toEqual(
      holds({ distinct: 6, generated: 1 + 8 + 8, depth: 5 }),
    );
  });

  it("looks through a view, which is taken of every renaming", () => {
    const spec = { ...colouring, view: (s: unknown) => (s as { colour: unknown }).colour };
    const declaration = { name: "colours", spec, says: "", set: { Node: 3, Colours: 2 } };
    expect(check(modelOf(declaration)).distinct).toBe(8);
    expect(check(modelOf({ ...declaration, symmetry: true })).distinct).toBe(4);
  });

  it("is refused of a constant that is no set of ids", () => {
    const spec = { ...colouring, symmetry: ["Colours"] };
    expect(() => check(modelOf({ name: "colours", spec, says: "", symmetry: true }))).toThrow(
      "Colours: Colours is declared symmetric but is not an id set",
    );
  });
});

describe("an error of the spec", () => {
  const counters = protocol("Counter", { constants: {}, state: () => record({ n: integer(0, 2) }) });
  const increment = counters.action("Increment", {
    says: "Counts.",
    params: () => ({ by: integer(1, 2) }),
    effect: (s, { by }) => {
      s.n += by;
    },
  });
  const broken = (): never => {
    throw new TypeError("it broke");
  };
  const thrown = (run: () => unknown): unknown => {
    try {
      run();
    } catch (error) {
      return error;
    }
    throw new Error("nothing was thrown");
  };

  it("comes out with the bound that was left", () => {
    const model = modelOf({
      name: "counter",
      says: "",
      spec: counters.spec({ says: "", actions: [increment], properties: [] }),
    });
    expect(thrown(() => check(model))).toEqual(new BoundError("n", "3", "0..2"));
  });

  it("comes out with the action and its parameters where an effect or a guard throws", () => {
    for (const faulty of [{ guard: broken }, { effect: broken }]) {
      const params = (): { by: ReturnType<typeof integer> } => ({ by: integer(1, 1) });
      const action = counters.action("Faulty", { says: "", params, effect: () => undefined, ...faulty });
      const model = modelOf({
        name: "m",
        says: "",
        spec: counters.spec({ says: "", actions: [action], properties: [] }),
      });
      const error = thrown(() => check(model));
      if (!(error instanceof EvaluationError)) throw error;
      const { part, of, choice, message, tryThis, cause } = error;
      expect({ part, of, choice, message, tryThis, cause }).toEqual({
        part: "action",
        of: "Faulty",
        choice: { by: 1 },
        message: "it broke",
        tryThis: null,
        cause: new TypeError("it broke"),
      });
    }
  });

  it("comes out with the parameter, the constraint or the view that throws", () => {
    const found = counters.action("Found", {
      says: "",
      params: () => ({ one: counters.found(broken) }),
      effect: () => undefined,
    });
    const bound = counters.stateConstraint("Bound", { says: "", within: broken });
    const specs = {
      "parameter Found.one": counters.spec({ says: "", actions: [found], properties: [] }),
      "constraint Bound": counters.spec({ says: "", actions: [], properties: [], constraints: [bound] }),
      "view view": counters.spec({ says: "", actions: [], properties: [], view: broken }),
    };
    for (const [name, spec] of Object.entries(specs)) {
      const error = thrown(() => check(modelOf({ name: "m", says: "", spec })));
      expect(error).toBeInstanceOf(EvaluationError);
      if (error instanceof EvaluationError) expect(`${error.part} ${error.of}`).toBe(name);
    }
  });
});

describe("a temporal property", () => {
  it("is refused: a verdict that passes over it would be wrong", () => {
    const lamp = protocol("Lamp", { constants: {}, state: () => record({ on: boolean() }) });
    const spec = lamp.spec({
      says: "A lamp.",
      actions: [
        lamp.action("Press", {
          says: "On or off.",
          effect: (s) => {
            s.on = !s.on;
          },
        }),
      ],
      properties: [lamp.alwaysEventually("Shines", { says: "It shines again and again.", goal: (s) => s.on })],
    });
    const model = instantiate({ name: "lamp", says: "", spec });
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const refusal = "lamp: Shines is temporal, and is not checked yet: choose the other properties";
    expect(() => check(model.value)).toThrow(refusal);
    expect(() => breadthFirst(model.value, {}, { now: () => 0, memoryBytes: () => 0 }).next()).toThrow(refusal);
  });
});
