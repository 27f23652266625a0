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
 * counter is at five.
 */
export function endlessSpec(part: EndlessPart | "heap"): string {
  const at = { ...parts, [part]: "forever();" };
  const late = { ...parts, [part]: "if (s.n === 5) forever();" };
  const view = part === "view" ? `view: (s) => { ${late.view} return s.n; },` : "";
  const deadData = `deadData: { says: "Nothing.", reset: (s) => { ${late.deadData} } },`;
  return `import { integer, protocol, record } from "lockstep";

const forever = (): void => {
  for (let turns = 0; turns >= 0; turns = (turns + 1) % 7) continue;
};
const hoard = (): number => {
  const all: number[][] = [];
  for (let turns = 0; turns >= 0; turns += 1) all.push([turns, turns]);
  return all.length;
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
  guard: (s) => { ${late.guard} ${part === "heap" ? "if (s.n === 5) hoard();" : ""} return s.n < 9; },
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

/** Levels of many thousands of states, so that several threads share the work; a guard that does not return on a late one. */
export const endlessWideSpec = `import { boolean, integer, map, protocol, record } from "lockstep";

const forever = (): void => {
  for (let turns = 0; turns >= 0; turns = (turns + 1) % 7) continue;
};
const lamps = integer(1, 20);
const first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const wide = protocol("Wide", { constants: {}, state: () => record({ lit: map(lamps, boolean()) }) });
const light = wide.action("Light", {
  says: "A lamp is lit.",
  params: () => ({ lamp: lamps }),
  guard: (s, { lamp }) => {
    if (s.lit.get(lamp)) return false;
    if (first.every((one) => s.lit.get(one))) forever();
    return true;
  },
  effect: (s, { lamp }) => s.lit.set(lamp, true),
});
export const spec = wide.spec({ says: "Lamps.", actions: [light], properties: [], terminates: true });
`;
