import { describe, expect, it } from "vitest";
import { choice, count, flag, ids, integer, type ModelDeclaration, protocol, record } from "../spec/lang/index.ts";
import { helpfulSettings } from "./helpful-settings.ts";

/** A model whose only field has the range from the sum of its constants to 3. */
function modelWith(set: ModelDeclaration["set"]): ModelDeclaration {
  const ranges = protocol("Ranges", {
    constants: {
      Node: ids("n", { default: 2, max: 4, says: "the nodes" }),
      least: count({ default: 2, max: 9, says: "the least value" }),
      twice: flag({ default: false, says: "whether the least value counts twice" }),
      start: choice(["zero", "four"], { default: "zero", says: "where the range starts" }),
    },
    state: (c) => record({ n: integer((c.twice ? 2 : 1) * c.least + (c.start === "zero" ? 0 : 4), 3) }),
  });
  const spec = ranges.spec({ says: "Ranges.", actions: [], properties: [], terminates: true });
  return { name: "ranges", spec, says: "", ...(set === undefined ? {} : { set }) };
}

describe("the settings with which a model can be built", () => {
  it("are the nearest value of each constant that helps by itself", () => {
    expect(helpfulSettings(modelWith({ least: 2, twice: true }), {})).toEqual([
      { constant: "least", value: 1 },
      { constant: "twice", value: false },
    ]);
  });

  it("leave the other settings of the command line as they are", () => {
    expect(helpfulSettings(modelWith({ least: 2 }), { start: "four" })).toEqual([{ constant: "start", value: "zero" }]);
  });

  it("are none where no single constant is the reason", () => {
    expect(helpfulSettings(modelWith({ least: 9, twice: true, start: "four" }), {})).toEqual([]);
  });
});
