import { describe, expect, it } from "vitest";
import {
  count,
  flag,
  instantiate,
  integer,
  type Model,
  protocol,
  record,
  type Settings,
} from "../../spec/lang/index.ts";
import { checkRefinement } from "./refinement.ts";

const counters = protocol("Counter", {
  constants: {
    by: count({ default: 1, min: 1, max: 4, says: "how far a step goes at most" }),
    exact: flag({ default: true, says: "whether a step goes so far each time" }),
    from: count({ default: 0, max: 1, says: "where it starts" }),
  },
  state: (c) => record({ n: integer(c.from, 12) }),
});
const add = counters.action("Add", {
  says: "The counter goes on.",
  params: (c) => ({ by: integer(c.exact ? c.by : 1, c.by) }),
  guard: (s, { by }) => s.n + by <= 12,
  effect: (s, { by }) => {
    s.n += by;
  },
});
const spec = counters.spec({ says: "A counter.", actions: [add], properties: [], terminates: true });

function model(set: Settings): Model {
  const made = instantiate({ name: "counter", spec, says: "", set });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.value;
}
const number = (state: unknown): number => (state as { n: number }).n;

describe("refinement", () => {
  it("holds where each step of the concrete model is one of the abstract model", () => {
    const concrete = model({ by: 2 });
    expect(checkRefinement({ concrete, abstract: model({ by: 3, exact: false }) })).toEqual({
      states: 7,
      transitions: 6,
      stutters: 0,
      failure: null,
    });
  });

  it("fails at the first step that the abstract model does not have, with the behaviour that leads there", () => {
    const { failure, ...counts } = checkRefinement({
      concrete: model({ by: 4, exact: false }),
      abstract: model({ by: 3, exact: false }),
    });
    expect(failure?.map(({ action, choice, after }) => [action, choice, number(after)])).toEqual([
      ["Init", {}, 0],
      ["Add", { by: 4 }, 4],
    ]);
    expect(counts).toEqual({ states: 5, transitions: 4, stutters: 0 });
  });

  it("takes several steps of the abstract model for one, as far as it is told", () => {
    const sides = { concrete: model({ by: 4 }), abstract: model({ by: 2 }) };
    expect(checkRefinement(sides).failure).toHaveLength(2);
    expect(checkRefinement({ ...sides, stepsMax: 2 }).failure).toBe(null);
    expect(checkRefinement({ ...sides, abstract: model({ by: 3 }), stepsMax: 4 }).failure).toHaveLength(2);
  });

  it("compares the images, and takes what they do not show for no step", () => {
    const half = (state: unknown): unknown => ({ n: Math.floor(number(state) / 2) });
    const sides = { concrete: model({ by: 1 }), abstract: model({ by: 1 }), image: half };
    expect(checkRefinement(sides)).toEqual({ states: 13, transitions: 12, stutters: 6, failure: null });
    expect(
      checkRefinement({
        ...sides,
        image: (state) => ({ n: number(state) * 2 - (number(state) > 5 ? 4 : 0) }),
        stepsMax: 2,
      }).failure,
    ).toHaveLength(7);
  });

  it("fails where the abstract model does not begin so", () => {
    const { failure } = checkRefinement({ concrete: model({ from: 1 }), abstract: model({}) });
    expect(failure?.map(({ action }) => action)).toEqual(["Init"]);
  });
});
