import { describe, expect, it } from "vitest";
import type { Expectation, ModelDeclaration } from "../../spec/lang/index.ts";
import { breadthFirst, depthFirst, type Limits, type Outcome } from "../index.ts";
import { type Graph, graphModel } from "../reference/graph-model.suite.ts";
import { ended } from "../search/ended.suite.ts";
import { compareWithExpectation } from "./expectation.ts";
import { type Report, reportOf, verdictLine } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
const chain = [0, 1, 2, 3].map((node) => [node, node + 1] as const);
const graph: Graph = { initial: [0], actions: { Go: chain }, goals: { Far: [4], Never: [9] }, terminates: true };
const bad: Graph = { ...graph, bad: [2] };

function outcomeOf(drawn: Graph, limits: Limits = {}): Outcome {
  return ended(breadthFirst(graphModel(drawn), limits, world));
}

function differences(expect_: Partial<Expectation>, outcome: Outcome): readonly string[] | null {
  const result = compareWithExpectation(
    { verdict: outcome.verdict, source: "by hand", ...expect_ } as Expectation,
    outcome,
  );
  if (result === null) return null;
  const differing = result.compared.filter(({ expected, found }) => expected !== found);
  expect(result.met).toBe(differing.length === 0);
  return differing.map(({ what, expected, found }) => `${what}: ${expected}, found ${found}`);
}

describe("what is recorded of a model that holds", () => {
  const outcome = outcomeOf(graph);

  it("is met where all of it is found again", () => {
    const recorded = { verdict: "holds", distinct: 5, generated: 5, depth: 5, unmet: ["Never"] } as const;
    expect(differences(recorded, outcome)).toEqual([]);
  });

  it("is not met where any number differs", () => {
    expect(differences({ verdict: "violated" }, outcome)).toEqual(["verdict: violated, found holds"]);
    expect(differences({ violated: "Safe" }, outcome)).toEqual(["violated: Safe, found nothing"]);
    expect(differences({ distinct: 6 }, outcome)).toEqual(["distinct: 6, found 5"]);
    expect(differences({ generated: 6 }, outcome)).toEqual(["generated: 6, found 5"]);
    expect(differences({ depth: 4 }, outcome)).toEqual(["depth: 4, found 5"]);
    expect(differences({ unmet: [] }, outcome)).toEqual(["goals not met: none, found Never"]);
    expect(differences({ unmet: ["Far", "Never"] }, outcome)).toEqual(["goals not met: Far Never, found Never"]);
  });
});

describe("what is recorded of a model that is violated", () => {
  const outcome = outcomeOf(bad);

  it("is not met where another property breaks, or after more or fewer steps", () => {
    expect(differences({ violated: "Safe", traceLength: 3 }, outcome)).toEqual([]);
    expect(differences({ violated: "Other" }, outcome)).toEqual(["violated: Other, found Safe"]);
    expect(differences({ traceLength: 4 }, outcome)).toEqual(["trace length: 4, found 3"]);
    const stuck = outcomeOf({ ...graph, terminates: false });
    expect(differences({ violated: "deadlock" }, stuck)).toEqual([]);
    expect(differences({ violated: "Safe" }, stuck)).toEqual(["violated: Safe, found deadlock"]);
  });
});

describe("nothing is compared", () => {
  it("where nothing was recorded, where the run was stopped, or where it was no breadth-first search", () => {
    expect(compareWithExpectation(undefined, outcomeOf(graph))).toBeNull();
    expect(differences({ distinct: 5 }, outcomeOf(graph, { depth: 2 }))).toBeNull();
    expect(differences({ distinct: 5 }, ended(depthFirst(graphModel(graph), {}, world)))).toBeNull();
  });
});

describe("the line that a reader remembers", () => {
  const noPlaces = {
    action: () => null,
    property: () => null,
    field: () => null,
    parameter: () => null,
    setting: () => null,
  };

  function lineOf(drawn: Graph, limits: Limits = {}): string {
    const outcome = outcomeOf(drawn, limits);
    const { spec } = outcome.model;
    const declaration: ModelDeclaration = { name: "graph", spec, says: "A graph." };
    const report: Report = reportOf({
      outcome,
      declaration,
      file: null,
      places: noPlaces,
      reasons: [],
      errorPlace: null,
      stopCause: null,
      asDeclared: true,
      seed: null,
      traceFile: null,
      commands: { again: "", last: "" },
    });
    return verdictLine(report);
  }

  it("names the constraints that kept states out of a model that holds, and only those", () => {
    expect(lineOf(graph)).toBe("HOLDS · 5 distinct states · complete");
    expect(lineOf({ ...graph, outside: [3] })).toBe("HOLDS within bounds: Inside · 3 distinct states · complete");
    expect(lineOf({ ...graph, outside: [9] })).toBe("HOLDS · 5 distinct states · complete");
  });

  it("says complete of no run that was stopped", () => {
    expect(lineOf(graph, { depth: 2 })).toBe(
      "INCOMPLETE: stopped by depth, 1 state at that depth not expanded · 2 distinct states so far",
    );
  });
});
