import { describe, expect, it } from "vitest";
import { AsymmetryError, first, id, ids, integer, map, protocol, record } from "../../spec/lang/index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

const rings = protocol("Rings", {
  constants: { Node: ids("n", { default: 3, says: "the nodes" }) },
  state: (c) => record({ at: id(c.Node), rounds: map(id(c.Node), integer(0, 2)) }),
});

const move = rings.action("Move", {
  says: "The token moves anywhere; the root counts its visits.",
  params: (c) => ({ to: id(c.Node) }),
  guard: (s, { to }, c) => s.at !== to && s.rounds.get(first(c.Node)) < 2,
  effect: (s, { to }, c) => {
    s.at = to;
    if (to === c.Node[0]) s.rounds.set(to, s.rounds.get(to) + 1);
  },
});

const spec = rings.spec({ says: "", actions: [move], properties: [], terminates: true, symmetry: ["Node"] });

describe("a distinguished id", () => {
  it("means the same in every engine", () => {
    // At each count but the last the token can be anywhere; at 0 it begins at the root.
    expect(onEveryEngine(modelOf({ name: "ring", says: "", spec }))).toMatchObject({ verdict: "holds", distinct: 7 });
  });

  it("is noticed by the search where the ids are said to be alike after all", () => {
    expect(() => onEveryEngine(modelOf({ name: "ring", says: "", spec, symmetry: true }))).toThrow(AsymmetryError);
  });
});
