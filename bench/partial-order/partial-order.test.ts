import { describe, expect, it } from "vitest";
import { instantiate, integer, protocol, record } from "../../spec/lang/index.ts";
import { FootprintProposer } from "./by-footprints.ts";
import { ExactProposer, visibleByLabels } from "./exact.ts";
import { type Graph, graphOf } from "./graph.ts";
import { measure, type Subject } from "./measure.ts";
import { edgesOf, explore, nothingProposed } from "./reduced.ts";
import { tinySubjects } from "./subjects.ts";

const counters = protocol("Counters", { constants: {}, state: () => record({ a: integer(0, 3), b: integer(0, 3) }) });
const countA = counters.action("A", {
  says: "One counts.",
  guard: (s) => s.a < 3,
  effect: (s) => {
    s.a += 1;
  },
});
const countB = counters.action("B", {
  says: "The other counts.",
  guard: (s) => s.b < 3,
  effect: (s) => {
    s.b += 1;
  },
});
const copy = counters.action("Copy", {
  says: "The second takes over from the first.",
  guard: (s) => s.a > s.b,
  effect: (s) => {
    s.b = s.a;
  },
});
const isApart = counters.reachable("Apart", {
  says: "Only the second has counted.",
  goal: (s) => s.a === 0 && s.b > 0,
});

function subjectOf(actions: readonly (typeof countA)[], properties: readonly (typeof isApart)[]): Subject {
  const spec = counters.spec({ says: "Two counters.", actions, properties, terminates: true });
  const model = instantiate({ name: "counters", spec, says: "" });
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return { name: "counters", model: model.value };
}

describe("the measure of partial-order reduction", () => {
  it("leaves one order of two that share nothing", () => {
    const left = { exactForDeadlocks: 7, exact: 7, exactVisibleByFootprints: 7 };
    const expected = { subject: "counters", states: 16, ...left, footprintsForDeadlocks: 7, footprints: 7 };
    expect(measure(subjectOf([countA, countB], []))).toEqual(expected);
  });

  it("leaves all orders that a goal tells apart, where only what is written is known", () => {
    const { exact, exactVisibleByFootprints, footprintsForDeadlocks, footprints } = measure(
      subjectOf([countA, countB], [isApart]),
    );
    expect([footprintsForDeadlocks, exactVisibleByFootprints, footprints]).toEqual([7, 16, 16]);
    expect(exact).toBeGreaterThan(7);
    expect(exact).toBeLessThan(16);
  });

  it("sees that one reads what the other writes", () => {
    const { states, footprintsForDeadlocks, footprints } = measure(subjectOf([countA, copy], []));
    expect([footprintsForDeadlocks, footprints]).toEqual([states, states]);
  });

  it("refuses a reduction that loses an answer", () => {
    const graph = graphOf(subjectOf([countA, countB], [isApart]).model);
    const onlyFirst = { proposals: (state: number) => [edgesOf(graph, state).slice(0, 1)] };
    expect(explore(graph, onlyFirst, true).stateLabels.size).toBe(1);
    expect(explore(graph, nothingProposed, true).stateLabels.size).toBe(2);
  });
});

/** What is demanded of a proposal, by its definition: every path without it is followed from the state. */
function flawOf(graph: Graph, state: number, proposal: readonly number[], isVisible: Uint8Array | null): string | null {
  const { transition, target } = graph;
  const taken = proposal.map((edge) => transition[edge] ?? -1);
  const edgeOf = (from: number, one: number) => edgesOf(graph, from).find((edge) => transition[edge] === one);
  const open = new Set([state]);
  for (const at of open) {
    for (const one of taken) {
      const own = edgeOf(at, one);
      if (own === undefined) return "a member was disabled";
      if (isVisible?.[own] === 1) return "a member is visible";
      for (const edge of edgesOf(graph, at)) {
        if (taken.includes(transition[edge] ?? -1)) continue;
        const thereafter = edgeOf(target[own] ?? -1, transition[edge] ?? -1);
        const before = edgeOf(target[edge] ?? -1, one);
        if (thereafter === undefined || before === undefined) return "one disables the other";
        if (target[thereafter] !== target[before]) return "the order matters";
      }
    }
    for (const edge of edgesOf(graph, at)) if (!taken.includes(transition[edge] ?? -1)) open.add(target[edge] ?? -1);
  }
  return null;
}

describe.each(tinySubjects().filter(({ name }) => !name.startsWith("raft")))(
  "what is proposed for $name",
  ({ model }) => {
    const graph = graphOf(model);

    it("is persistent, and changes the answer of no property, where it is read off the graph", () => {
      const isVisible = visibleByLabels(graph);
      const proposer = new ExactProposer(graph, { isVisible, ofSteps: true });
      expect(expectProposals(graph, proposer, isVisible)).toBeGreaterThan(0);
    });

    it("is persistent where it comes from footprints", () => {
      expectProposals(graph, new FootprintProposer(model, graph, false), null);
    });
  },
);

function expectProposals(
  graph: Graph,
  proposer: { proposals: ExactProposer["proposals"] },
  isVisible: Uint8Array | null,
) {
  const flaws = new Map<string | null, number>();
  for (let state = 0; state < graph.states; state += 1) {
    for (const proposal of proposer.proposals(state)) {
      const flaw = flawOf(graph, state, proposal, isVisible);
      flaws.set(flaw, (flaws.get(flaw) ?? 0) + 1);
    }
  }
  expect([...flaws.keys()].filter((flaw) => flaw !== null)).toEqual([]);
  return flaws.get(null) ?? 0;
}

describe("the tiny form of the measure", () => {
  it("finds the recorded numbers", () => {
    expect(tinySubjects().map((one) => Object.values(measure(one)))).toEqual([
      ["peterson", 42, 27, 36, 42, 31, 42],
      ["dining-philosophers", 67, 40, 40, 39, 67, 67],
      ["two-phase", 288, 172, 246, 288, 172, 288],
      ["raft-2s-2e-0r-1v, dead data, symmetry", 326, 154, 156, 169, 314, 314],
    ]);
  });
});
