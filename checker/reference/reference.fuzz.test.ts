import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../index.ts";
import { anyGraph, type Edge, type Graph, graphModel, hasEdge } from "./graph-model.suite.ts";

/** Shortest distances by relaxing every edge until nothing changes: no queue, no set of states seen, no levels. */
function distancesOf(graph: Graph): ReadonlyMap<number, number> {
  const { initial, outside = [], outsideSteps = [] } = graph;
  const distances = new Map<number, number>();
  for (const node of initial) if (!outside.includes(node)) distances.set(node, 1);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to] of edgesOf(graph)) {
      const distance = distances.get(from);
      const isKeptOut = outside.includes(to) || hasEdge(outsideSteps, from, to);
      if (distance === undefined || isKeptOut || distance + 1 >= (distances.get(to) ?? Number.POSITIVE_INFINITY))
        continue;
      distances.set(to, distance + 1);
      changed = true;
    }
  }
  return distances;
}

function edgesOf(graph: Graph): readonly Edge[] {
  return Object.values(graph.actions).flat();
}

interface Twin {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly reached: readonly string[];
  /** How long the shortest counterexample of each kind is; absent where there is none. */
  readonly lengths: Readonly<Record<string, number>>;
}

function twinOf(graph: Graph): Twin {
  const { initial, bad = [], badSteps = [], when, goals = {} } = graph;
  const distances = distancesOf(graph);
  const taken = edgesOf(graph).filter(([from]) => distances.has(from));
  const generatedNodes = [...initial, ...taken.map(([, to]) => to)];
  const isFalse = (node: number): boolean => bad.includes(node) && (when === undefined || when.includes(node));
  const lengthOf = ([from]: Edge): number => (distances.get(from) ?? 0) + 1;
  const found: Record<string, readonly number[]> = {
    Safe: [...initial.filter(isFalse).map(() => 1), ...taken.filter(([, to]) => isFalse(to)).map(lengthOf)],
    SafeStep: taken.filter(([from, to]) => hasEdge(badSteps, from, to)).map(lengthOf),
    deadlock: [...distances].filter(([node]) => !taken.some(([from]) => from === node)).map(([, length]) => length),
  };
  const lengths = Object.entries(found).filter(([, some]) => some.length > 0);
  return {
    distinct: distances.size,
    generated: generatedNodes.length,
    depth: Math.max(0, ...distances.values()),
    reached: Object.keys(goals).filter((name) => goals[name]?.some((node) => generatedNodes.includes(node))),
    lengths: Object.fromEntries(lengths.map(([name, some]) => [name, Math.min(...some)])),
  };
}

describe("the reference checker, on any graph", () => {
  it("counts what a twin without a search counts, where nothing is violated", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const result = check(graphModel(graph));
        if (result.violated !== null) return;
        compared += 1;
        const { distinct, generated, depth, reached } = twinOf(graph);
        expect(result).toEqual({ verdict: "holds", violated: null, trace: null, distinct, generated, depth, reached });
      }),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("violates exactly what the twin finds false, by a shortest behaviour of its kind", () => {
    const violated = new Set<string>();
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const result = check(graphModel(graph));
        const { lengths } = twinOf(graph);
        const { deadlock, ...others } = lengths;
        const expected =
          graph.terminates === true ? others : { ...others, ...(deadlock === undefined ? {} : { deadlock }) };
        expect(result.verdict).toBe(Object.keys(expected).length === 0 ? "holds" : "violated");
        if (result.violated === null) return;
        violated.add(result.violated);
        expect(result.trace?.length).toBe(expected[result.violated]);
      }),
      { numRuns: 1000 },
    );
    expect([...violated].sort()).toEqual(["Safe", "SafeStep", "deadlock"]);
  });

  it("gives a counterexample that the graph allows, step by step, and that ends where something is false", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { trace, violated } = check(graphModel(graph));
        if (trace === null) return;
        const nodes = trace.map(({ state }) => (state as { at: number }).at);
        expect(graph.initial).toContain(nodes[0]);
        for (const [position, node] of nodes.entries()) {
          const before = nodes[position - 1];
          if (before === undefined) continue;
          const { action, choice } = trace[position] ?? {};
          expect(graph.actions[action ?? ""]?.[Number(choice?.["edge"])]).toEqual([before, node]);
        }
        const [before = -1, last = -1] = [nodes.at(-2), nodes.at(-1)];
        if (violated === "Safe") expect(graph.bad).toContain(last);
        if (violated === "SafeStep") expect(hasEdge(graph.badSteps ?? [], before, last)).toBe(true);
        if (violated === "deadlock") expect(edgesOf(graph).some(([from]) => from === last)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
