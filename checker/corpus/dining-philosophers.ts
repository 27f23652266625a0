/**
 * The dining philosophers in the manner of Chandy and Misra ("The Drinking Philosophers Problem", 1984): whoever holds
 * a dirty fork cleans it and hands it to the neighbour, and eats only with two clean forks.
 */
import {
  type AlwaysEventually,
  boolean,
  type ConstantsOf,
  count,
  integer,
  type ModelDeclaration,
  map,
  oneOf,
  protocol,
  record,
  type ViewOf,
} from "../../spec/lang/index.ts";

const philosopherCountMax = 8;

const constants = {
  NP: count({
    default: 5,
    min: 2,
    max: philosopherCountMax,
    says: "how many philosophers, and forks, are at the table",
  }),
};
type Constants = ConstantsOf<typeof constants>;

const philosopherOf = (c: Constants) => integer(1, c.NP);
const forkOf = (c: Constants) => integer(1, c.NP);

const state = (c: Constants) =>
  record({
    forks: map(forkOf(c), record({ holder: philosopherOf(c), clean: boolean() })),
    hungry: map(philosopherOf(c), boolean()),
    pc: map(philosopherOf(c), oneOf("Loop", "Eat", "Think")),
  });
type State = ViewOf<ReturnType<typeof state>>;

const diningPhilosophers = protocol("DiningPhilosophers", { constants, state });

const leftFork = (p: number): number => p;
const rightFork = (p: number, c: Constants): number => (p === c.NP ? 1 : p + 1);
const leftPhilosopher = (p: number, c: Constants): number => (p === 1 ? c.NP : p - 1);
const rightPhilosopher = (p: number, c: Constants): number => (p === c.NP ? 1 : p + 1);

function holdsDirty(s: State, p: number, fork: number): boolean {
  const { holder, clean } = s.forks.get(fork);
  return holder === p && !clean;
}

function canEat(s: State, p: number, c: Constants): boolean {
  return [leftFork(p), rightFork(p, c)].every((fork) => s.forks.get(fork).holder === p && s.forks.get(fork).clean);
}

function shareFork(p: number, q: number, c: Constants): boolean {
  const forksOfQ = [leftFork(q), rightFork(q, c)];
  return forksOfQ.includes(leftFork(p)) || forksOfQ.includes(rightFork(p, c));
}

function labelAfterLoop(s: State, p: number, c: Constants): "Loop" | "Eat" | "Think" {
  if (!s.hungry.get(p)) return "Think";
  return canEat(s, p, c) ? "Eat" : "Loop";
}

const loop = diningPhilosophers.action("Loop", {
  says: "A philosopher hands over one dirty fork if it holds any, and turns to eating, to thinking or to waiting.",
  params: (c) => ({ self: philosopherOf(c) }),
  guard: (s, { self }) => s.pc.get(self) === "Loop",
  effect: (s, { self }, c) => {
    s.pc.set(self, labelAfterLoop(s, self, c));
    if (holdsDirty(s, self, leftFork(self))) {
      s.forks.set(leftFork(self), { holder: leftPhilosopher(self, c), clean: true });
    } else if (holdsDirty(s, self, rightFork(self, c))) {
      s.forks.set(rightFork(self, c), { holder: rightPhilosopher(self, c), clean: true });
    }
  },
  fair: "weak",
});

const think = diningPhilosophers.action("Think", {
  says: "A philosopher has thought and is hungry again.",
  params: (c) => ({ self: philosopherOf(c) }),
  guard: (s, { self }) => s.pc.get(self) === "Think",
  effect: (s, { self }) => {
    s.hungry.set(self, true);
    s.pc.set(self, "Loop");
  },
  fair: "weak",
});

const eat = diningPhilosophers.action("Eat", {
  says: "A philosopher eats, which leaves both forks dirty.",
  params: (c) => ({ self: philosopherOf(c) }),
  guard: (s, { self }) => s.pc.get(self) === "Eat",
  effect: (s, { self }, c) => {
    s.hungry.set(self, false);
    s.forks.get(leftFork(self)).clean = false;
    s.forks.get(rightFork(self, c)).clean = false;
    s.pc.set(self, "Loop");
  },
  fair: "weak",
});

const exclusiveAccess = diningPhilosophers.invariant("ExclusiveAccess", {
  says: "Two philosophers who share a fork never eat at the same time.",
  source: "DiningPhilosophers, ExclusiveAccess",
  holds: (s, c) => {
    const eating = s.pc.keys().filter((p) => s.pc.get(p) === "Eat");
    return eating.every((p) => eating.every((q) => p === q || !shareFork(p, q, c)));
  },
});

/** The original quantifies over the philosophers; here each has a property of its own. */
function nobodyStarves(): readonly AlwaysEventually[] {
  return Array.from({ length: philosopherCountMax }, (_, before) => {
    const philosopher = before + 1;
    return diningPhilosophers.alwaysEventually(`NobodyStarves${philosopher}`, {
      says: `Philosopher ${philosopher} eats again and again.`,
      source: "DiningPhilosophers, NobodyStarves",
      part: (c) => philosopher <= c.NP,
      goal: (s) => !s.hungry.get(philosopher),
    });
  });
}

const diningPhilosophersSpec = diningPhilosophers.spec({
  says: "Chandy and Misra's dining philosophers: dirty forks are cleaned and handed over, clean ones are kept to eat.",
  source: "tlaplus/Examples, DiningPhilosophers/DiningPhilosophers",
  init: {
    effect: (s) => {
      // Fork 2 lies with philosopher 1, so that the forks do not start out in a cycle.
      for (const fork of s.forks.keys()) s.forks.get(fork).holder = fork === 2 ? 1 : fork;
      s.hungry.fill(true);
    },
  },
  actions: [loop, think, eat],
  properties: [exclusiveAccess, ...nobodyStarves()],
});

export const diningPhilosophersModels: readonly ModelDeclaration[] = [
  {
    name: "dining-philosophers",
    spec: diningPhilosophersSpec,
    says: "Five dining philosophers.",
    set: { NP: 5 },
    properties: ["ExclusiveAccess"],
    file: "checker/corpus/dining-philosophers.ts",
    expect: {
      verdict: "holds",
      distinct: 67,
      generated: 336,
      depth: 29,
      source: "tlaplus/Examples, DiningPhilosophers/DiningPhilosophers, NP = 5",
    },
  },
];
