import { describe, expect, it } from "vitest";
import { id, ids, integer, map, type Property, protocol, record, set } from "../../spec/lang/index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

const tokens = protocol("Tokens", {
  constants: { Node: ids("n", { default: 3, says: "the nodes" }) },
  state: (c) =>
    record({ holder: id(c.Node), clock: integer(0, 2), seen: set(id(c.Node)), marks: map(id(c.Node), integer(0, 1)) }),
});

const pass = tokens.action("Pass", {
  says: "The token goes to another node.",
  params: (c) => ({ to: id(c.Node) }),
  guard: (s, { to }) => s.holder !== to && s.clock < 2,
  effect: (s, { to }) => {
    s.holder = to;
    s.clock += 1;
  },
});

const mark = tokens.action("Mark", {
  says: "The holder marks itself.",
  guard: (s) => s.marks.get(s.holder) === 0,
  effect: (s) => {
    s.marks.set(s.holder, 1);
    s.seen.add(s.holder);
  },
});

/** Changes what only `Pass` may, and leads where `Pass` leads too. */
const steal = tokens.action("Steal", {
  says: "A marked node takes the token.",
  params: (c) => ({ by: id(c.Node) }),
  guard: (s, { by }) => s.clock === 1 && s.marks.get(by) === 1 && s.holder !== by,
  effect: (s, { by }) => {
    s.holder = by;
    s.clock += 1;
  },
});

const onEvery = (
  properties: readonly Property[],
  actions = [pass, mark],
  { symmetry }: { readonly symmetry: boolean } = { symmetry: false },
) =>
  onEveryEngine(
    modelOf({
      name: "tokens",
      says: "",
      symmetry,
      spec: tokens.spec({
        says: "",
        init: {
          params: (c) => ({ first: id(c.Node) }),
          effect: (s, { first }) => {
            s.holder = first;
          },
        },
        actions,
        properties,
        terminates: true,
        symmetry: ["Node"],
      }),
    }),
  );

describe("an invariant of the initial states", () => {
  const atZero = tokens.initialInvariant("AtZero", { says: "The clock begins at 0.", holds: (s) => s.clock === 0 });
  const ofFirst = tokens.initialInvariant("OfFirst", {
    says: "One node holds the token, with an antecedent.",
    when: (s) => s.clock === 0,
    holds: (s, c) => s.holder === c.Node.find((n) => s.seen.has(n)),
  });
  const neverAsked = tokens.initialInvariant("NeverAsked", {
    says: "Nothing.",
    when: (s) => s.clock === 2,
    holds: () => false,
  });

  it("says nothing of the states after them", () => {
    expect(onEvery([atZero])).toMatchObject({ verdict: "holds", distinct: 48, vacuous: [] });
  });

  it("is violated by an initial state alone", () => {
    expect(onEvery([atZero, ofFirst])).toMatchObject({ verdict: "violated", finding: "OfFirst", trace: 1 });
  });

  it("is vacuous where its antecedent is true of later states only", () => {
    expect(onEvery([neverAsked])).toMatchObject({ verdict: "holds", vacuous: ["NeverAsked"] });
  });

  it("fails the run where it throws", () => {
    const throws = tokens.initialInvariant("Throws", {
      says: "",
      holds: () => {
        throw new RangeError("it broke");
      },
    });
    expect(onEvery([throws])).toMatchObject({ verdict: "failed", finding: "it broke" });
  });

  it("is asked of initial states that count as one with others", () => {
    const unlike = tokens.initialInvariant("Unlike", {
      says: "It treats the nodes unlike, and holds for the first of them.",
      holds: (s, c) => c.Node.every((n, position) => position === 0 || s.holder !== n),
    });
    expect(onEvery([unlike], [pass, mark], { symmetry: true })).toMatchObject({
      verdict: "violated",
      finding: "Unlike",
      trace: 1,
    });
  });
});

describe("a part of the state that only some actions change", () => {
  const holderByPass = tokens.changedOnlyBy("HolderByPass", {
    says: "The token moves by Pass alone.",
    changes: (s) => [s.holder, s.clock],
    actions: [pass],
  });
  const marksByMark = tokens.changedOnlyBy("MarksByMark", {
    says: "Marks are made by Mark alone.",
    changes: (s) => ({ marks: s.marks, seen: s.seen }),
    actions: [mark],
  });

  it("may be changed by them, in every engine", () => {
    expect(onEvery([holderByPass, marksByMark])).toMatchObject({ verdict: "holds", distinct: 48 });
  });

  it("is changed by no other, though an allowed one leads to the same state", () => {
    expect(onEvery([holderByPass, marksByMark], [pass, mark, steal])).toMatchObject({
      verdict: "violated",
      finding: "HolderByPass",
    });
    expect(onEvery([holderByPass], [steal, pass, mark])).toMatchObject({ verdict: "violated" });
  });

  it("is changed by nothing where no action is named", () => {
    const frozen = tokens.changedOnlyBy("Frozen", { says: "", changes: (s) => s.marks, actions: [] });
    expect(onEvery([frozen], [pass])).toMatchObject({ verdict: "holds" });
    expect(onEvery([frozen], [pass, mark])).toMatchObject({ verdict: "violated", finding: "Frozen", trace: 2 });
  });
});

describe("a step invariant of some actions", () => {
  const ticks = tokens.stepInvariant("Ticks", {
    says: "The clock goes on by one.",
    of: [pass],
    holds: (before, after) => after.clock === before.clock + 1,
  });

  it("says nothing of the steps of others", () => {
    expect(onEvery([ticks])).toMatchObject({ verdict: "holds", distinct: 48 });
    const all = tokens.stepInvariant("TicksAlways", {
      says: "",
      holds: (before, after) => after.clock === before.clock + 1,
    });
    expect(onEvery([all])).toMatchObject({ verdict: "violated", finding: "TicksAlways", trace: 2 });
  });

  it("is violated by a step of theirs", () => {
    const still = tokens.stepInvariant("Still", { says: "", of: [pass], holds: (a, b) => a.clock === b.clock });
    expect(onEvery([still])).toMatchObject({ verdict: "violated", finding: "Still" });
  });
});
