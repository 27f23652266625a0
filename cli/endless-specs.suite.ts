/** Specs one function of which does not return, for tests of the program as users run it. */

/** The places of a spec at which it can loop. */
const parts = {
  loading: "",
  state: "",
  part: "",
  params: "",
  init: "",
  guard: "",
  effect: "",
  found: "",
  invariant: "",
  step: "",
  goal: "",
  antecedent: "",
  view: "",
  constraint: "",
  deadData: "",
};
export type EndlessPart = keyof typeof parts;

/**
 * A counter up to nine. One of its functions does not return: when it is first called, or where it sees a state, when the
 * counter stands at five.
 */
export function endlessSpec(part: EndlessPart): string {
  const at = { ...parts, [part]: "forever();" };
  const late = { ...parts, [part]: "if (s.n === 5) forever();" };
  const view = part === "view" ? `view: (s) => { ${late.view} return s.n; },` : "";
  const deadData = `deadData: { says: "Nothing.", reset: (s) => { ${late.deadData} } },`;
  return `import { integer, protocol, record } from "lockstep";

const forever = (): void => {
  for (let turns = 0; turns >= 0; turns = (turns + 1) % 7) continue;
};
${at.loading}
const counters = protocol("Endless", {
  constants: {},
  state: () => { ${at.state} return record({ n: integer(0, 9), spare: integer(0, 1) }); },
});
const grow = counters.action("Grow", {
  says: "One more.",
  part: () => { ${at.part} return true; },
  params: () => { ${at.params} return { by: integer(1, 1), from: counters.found((s) => { ${late.found} return [s.n]; }) }; },
  guard: (s) => { ${late.guard} return s.n < 9; },
  effect: (s, { by }) => { ${late.effect} s.n += by; },
});
export const spec = counters.spec({
  says: "A counter.",
  init: { effect: (s) => { ${at.init} s.n = 1; } },
  actions: [grow],
  properties: [
    counters.invariant("Small", { says: "Small.", when: (s) => { ${late.antecedent} return true; }, holds: (s) => { ${late.invariant} return s.n <= 9; } }),
    counters.stepInvariant("Up", { says: "Up.", holds: (before, s) => { ${late.step} return s.n > before.n; } }),
    counters.reachable("Full", { says: "Full.", goal: (s) => { ${late.goal} return s.n === 9; } }),
  ],
  constraints: [counters.stateConstraint("Low", { says: "Low.", within: (s) => { ${late.constraint} return s.n < 9; } })],
  ${view}
  ${deadData}
  terminates: true,
});
`;
}

/** How the program names the function that does not return. */
export const endlessNames: Readonly<Record<EndlessPart, string>> = {
  loading: "the loading of",
  state: "the state schema of Endless",
  part: "the part of Grow",
  params: "the parameters of Grow",
  init: "the effect of Init",
  guard: "the guard of Grow",
  effect: "the effect of Grow",
  found: "the domain of the parameter Grow.from",
  invariant: "the invariant Small",
  step: "the step invariant Up",
  goal: "the goal Full",
  antecedent: "the antecedent of Small",
  view: "the view",
  constraint: "the constraint Low",
  deadData: "what the spec calls dead data",
};

/** Levels of thousands of states, so that several threads share the work; a guard that does not return on a late one. */
export const endlessWideSpec = `import { integer, protocol, record } from "lockstep";

const forever = (): void => {
  for (let turns = 0; turns >= 0; turns = (turns + 1) % 7) continue;
};
const wide = protocol("Wide", {
  constants: {},
  state: () => record({ a: integer(0, 150), b: integer(0, 150), c: integer(0, 150) }),
});
const step = wide.action("Step", {
  says: "One of the three goes on.",
  params: () => ({ by: integer(0, 2) }),
  guard: (s, { by }) => {
    if (s.a === 150) forever();
    return [s.a, s.b, s.c][by] !== 150;
  },
  effect: (s, { by }) => {
    if (by === 0) s.a += 1;
    else if (by === 1) s.b += 1;
    else s.c += 1;
  },
});
export const spec = wide.spec({ says: "Three counters.", actions: [step], properties: [], terminates: true });
`;
