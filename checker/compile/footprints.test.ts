import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantiate, type Model, structuralKey } from "../../spec/lang/index.ts";
import { type Choice, corpus, Semantics, type State } from "../index.ts";
import { anyProgram, programModel } from "../search/random-program.suite.ts";
import { anyWideProgram, wideModel } from "../search/wide-program.suite.ts";
import { type Footprint, Footprints } from "./footprints.ts";

interface Way {
  readonly action: number;
  readonly choice: Choice;
  readonly after: string;
}

/** What the ways of a state lead to, by name; null where one of them fails. */
function waysOf(semantics: Semantics, state: State): ReadonlyMap<string, Way> | null {
  const ways = new Map<string, Way>();
  try {
    for (const { action, choice, after } of semantics.successors(state)) {
      const index = semantics.model.actions.indexOf(action);
      ways.set(`${index} ${structuralKey(choice)}`, { action: index, choice, after: semantics.encode(after) });
    }
  } catch {
    return null;
  }
  return ways;
}

/** How many pairs of ways share nothing, among the first states of a model. Each of them must commute. */
function expectCommuting(model: Model, statesMax: number): number {
  const semantics = new Semantics(model);
  const footprints = new Footprints(model);
  const known = new Set([...semantics.initial()].map(({ after }) => semantics.encode(after)));
  let pairs = 0;
  for (const key of known) {
    const state = semantics.decode(key);
    const ways = waysOf(semantics, state);
    if (ways === null) continue;
    footprints.enter(state);
    const seen = [...ways].map(([name, way]) => ({ name, way, footprint: footprints.ofWay(way.action, way.choice) }));
    for (const { name, way, footprint } of seen) {
      expect(footprint.isEnabled).toBe(true);
      if (known.size < statesMax) known.add(way.after);
      for (const other of seen) {
        if (other.name >= name || shares(footprint, other.footprint) || shares(other.footprint, footprint)) continue;
        const [here, there] = [way, other.way].map(({ after }) => waysOf(semantics, semantics.decode(after)));
        if (here === null || there === null) continue;
        pairs += 1;
        const ends = [here?.get(other.name)?.after, there?.get(name)?.after];
        expect(ends[0], `${name} and ${other.name} commute`).toBeDefined();
        expect(ends[0]).toBe(ends[1]);
      }
    }
  }
  return pairs;
}

function shares({ writes }: Footprint, { reads }: Footprint): boolean {
  return writes.some((one) => reads.includes(one));
}

describe("footprints", () => {
  it("tell ways of acting that commute, in any program", () => {
    let pairs = 0;
    fc.assert(
      fc.property(anyProgram, (program) => {
        pairs += expectCommuting(programModel({ ...program, view: false }), 40);
      }),
      { numRuns: 60 },
    );
    expect(pairs).toBeGreaterThan(100);
  });

  it("tell ways of acting that commute, in any program with a wide state", () => {
    let pairs = 0;
    fc.assert(
      fc.property(anyWideProgram, (program) => {
        pairs += expectCommuting(wideModel(program), 40);
      }),
      { numRuns: 60 },
    );
    expect(pairs).toBeGreaterThan(100);
  });

  it.each([false, true])("tell ways of acting that commute in Raft, dead data left out %s", (deadData) => {
    const declaration = corpus.find(({ name }) => name === "raft-3s-1e-0r-1v");
    if (declaration === undefined) throw new Error("there is no such model");
    const model = instantiate({ ...declaration, deadData });
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    expect(expectCommuting(model.value, 1_500)).toBeGreaterThan(100);
  });
});
