import { describe, expect, it } from "vitest";
import { id, ids, instantiate, protocol, record, set, union } from "../../spec/lang/index.ts";
import { breadthFirst } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { breadthFirstOn } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

describe("two id sets with one prefix and one size", () => {
  it("are renamed each by its own permutation", () => {
    const constants = {
      Left: ids("n", { default: 3, says: "one side" }),
      Right: ids("n", { default: 3, says: "the other side" }),
    };
    const sides = protocol("Sides", {
      constants,
      state: (c) =>
        record({ left: set(union({ At: { at: id(c.Left) } })), right: set(union({ At: { at: id(c.Right) } })) }),
    });
    const goLeft = sides.action("GoLeft", {
      says: "One more on the left.",
      params: (c) => ({ i: id(c.Left) }),
      effect: (s, { i }) => s.left.add({ kind: "At", at: i }),
    });
    const goRight = sides.action("GoRight", {
      says: "One more on the right.",
      params: (c) => ({ i: id(c.Right) }),
      effect: (s, { i }) => s.right.add({ kind: "At", at: i }),
    });
    const spec = sides.spec({
      says: "Two sides.",
      actions: [goLeft, goRight],
      properties: [],
      symmetry: ["Right"],
      terminates: true,
    });
    const model = instantiate({ name: "sides", says: "", spec, symmetry: true });
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    // Eight subsets on the left, four sizes on the right.
    expect(ended(breadthFirst(model.value, {}, world)).distinct).toBe(32);
    expect(ended(breadthFirstOn("lowered", model.value, {}, world)).distinct).toBe(32);
  });
});
