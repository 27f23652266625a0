import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breadthFirst, type Outcome, simulate, type WalkOptions } from "../index.ts";
import { type Graph, graphModel } from "../reference/graph-model.suite.ts";
import { ended } from "./ended.suite.ts";
import { comparable, expectBehaviour, expectFindingAtEnd, surveyOf } from "./engine.suite.ts";
import { RandomWalks, seededRandom } from "./frontier.ts";
import { anyProgram, programModel } from "./random-program.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
const chain = Array.from({ length: 10 }, (_, node) => [node, node + 1] as const);
const ring: Graph = { initial: [0], actions: { Go: Array.from({ length: 8 }, (_, node) => [node, (node + 1) % 8]) } };

function walk(graph: Graph, options: Partial<WalkOptions>): Outcome {
  return ended(simulate(graphModel(graph), { seed: 1, walks: 5, lengthMax: 100, ...options }, {}, world));
}

describe("a simulation", () => {
  it("ends when its walks are done, and never says that anything holds", () => {
    const outcome = walk({ initial: [0], actions: { Go: chain }, terminates: true }, { walks: 7 });
    const { mode, verdict, stopped, walks, distinct, generated, depth, shortest, finding } = outcome;
    expect({ mode, verdict, stopped, walks, distinct, generated, depth, shortest, finding }).toEqual({
      mode: "simulation",
      verdict: "incomplete",
      stopped: { by: "walks", limit: 7, frontier: 0 },
      walks: { walks: 7, lengthMin: 10, lengthMean: 10, lengthMax: 10 },
      distinct: 11,
      generated: 1 + 7 * 10,
      depth: 11,
      shortest: false,
      finding: null,
    });
  });

  it("cuts its walks at the length that it was given", () => {
    expect(walk(ring, { walks: 3, lengthMax: 5 }).walks).toEqual({
      walks: 3,
      lengthMin: 5,
      lengthMean: 5,
      lengthMax: 5,
    });
    expect(walk(ring, { walks: 2, lengthMax: 0 }).walks).toEqual({
      walks: 2,
      lengthMin: 0,
      lengthMean: 0,
      lengthMax: 0,
    });
  });

  it("gives shortest, longest and mean length of walks that end by themselves", () => {
    // Half of the walks end at once, at 9; the others go on one step, to 8.
    const fork: Graph = {
      initial: [0],
      actions: {
        Go: [
          [0, 9],
          [0, 1],
          [1, 8],
        ],
      },
      terminates: true,
    };
    const { walks } = walk(fork, { walks: 1_000 });
    expect({ ...walks, lengthMean: 0 }).toEqual({ walks: 1_000, lengthMin: 1, lengthMean: 0, lengthMax: 2 });
    expect(walks?.lengthMean).toBeGreaterThan(1.4);
    expect(walks?.lengthMean).toBeLessThan(1.6);
  });

  it("has no lengths where no walk was made", () => {
    expect(walk(ring, { walks: 0 })).toMatchObject({ verdict: "incomplete", walks: null });
    expect(walk({ initial: [], actions: {} }, {})).toMatchObject({ verdict: "incomplete", walks: null, distinct: 0 });
  });

  it("begins its walks in any of the initial states", () => {
    const apart: Graph = {
      initial: [0, 20, 40],
      actions: {
        Go: [
          [0, 1],
          [20, 21],
          [40, 41],
        ],
      },
      terminates: true,
    };
    expect(walk(apart, { walks: 100 }).distinct).toBe(6);
  });

  it("finds a violation, with a behaviour that ends in it", () => {
    const outcome = walk({ initial: [0], actions: { Go: chain }, bad: [6] }, {});
    expect([outcome.verdict, outcome.finding?.kind, outcome.trace.length, outcome.stopped]).toEqual([
      "violated",
      "invariant",
      7,
      null,
    ]);
  });

  it("finds deadlocks, false steps and errors too, each with a behaviour that the spec allows", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(anyProgram, fc.integer(), (program, seed) => {
        const outcome = ended(simulate(programModel(program), { seed, walks: 4, lengthMax: 12 }, {}, world));
        kinds.add(outcome.finding?.kind ?? outcome.verdict);
        expectBehaviour(outcome.model, outcome.trace);
        expectFindingAtEnd(outcome);
      }),
      { numRuns: 300 },
    );
    expect([...kinds].sort()).toEqual(["deadlock", "error", "incomplete", "invariant", "step"]);
  });

  it("sees only states of the model, and in the end all of a small one", () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const model = { ...programModel({ ...program, view: false, deadlock: false }), properties: [] };
        const outcome = ended(simulate(model, { seed: 7, walks: 3, lengthMax: 10 }, {}, world));
        if (ended(breadthFirst(model, {}, world)).finding !== null) return;
        expect(outcome.distinct).toBeLessThanOrEqual(surveyOf(model).states.length);
      }),
    );
    expect(walk(ring, { walks: 1, lengthMax: 8 }).distinct).toBe(8);
  });

  it("with one seed finds the same twice, and with others walks elsewhere", () => {
    fc.assert(
      fc.property(anyProgram, fc.integer(), (program, seed) => {
        const run = (): unknown =>
          comparable(ended(simulate(programModel(program), { seed, walks: 3, lengthMax: 10 }, {}, world)));
        expect(JSON.stringify(run())).toBe(JSON.stringify(run()));
      }),
      { numRuns: 100 },
    );
    const branching: Graph = {
      initial: [0],
      actions: {
        Go: Array.from(
          { length: 40 },
          (_, edge) => [edge % 20, (edge * 7 + 3 * Math.floor(edge / 20) + 1) % 20] as const,
        ),
      },
    };
    const lengths = Array.from({ length: 20 }, (_, seed) => walk(branching, { seed, walks: 1, lengthMax: 6 }).distinct);
    expect(new Set(lengths).size).toBeGreaterThan(1);
  });

  it("has no use for a bound on depth", () => {
    const run = simulate(graphModel(ring), { seed: 1, walks: 2, lengthMax: 5 }, { depth: 1 }, world);
    expect(ended(run).stopped).toEqual({ by: "walks", limit: 2, frontier: 0 });
  });

  it("can be stopped by its other limits", () => {
    const run = simulate(graphModel(ring), { seed: 1, walks: 50, lengthMax: 50 }, { states: 8 }, world);
    expect(ended(run)).toMatchObject({ verdict: "incomplete", stopped: { by: "states", limit: 8 } });
  });
});

