import { describe, expect, it } from "vitest";
import { programOf } from "./generator.suite.ts";
import { oddNames } from "./names.suite.ts";
import { bodyOf, type Program, themes } from "./program.suite.ts";

const programs: readonly Program[] = Array.from({ length: 2000 }, (_, seed) => programOf(seed));

/** How many of the programs have each feature. */
const counts = new Map<string, number>();
for (const { features } of programs) for (const name of features) counts.set(name, (counts.get(name) ?? 0) + 1);

/** Of the features that begin so, those that too few programs have. */
function rare(names: readonly string[], least: number): readonly string[] {
  return names.filter((name) => (counts.get(name) ?? 0) < least).map((name) => `${name}: ${counts.get(name) ?? 0}`);
}

const collections = ["map", "sequence", "set", "bag"];
const elements = ["boolean", "integer", "enum", "id", "option", "record", "union", ...collections];

describe("2,000 random programs", () => {
  it("are the same for the same seeds, and hardly ever for others", () => {
    for (let seed = 0; seed < 50; seed += 1) expect(programOf(seed)).toEqual(programs[seed]);
    expect(new Set(programs.map(bodyOf)).size).toBeGreaterThan(1990);
  });

  it("are about each theme", () => {
    for (const theme of themes) expect(programs.filter((one) => one.theme === theme).length).toBeGreaterThan(150);
  });

  it("hold and replace places of each kind", () => {
    const kinds = ["record", ...collections];
    const names = kinds.flatMap((kind) => [
      `places: a ${kind} is held in a variable`,
      `places: a swap in a map of ${kind}`,
      `places: a map of ${kind} is set or filled`,
      `places: a ${kind} taken from a place`,
      `places: a ${kind} taken from a variable`,
    ]);
    const others = [
      "places: a rotation",
      "places: a replaced place is read",
      "places: a replaced place is written",
      "places: a value is written",
      "places: a record is destructured",
      "places: the spread of a record",
      "places: the keys of a record",
      "places: a helper takes a place",
      "places: a field option is assigned",
      "places: a field union is assigned",
      "places: an early return",
      "places: setEach",
      "places: a map is assigned to another",
      "places: a map is assigned to itself",
      "places: a place is held across an assignment of its map",
      "places: a value is held in a variable",
    ];
    const assigned = elements.map((kind) => `places: a map of ${kind} is assigned`);
    expect(rare(assigned, 10)).toEqual([]);
    expect(rare(names, 4)).toEqual([]);
    expect(rare(others, 10)).toEqual([]);
  });

  it("change each collection while it is walked, by loops and methods, and through second names", () => {
    const names = collections.map((kind) => `iteration: over a ${kind} that changes`);
    expect(
      rare(
        [
          ...names,
          "iteration: through a second name",
          "iteration: a loop",
          "iteration: a method",
          "iteration: the map is assigned",
        ],
        25,
      ),
    ).toEqual([]);
  });

  it("use the order of elements of each kind", () => {
    expect(
      rare(
        elements.map((kind) => `order: the first ${kind} is used`),
        5,
      ),
    ).toEqual([]);
    const lists = ["set", "bag", "sequence"].flatMap((of) =>
      elements.map((kind) => `order: the list of a ${of} of ${kind}`),
    );
    expect(rare(lists, 3)).toEqual([]);
    expect(rare(["order: a derived set", "order: the first of a collection"], 25)).toEqual([]);
  });

  it("use each function on collections, some of which fail", () => {
    const functions =
      "argmax argmin bagOf choose chooseUnique commonPrefix entriesOf first mapOf mapped max min permutations range subsets sum unionOf";
    const names = [...functions.split(" "), ...elements.map((kind) => `equal of ${kind}`), "one that may fail"];
    const listed = names.map((name) => `operators: ${name}`);
    expect(rare(listed, 20)).toEqual([]);
  });

  it("begin with declared values of each kind", () => {
    const begun = elements.map((kind) => `initially: ${kind}`);
    expect(rare(begun, 40)).toEqual([]);
  });

  it("find what depends on earlier parameters", () => {
    const ways = [
      "a range",
      "a value of a map",
      "all others",
      "an array with a value of a map",
      "its elements",
      "its subsets",
      "of kinds or nothing",
      "or nothing",
    ];
    const depending = ways.map((way) => `domains: depends on an earlier parameter, ${way}`);
    expect(rare(depending, 5)).toEqual([]);
  });

  it("filter and map what is found, in each collection of each kind", () => {
    const ways = [
      "identity",
      "spread",
      "Array.from",
      "filter not null",
      "filter truthy",
      "filter Boolean",
      "filter",
      "map to itself",
      "flatMap",
      "flatMap with a test",
      "flatMap not null",
      "slice",
      "slice from the second",
      "ternary on the size",
      "ternary on the length",
      "concatenation",
      "reverse",
      "typeof",
      "JavaScript set",
      "derived set",
      "union",
      "minus",
      "mapped to a field",
      "of a kind",
      "of several kinds",
      "of a kind and of another",
    ];
    expect(
      rare(
        ways.map((way) => `domains: found, ${way}`),
        8,
      ),
    ).toEqual([]);
    const places = ["set", "bag", "sequence"].flatMap((of) =>
      elements.map((kind) => `domains: found in a ${of} of ${kind}`),
    );
    expect(rare(places, 3)).toEqual([]);
  });

  it("have parameters of one value to 100,000", () => {
    expect(rare(["domains: a parameter of 100 values", "domains: a parameter of 1000 values"], 3)).toEqual([]);
    expect(rare(["domains: a parameter of 10000 values", "domains: a parameter of 100000 values"], 1)).toEqual([]);
    expect(
      rare(
        elements.map((kind) => `domains: the schema ${kind}`),
        10,
      ),
    ).toEqual([]);
  });

  it("nest all kinds of schemas in all others, to depth three", () => {
    const outer = ["option", "record", "union", ...collections];
    const names = outer.flatMap((of) =>
      elements.filter((one) => `${one} ${of}` !== "option option").map((one) => `nesting: ${one} in ${of}`),
    );
    expect(rare(names, 5)).toEqual([]);
    expect(rare(["nesting: to depth three"], 400)).toEqual([]);
  });

  it("use every name that may trip generated code", () => {
    expect(
      rare(
        oddNames.filter((name) => name !== "").map((name) => `name: ${name}`),
        1,
      ),
    ).toEqual([]);
    for (const name of ["__proto__", "constructor", "o", "then", "toJSON", "length", "hasOwnProperty"])
      expect(oddNames).toContain(name);
    expect(rare(["names: odd ones"], 200)).toEqual([]);
  });

  it("leave ranges for a moment, and for good, and write what is no integer", () => {
    const ways = [
      "outside its range for a moment",
      "minus zero",
      "a sign is turned",
      "a fraction for a moment",
      "no number for a moment",
      "left outside its range",
      "left a fraction",
      "left no number",
    ];
    expect(
      rare(
        ways.map((way) => `numbers: ${way}`),
        15,
      ),
    ).toEqual([]);
  });

  it("have every kind of property and constraint, several initial states, and what reductions rest on", () => {
    const kinds = [
      "invariant",
      "invariant with when",
      "stepInvariant",
      "stepInvariant with when",
      "stepInvariant of actions",
      "initialInvariant",
      "initialInvariant with when",
      "changedOnlyBy",
      "reachable",
      "reachableStep",
      "stateConstraint",
      "actionConstraint",
    ];
    expect(
      rare(
        kinds.map((kind) => `facts: ${kind}`),
        50,
      ),
    ).toEqual([]);
    expect(
      rare(["several initial states", "a part that is off", "reductions: symmetry", "reductions: dead data"], 50),
    ).toEqual([]);
    expect(rare(["init: a guard", "init: found"], 50)).toEqual([]);
    expect(rare(["init: no state"], 10)).toEqual([]);
    expect(programs.filter(({ deadlock }) => deadlock).length).toBeGreaterThan(50);
  });
});
