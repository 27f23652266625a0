import { describe, expect, it } from "vitest";
import { integer, type Model, protocol, record } from "../../spec/lang/index.ts";
import { breadthFirst, depthFirst, type Limits, type Outcome, simulate, type World } from "../index.ts";
import { graphModel, modelOf } from "../reference/graph-model.suite.ts";
import { ended } from "./ended.suite.ts";
import { breadthFirstOn } from "./modes.ts";
import { ReferenceEngine } from "./reference-engine.ts";

const still: World = { now: () => 0, memoryBytes: () => 0 };

const grids = protocol("Grid", { constants: {}, state: () => record({ x: integer(0, 29), y: integer(0, 29) }) });

/** 900 states on 59 levels; each is reached from its left and from below. */
const grid: Model = modelOf({
  name: "grid",
  says: "A grid.",
  spec: grids.spec({
    says: "A grid.",
    actions: [
      grids.action("Right", {
        says: "To the right.",
        guard: (s) => s.x < 29,
        effect: (s) => {
          s.x += 1;
        },
      }),
      grids.action("Up", {
        says: "Up.",
        guard: (s) => s.y < 29,
        effect: (s) => {
          s.y += 1;
        },
      }),
    ],
    properties: [grids.invariant("NotThere", { says: "The corner stays dark.", holds: (s) => s.x + s.y < 58 })],
    terminates: true,
  }),
});
const safeGrid: Model = { ...grid, properties: [] };

/** Something that reads a thousand more each time: a second of a clock, or bytes of a meter. */
function moving(): () => number {
  let readings = 0;
  return () => {
    readings += 1;
    return readings * 1_000;
  };
}

/** Answers "stop" at this look, and goes on before. */
function stopAt(look: number): () => "stop" | undefined {
  let looks = 0;
  return () => {
    looks += 1;
    return looks === look ? "stop" : undefined;
  };
}

function stop({ verdict, stopped, finding }: Outcome): unknown {
  return { verdict, stopped, finding };
}

