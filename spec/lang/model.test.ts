import { describe, expect, it } from "vitest";
import {
  boolean,
  count,
  flag,
  idSet,
  ids,
  instantiate,
  integer,
  type Model,
  type ModelDeclaration,
  part,
  protocol,
  record,
  type Settings,
} from "./index.ts";

const counter = protocol("Counter", {
  constants: {
    Process: ids("p", { default: 2, says: "the processes" }),
    Max: count({ default: 3, min: 1, max: 9, says: "how far to count" }),
    Resets: flag({ default: false, says: "whether the count may start again" }),
  },
  rules: { step: (n: number): number => n + 1 },
  state: (c) => record({ n: integer(0, c.Max), wasReset: part(c.Resets, boolean()) }),
});

const increment = counter.action("Increment", {
  says: "Counts.",
  guard: (s, _, c) => s.n < c.Max,
  effect: (s, _, c) => {
    s.n = c.rules.step(s.n);
  },
});
const reset = counter.action("Reset", {
  says: "Starts again.",
  part: (c) => c.Resets,
  effect: (s) => {
    s.n = 0;
    s.wasReset = true;
  },
});
const bounded = counter.invariant("Bounded", { says: "Never past the maximum.", holds: (s, c) => s.n <= c.Max });
const resets = counter.reachable("Resets", {
  says: "A reset is seen.",
  part: (c) => c.Resets,
  goal: (s) => s.wasReset,
});

const spec = counter.spec({
  says: "A counter.",
  actions: [increment, reset],
  properties: [bounded, resets],
  symmetry: ["Process"],
});
const terminating = { ...spec, terminates: true };

function modelOf(declaration: Partial<ModelDeclaration>, overrides: Settings = {}): Model {
  const model = instantiate({ name: "counter", spec, says: "A test.", ...declaration }, overrides);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function namesOf(members: readonly { readonly name: string }[]): readonly string[] {
  return members.map(({ name }) => name);
}

describe("a model", () => {
  it("is its spec with the constants fixed", () => {
    const model = modelOf({ set: { Max: 5 } });
    const { name, settings, schema, symmetric, checksDeadlock } = model;
    expect({ name, settings, schema, symmetric, checksDeadlock }).toEqual({
      name: "counter",
      settings: { Process: 2, Max: 5, Resets: false },
      schema: record({ n: integer(0, 5), wasReset: { kind: "absent" } }),
      symmetric: [],
      checksDeadlock: true,
    });
    expect(model.spec).toBe(spec);
    expect(model.constants).toEqual({ Process: idSet("p", 2), Max: 5, Resets: false, rules: spec.rules });
    expect(Object.isFrozen(model.constants)).toBe(true);
  });

  it("takes what is set from outside before what the declaration sets", () => {
    expect(modelOf({ set: { Max: 5, Process: 3 } }, { Max: 7 }).settings).toEqual({
      Process: 3,
      Max: 7,
      Resets: false,
    });
  });

  it("has no action, no property and no state of a part that is off", () => {
    const off = modelOf({});
    expect([namesOf(off.actions), namesOf(off.properties)]).toEqual([["Increment"], ["Bounded"]]);
    expect(off.schema.fields["wasReset"]?.kind).toBe("absent");
    const on = modelOf({ set: { Resets: true } });
    expect([namesOf(on.actions), namesOf(on.properties)]).toEqual([
      ["Increment", "Reset"],
      ["Bounded", "Resets"],
    ]);
    expect(on.schema.fields["wasReset"]?.kind).toBe("boolean");
  });

  it("checks the properties that it names, in the order of the spec", () => {
    const set = { Resets: true };
    expect(namesOf(modelOf({ set, properties: ["Resets"] }).properties)).toEqual(["Resets"]);
    expect(namesOf(modelOf({ set, properties: ["Resets", "Bounded"] }).properties)).toEqual(["Bounded", "Resets"]);
    expect(namesOf(modelOf({ set, properties: [] }).properties)).toEqual([]);
    expect(namesOf(modelOf({ properties: ["Resets", "Bounded"] }).properties)).toEqual(["Bounded"]);
  });

  it("is refused where it names a property that the spec does not have", () => {
    expect(instantiate({ name: "m", spec, says: "", properties: ["Bounded", "Bouned", "Reset"] })).toEqual({
      ok: false,
      problems: ["Bouned", "Reset"].map((found) => ({
        constant: "properties",
        found,
        expected: "one of Bounded, Resets",
      })),
    });
    const bare = { ...spec, properties: [] };
    expect(instantiate({ name: "m", spec: bare, says: "", properties: ["Any"] })).toEqual({
      ok: false,
      problems: [{ constant: "properties", found: "Any", expected: "no name: the spec declares no property" }],
    });
  });

  it("is refused where a constant is", () => {
    expect(instantiate({ name: "m", spec, says: "", set: { Max: 10 } }, { Min: 0 })).toEqual({
      ok: false,
      problems: [
        { constant: "Max", found: "10", expected: "a whole number from 1 to 9" },
        { constant: "Min", found: "0", expected: "one of Process, Max, Resets" },
      ],
    });
  });

  it("treats symmetric ids alike only where it says so", () => {
    expect([
      modelOf({}).symmetric,
      modelOf({ symmetry: false }).symmetric,
      modelOf({ symmetry: true }).symmetric,
    ]).toEqual([[], [], ["Process"]]);
  });

  it("checks for deadlock unless it or its spec says otherwise, and the model has the last word", () => {
    const decides = (declaration: Partial<ModelDeclaration>): boolean => modelOf(declaration).checksDeadlock;
    expect([
      decides({}),
      decides({ deadlock: false }),
      decides({ spec: terminating }),
      decides({ spec: terminating, deadlock: true }),
    ]).toEqual([true, false, false, true]);
  });

  it("leaves dead data out only where deadlocks are not reported, since they would be others", () => {
    const forgetful = { ...spec, deadData: { says: "Nothing.", reset: () => undefined, elements: [] } };
    const declared = { name: "m", says: "", spec: forgetful, deadData: true };
    expect(instantiate(declared)).toEqual({
      ok: false,
      problems: [{ constant: "deadlock", found: "true", expected: "false, where dead data is left out" }],
    });
    expect([
      instantiate({ ...declared, deadlock: false }).ok,
      instantiate({ ...declared, deadData: false }).ok,
    ]).toEqual([true, true]);
  });
});
