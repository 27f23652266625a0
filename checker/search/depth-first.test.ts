import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breadthFirst, depthFirst, type Limits, type Outcome } from "../index.ts";
import { anyGraph, type Graph, graphModel } from "../reference/graph-model.suite.ts";
import { anyDrawn, modelOfDrawn } from "./drawn.suite.ts";
import { ended } from "./ended.suite.ts";
import { comparable, expectBehaviour, expectFindingAtEnd, reachedGoals } from "./engine.suite.ts";
import { DepthFirst } from "./frontier.ts";
import { anyProgram, programModel } from "./random-program.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

function deep(graph: Graph, limits: Limits): Outcome {
  return ended(depthFirst(graphModel(graph), limits, world));
}

function pathOf({ trace }: Outcome): readonly number[] {
  return trace.map(({ state }) => (state as { at: number }).at);
}

/** A long way 0, 1, 2, 3, 4, taken first, and a short cut from 0 to 3; 5 lies behind 4. */
const detour: Graph = {
  initial: [0],
  actions: {
    Short: [
      [0, 3],
      [3, 4],
      [4, 5],
    ],
    Long: [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  },
  terminates: true,
};

describe("a depth-first run", () => {
  it("without a bound exhausts the model and counts what breadth-first counts", () => {
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        const model = modelOfDrawn(drawn);
        // Behind a view, what is found depends on which of the states that look alike comes first.
        fc.pre(model.spec.view === null);
        const wide = ended(breadthFirst(model, {}, world));
        const long = ended(depthFirst(model, {}, world));
        // Where there is more than one thing to find, the order decides which is found.
        expect(long.finding === null).toBe(wide.finding === null);
        if (wide.finding !== null) return;
        expect([long.verdict, long.distinct, long.generated, long.stopped, long.vacuous, reachedGoals(long)]).toEqual([
          "holds",
          wide.distinct,
          // Each state was expanded once.
          wide.generated,
          null,
          wide.vacuous,
          reachedGoals(wide),
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it("finds a deep violation, and does not call its trace a shortest one", () => {
    const outcome = deep({ ...detour, bad: [5] }, {});
    expect([outcome.verdict, outcome.mode, outcome.shortest, outcome.stopped]).toEqual([
      "violated",
      "depth-first",
      false,
      null,
    ]);
    expect(pathOf(outcome).at(-1)).toBe(5);
  });

  it("goes on again from a state that it meets again at a smaller depth", () => {
    // The long way comes first, for the last offered is the first taken; it ends at 3, on level 4, the bound.
    const within = deep({ ...detour, bad: [5] }, { depth: 4 });
    expect([within.verdict, within.finding?.kind]).toEqual(["violated", "invariant"]);
    // On three levels 2 and 4 are the last that can be seen, and 5 is not.
    const without = deep({ ...detour, bad: [5] }, { depth: 3 });
    expect([without.verdict, without.stopped]).toEqual(["incomplete", { by: "depth", limit: 3, frontier: 2 }]);
  });

  it("says that it was cut where the bound kept a state from being expanded, and only there", () => {
    // 0, 1 or 3, 2 or 4, 5: four levels. The last level is not looked behind.
    expect(deep(detour, { depth: 4 }).stopped).toEqual({ by: "depth", limit: 4, frontier: 1 });
    expect(deep(detour, { depth: 5 })).toMatchObject({ verdict: "holds", stopped: null, distinct: 6 });
  });

  it("never holds where its bound cut a level off, and finds all that lies within the bound", () => {
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 1, max: 6 }), (graph, depth) => {
        const wide = ended(breadthFirst(graphModel(graph), { depth }, world));
        const long = deep(graph, { depth });
        const { model, trace } = long;
        expect(long.verdict).toBe(wide.verdict);
        if (long.verdict !== "violated") {
          expect([long.distinct, long.stopped]).toEqual([wide.distinct, wide.stopped]);
        }
        expectBehaviour(model, trace);
        expectFindingAtEnd(long);
      }),
      { numRuns: 500 },
    );
  });

  it("never holds in a program either", () => {
    fc.assert(
      fc.property(anyProgram, fc.integer({ min: 1, max: 8 }), (program, depth) => {
        const model = programModel({ ...program, view: false });
        const [wide, long] = [breadthFirst(model, { depth }, world), depthFirst(model, { depth }, world)].map((run) =>
          ended(run),
        );
        if (wide === undefined || long === undefined) throw new Error("two runs were made");
        const found = (outcome: Outcome): boolean => outcome.finding !== null;
        expect(found(long)).toBe(found(wide));
        if (!found(long)) expect([long.distinct, long.stopped]).toEqual([wide.distinct, wide.stopped]);
        expectBehaviour(model, long.trace);
      }),
      { numRuns: 150 },
    );
  });

  it("finds the same twice", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expect(comparable(deep(graph, { depth: 4 }))).toEqual(comparable(deep(graph, { depth: 4 })));
      }),
    );
  });
});

describe("the depth-first frontier", () => {
  it("takes the last offered first", () => {
    const frontier = new DepthFirst(9);
    for (const [node, depth] of [
      [0, 1],
      [1, 1],
      [2, 2],
    ] as const) {
      frontier.offer(node, depth);
    }
    expect([frontier.size, frontier.take(), frontier.take(), frontier.take(), frontier.take(), frontier.size]).toEqual([
      3,
      { node: 2, depth: 2 },
      { node: 1, depth: 1 },
      { node: 0, depth: 1 },
      null,
      0,
    ]);
  });

  it("takes a node again that is offered at a smaller depth, and once for each depth", () => {
    const frontier = new DepthFirst(9);
    frontier.offer(0, 5);
    frontier.offer(0, 3);
    frontier.offer(0, 4);
    expect([frontier.take(), frontier.take()]).toEqual([{ node: 0, depth: 3 }, null]);
    frontier.offer(0, 3);
    expect(frontier.take()).toBeNull();
    frontier.offer(0, 2);
    expect(frontier.take()).toEqual({ node: 0, depth: 2 });
  });

  it("counts a node as cut until it is offered at a depth within the bound", () => {
    const frontier = new DepthFirst(4);
    frontier.offer(0, 4);
    frontier.offer(1, 6);
    expect([frontier.cut, frontier.take()]).toEqual([2, null]);
    frontier.offer(1, 5);
    expect([frontier.cut, frontier.take()]).toEqual([2, null]);
    frontier.offer(1, 3);
    expect([frontier.cut, frontier.take()]).toEqual([1, { node: 1, depth: 3 }]);
  });
});