describe("a limit", () => {
  it("that is not reached changes nothing", () => {
    const limits: Limits = { states: 901, depth: 60, seconds: 1, memoryBytes: 1 };
    const free = ended(breadthFirst(safeGrid, {}, still));
    expect(ended(breadthFirst(safeGrid, limits, still))).toEqual(free);
    expect([free.verdict, free.stopped, free.distinct, free.depth]).toEqual(["holds", null, 900, 59]);
    expect(free.generated).toBe(1 + 2 * 29 * 30);
  });

  it("of states stops a run at the next look, with what is left", () => {
    const outcome = ended(breadthFirst(safeGrid, { states: 100 }, still));
    // The second look comes after 128 states: 120 of levels 1 to 15, and 8 of the 16 of level 16, which lead to 9 more.
    expect(stop(outcome)).toEqual({
      verdict: "incomplete",
      stopped: { by: "states", limit: 100, frontier: 8 + 9 },
      finding: null,
    });
    expect(outcome.distinct).toBe(120 + 16 + 9);
  });

  it("of states does not stop a run that has nothing left to do", () => {
    const ring = graphModel({ initial: [0], actions: { Stay: [[0, 0]] } });
    expect(ended(breadthFirst(ring, { states: 1 }, still)).stopped).toEqual({ by: "states", limit: 1, frontier: 1 });
    const fan = Array.from({ length: 63 }, (_, node) => [0, node + 1] as const);
    const star = graphModel({ initial: [0], actions: { Go: fan }, terminates: true });
    expect(stop(ended(breadthFirst(star, { states: 64 }, still)))).toEqual({
      verdict: "holds",
      stopped: null,
      finding: null,
    });
  });

  it("of the table of states stops a run like any other limit", () => {
    /** Keeps so many states as the table has room for. */
    class FullEngine extends ReferenceEngine {
      override get isFull(): boolean {
        return this.size >= 100;
      }
    }
    const outcome = ended(breadthFirstOn(new FullEngine(safeGrid), {}, still));
    expect(stop(outcome)).toEqual({
      verdict: "incomplete",
      stopped: { by: "states", limit: outcome.distinct, frontier: expect.any(Number) },
      finding: null,
    });
    expect(outcome.distinct).toBeLessThan(900);
  });

  it("of depth keeps the last level from being expanded, and its states are checked", () => {
    const outcome = ended(breadthFirst(grid, { depth: 5 }, still));
    expect(stop(outcome)).toEqual({
      verdict: "incomplete",
      stopped: { by: "depth", limit: 5, frontier: 5 },
      finding: null,
    });
    expect([outcome.distinct, outcome.depth, outcome.generated]).toEqual([15, 5, 1 + 2 * 10]);
    const there = ended(breadthFirst(grid, { depth: 59 }, still));
    expect([there.verdict, there.trace.length, there.stopped]).toEqual(["violated", 59, null]);
    expect(ended(breadthFirst(grid, { depth: 58 }, still)).verdict).toBe("incomplete");
  });

  it("of depth at the last level is still a limit, for what lies behind it was not looked at", () => {
    expect(ended(breadthFirst(safeGrid, { depth: 59 }, still)).stopped).toEqual({
      by: "depth",
      limit: 59,
      frontier: 1,
    });
    expect(ended(breadthFirst(safeGrid, { depth: 1 }, still))).toMatchObject({
      verdict: "incomplete",
      stopped: { by: "depth", limit: 1, frontier: 1 },
      distinct: 1,
      outDegree: null,
    });
  });

  it("of time stops a run when the clock has moved on", () => {
    const outcome = ended(breadthFirst(safeGrid, { seconds: 3 }, { ...still, now: moving() }));
    // Read once at the start (1 s), then at each look: 4 s is the third look, after 2 * 64 states.
    expect(outcome.stopped).toEqual({ by: "time", limit: 3, frontier: outcome.distinct - 128 });
    expect(outcome.verdict).toBe("incomplete");
  });

  it("of memory stops a run when the meter reads that much", () => {
    const outcome = ended(breadthFirst(safeGrid, { memoryBytes: 2_000 }, { ...still, memoryBytes: moving() }));
    expect(outcome.stopped).toEqual({ by: "memory", limit: 2_000, frontier: outcome.distinct - 64 });
    expect(outcome.verdict).toBe("incomplete");
  });

  it("that is not set is not measured", () => {
    const untouchable = (): never => {
      throw new Error("nobody asked");
    };
    expect(ended(breadthFirst(safeGrid, { states: 64 }, { now: () => 0, memoryBytes: untouchable })).verdict).toBe(
      "incomplete",
    );
  });

  it("does not hide a violation that was found before it", () => {
    const early = graphModel({ initial: [0, 1], actions: { Go: [[0, 0]] }, bad: [1] });
    expect(ended(breadthFirst(early, { states: 1, seconds: 0, memoryBytes: 0 }, still))).toMatchObject({
      verdict: "violated",
      stopped: null,
    });
  });
});

describe("an interrupt", () => {
  it("stops a run where it is, and the report says how much was left", () => {
    const outcome = ended(breadthFirst(safeGrid, {}, still), stopAt(3));
    expect(outcome.verdict).toBe("incomplete");
    expect(outcome.stopped).toEqual({ by: "interrupt", limit: null, frontier: outcome.distinct - 128 });
  });

  it("stops every kind of run at the first look", () => {
    const runs = [
      breadthFirst(safeGrid, {}, still),
      depthFirst(safeGrid, {}, still),
      simulate(safeGrid, { seed: 1, walks: 10, lengthMax: 10 }, {}, still),
    ];
    for (const run of runs) {
      const { mode, verdict, stopped, distinct } = ended(run, () => "stop");
      expect({ verdict, stopped, distinct }, mode).toEqual({
        verdict: "incomplete",
        stopped: { by: "interrupt", limit: null, frontier: 1 },
        distinct: 1,
      });
    }
  });

  it("comes before a limit that is reached at the same look", () => {
    expect(ended(breadthFirst(safeGrid, { states: 1 }, still), () => "stop").stopped?.by).toBe("interrupt");
  });

  it("stops random walks that end where they began", () => {
    const dead = graphModel({ initial: [0], actions: {}, terminates: true });
    const outcome = ended(simulate(dead, { seed: 1, walks: 1_000, lengthMax: 10 }, {}, still), stopAt(2));
    expect([outcome.verdict, outcome.stopped, outcome.walks?.walks]).toEqual([
      "incomplete",
      { by: "interrupt", limit: null, frontier: 1 },
      63,
    ]);
  });
});
