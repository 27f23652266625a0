import { describe, expect, it } from "vitest";
import { type Action, id, ids, option, type Property, protocol, record, set } from "../../spec/lang/index.ts";
import { breadthFirst } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { ended } from "./ended.suite.ts";

const constants = { Node: ids("n", { default: 3, says: "the nodes" }) };
const cluster = protocol("Cluster", {
  constants,
  state: (c) => record({ up: set(id(c.Node)), leader: option(id(c.Node)) }),
});

const start = cluster.action("Start", {
  says: "A node starts.",
  params: (c) => ({ i: id(c.Node) }),
  guard: (s, { i }) => !s.up.has(i),
  effect: (s, { i }) => s.up.add(i),
});

const lead = cluster.action("Lead", {
  says: "Any node that is up leads.",
  params: (c) => ({ i: id(c.Node) }),
  guard: (s, { i }) => s.leader === null && s.up.has(i),
  effect: (s, { i }) => {
    s.leader = i;
  },
});

/** Takes the first of some ids: their order leaks. */
const firstLeads = cluster.action("FirstLeads", {
  says: "The first node that is up leads.",
  guard: (s) => s.leader === null && s.up.size > 1,
  effect: (s) => {
    for (const j of s.up) if (s.leader === null) s.leader = j;
  },
});

const nobodyElse = cluster.invariant("OnlyTheFirstNode", {
  says: "Nobody leads but the first node.",
  holds: (s, c) => s.leader === null || s.leader === c.Node[0],
});

const notTheFirst = cluster.stepInvariant("NotTheFirst", {
  says: "The first node does not become the leader while it is alone.",
  holds: (before, after, c) => before.leader !== null || after.leader !== c.Node[0] || after.up.size > 1,
});

const firstIsDown = cluster.stateConstraint("FirstIsDown", {
  says: "The first node is down.",
  within: (s, c) => s.up.every((node) => node !== c.Node[0]),
});

function explore(
  action: Action,
  properties: readonly Property[],
  symmetry: boolean,
  constraints: readonly (typeof firstIsDown)[] = [],
) {
  const spec = cluster.spec({
    says: "A cluster.",
    actions: [start, action],
    properties,
    constraints,
    symmetry: ["Node"],
    terminates: true,
  });
  const world = { now: () => 0, memoryBytes: () => 0 };
  return ended(breadthFirst(modelOf({ name: "cluster", says: "", spec, symmetry }), {}, world));
}

describe("symmetry", () => {
  it("counts one state of each orbit where the spec treats ids alike", () => {
    expect([explore(lead, [], false).distinct, explore(lead, [], true).distinct]).toEqual([20, 7]);
  });

  it("is refused where an action lets the order of ids leak, with its name", () => {
    expect(() => explore(firstLeads, [], true)).toThrow(
      "FirstLeads does not treat the ids of Node alike: with the ids renamed it gives another result, and symmetry would make the verdict wrong",
    );
    expect(explore(firstLeads, [], false).verdict).toBe("holds");
  });

  it("is refused where a property does", () => {
    expect(() => explore(lead, [nobodyElse], true)).toThrow("OnlyTheFirstNode does not treat the ids of Node alike");
    expect(explore(lead, [nobodyElse], false).verdict).toBe("violated");
  });

  it("is refused where a step invariant does, with the action that shows it", () => {
    expect(() => explore(lead, [notTheFirst], true)).toThrow("Lead does not treat the ids of Node alike");
    expect(explore(lead, [notTheFirst], false).verdict).toBe("violated");
  });

  it("is refused where a constraint does", () => {
    expect(() => explore(lead, [], true, [firstIsDown])).toThrow("FirstIsDown does not treat the ids of Node alike");
    expect(explore(lead, [], false, [firstIsDown]).verdict).toBe("holds");
  });
});
