import { describe, expect, it } from "vitest";
import { boolean, protocol, record } from "../../spec/lang/index.ts";
import { temporalProperties } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";

const lamps = protocol("Lamp", { constants: {}, state: () => record({ on: boolean() }) });

describe("the temporal properties of a model", () => {
  const spec = lamps.spec({
    says: "A lamp.",
    actions: [],
    properties: [
      lamps.invariant("Dark", { says: "Dark.", holds: (s) => !s.on }),
      lamps.leadsTo("Answered", { says: "A press is answered.", from: (s) => !s.on, to: (s) => s.on }),
      lamps.reachable("Light", { says: "Light.", goal: (s) => s.on }),
      lamps.alwaysEventually("Again", { says: "Light again and again.", goal: (s) => s.on }),
      lamps.stepInvariant("Stays", { says: "Light stays.", holds: (before, after) => !before.on || after.on }),
    ],
  });

  it("are those that speak of infinite behaviours, which no search of states can check", () => {
    const model = modelOf({ name: "lamp", spec, says: "" });
    expect(temporalProperties(model).map(({ name }) => name)).toEqual(["Answered", "Again"]);
  });

  it("are only those that the model names", () => {
    const model = modelOf({ name: "lamp", spec, says: "", properties: ["Dark", "Again"] });
    expect(temporalProperties(model).map(({ name }) => name)).toEqual(["Again"]);
  });
});