describe("the random numbers of a seed", () => {
  it("are the same everywhere", () => {
    const random = seededRandom(42);
    const numbers = Array.from({ length: 5 }, () => Math.floor(random() * 1_000_000));
    expect(numbers).toEqual([601103, 448290, 852465, 669734, 174813]);
  });

  it("lie from zero to below one, and spread evenly", () => {
    const random = seededRandom(-7);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const number = random();
      expect(number >= 0 && number < 1).toBe(true);
      counts[Math.floor(number * 10)] = (counts[Math.floor(number * 10)] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect(Math.max(...counts)).toBeLessThan(1_100);
  });
});

describe("the frontier of random walks", () => {
  it("forgets the ways that it did not take", () => {
    const frontier = new RandomWalks(() => 0.99, 2, 10);
    frontier.offer(0, 1);
    frontier.offer(1, 1);
    expect([frontier.size, frontier.take()]).toEqual([2, { node: 1, depth: 1 }]);
    for (const node of [2, 3, 4]) frontier.offer(node, 2);
    expect([frontier.size, frontier.take()]).toEqual([3, { node: 4, depth: 2 }]);
    // Nothing is offered: the walk ends after one step, and the next begins.
    expect([frontier.size, frontier.take(), frontier.lengths]).toEqual([2, { node: 1, depth: 1 }, [1]]);
    expect([frontier.take(), frontier.lengths, frontier.size]).toEqual([null, [1, 0], 0]);
  });
});
