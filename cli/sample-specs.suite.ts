/** Small specs for the tests of the commands: each has one thing that a command must say something about. */
import {
  count,
  flag,
  id,
  ids,
  integer,
  type ModelDeclaration,
  map,
  protocol,
  record,
  set,
} from "../spec/lang/index.ts";

const constants = {
  max: count({ default: 3, min: 1, max: 9, says: "how far the counter goes" }),
  wraps: flag({ default: true, says: "whether the counter starts again at its maximum" }),
};

const counter = protocol("Counter", {
  constants,
  state: (c) => record({ n: integer(0, c.max), laps: integer(0, 1) }),
});

const increment = counter.action("Increment", {
  says: "The counter goes on by one or two.",
  params: () => ({ by: integer(1, 2) }),
  guard: (s, { by }, c) => s.n + by <= c.max,
  effect: (s, { by }) => {
    s.n += by;
  },
});

const wrap = counter.action("Wrap", {
  says: "The counter starts again.",
  guard: (s, _, c) => c.wraps && s.n === c.max && s.laps === 0,
  effect: (s) => {
    s.n = 0;
    s.laps = 1;
  },
});

const counterSpec = counter.spec({
  says: "A counter.",
  actions: [increment, wrap],
  properties: [
    counter.invariant("Small", { says: "The counter never reaches three.", source: "our own", holds: (s) => s.n < 3 }),
    counter.invariant("InRange", { says: "The counter stays in its range.", holds: (s, c) => s.n <= c.max }),
    counter.invariant("AfterNine", { says: "Nothing follows nine.", when: (s) => s.n === 9, holds: () => true }),
    counter.stepInvariant("Forward", {
      says: "The counter never goes back.",
      holds: (before, after) => after.n >= before.n,
    }),
    counter.reachable("SecondLap", { says: "The counter starts again.", goal: (s) => s.laps === 1 }),
    counter.reachable("Eight", { says: "The counter reaches eight.", goal: (s) => s.n === 8 }),
    counter.leadsTo("GoesOn", { says: "The counter goes on.", from: (s) => s.n === 0, to: (s) => s.n === 1 }),
    counter.invariant("Throws", {
      says: "A property that throws.",
      holds: (s) => {
        if (s.n === 2) throw new Error("the property has no answer for two");
        return true;
      },
    }),
  ],
  terminates: true,
});

/** Holds, and was recorded so. */
export const holding: ModelDeclaration = {
  name: "counter",
  spec: counterSpec,
  says: "A counter up to three.",
  properties: ["InRange"],
  expect: { verdict: "holds", distinct: 8, generated: 12, depth: 6, source: "counted by hand" },
};

export const counterModels: readonly ModelDeclaration[] = [holding];

const leaks = protocol("Leaks", { constants: {}, state: () => record({ n: integer(0, 2) }) });

/** Its action leaves the bound of the state. */
const leaking: ModelDeclaration = {
  name: "leaking",
  says: "An action without a guard.",
  spec: leaks.spec({
    says: "A counter without an end.",
    actions: [
      leaks.action("Grow", {
        says: "One more.",
        params: () => ({ by: integer(1, 1) }),
        effect: (s, { by }) => {
          s.n += by;
        },
      }),
    ],
    properties: [],
  }),
};

const seats = { Guest: ids("g", { default: 2, max: 3, says: "the guests" }) };
const table = protocol("Table", {
  constants: seats,
  state: (c) => record({ seated: map(id(c.Guest), integer(0, 1)), waiting: set(id(c.Guest)) }),
});

/** Everybody sits down, and then nothing can happen. */
const deadlocking: ModelDeclaration = {
  name: "table",
  says: "Guests who never leave.",
  spec: table.spec({
    says: "Guests take their seats.",
    init: { effect: (s, _, c) => s.waiting.assign(c.Guest) },
    actions: [
      table.action("Sit", {
        says: "A guest who waits sits down.",
        params: () => ({ g: table.found((s) => s.waiting) }),
        effect: (s, { g }) => {
          s.waiting.remove(g);
          s.seated.set(g, 1);
        },
      }),
    ],
    properties: [],
    symmetry: ["Guest"],
  }),
};

export const sampleFiles = {
  "counter.ts": counterModels,
  "leaking.ts": [leaking],
  "table.ts": [deadlocking],
  "several.ts": [holding, leaking],
} as const;
