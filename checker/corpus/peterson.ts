/**
 * Peterson's mutual exclusion for two processes ("Myths About the Mutual Exclusion Problem", 1981), and the abstract
 * lock it implements.
 */
import {
  boolean,
  integer,
  type ModelDeclaration,
  map,
  oneOf,
  protocol,
  record,
  type ViewOf,
} from "../../spec/lang/index.ts";

const processes = [1, 2] as const;
const processId = integer(1, 2);
const label = oneOf("a0", "a1", "a2", "a3", "cs", "a4");
type Label = ViewOf<typeof label>;

const state = () => record({ pc: map(processId, label), c: map(processId, boolean()), turn: processId });
type State = ViewOf<ReturnType<typeof state>>;

const peterson = protocol("Peterson", { constants: {}, state });

const other = (p: number): number => (p === 1 ? 2 : 1);
const isAt = (s: State, p: number, ...labels: readonly Label[]): boolean => labels.includes(s.pc.get(p));
const hasLock = (s: State, p: number): boolean => isAt(s, p, "cs", "a4");

const params = () => ({ self: processId });

const a0 = peterson.action("a0", {
  says: "A process leaves its own business and wants to enter.",
  params,
  guard: (s, { self }) => isAt(s, self, "a0"),
  effect: (s, { self }) => s.pc.set(self, "a1"),
});

const a1 = peterson.action("a1", {
  says: "The process raises its flag.",
  params,
  guard: (s, { self }) => isAt(s, self, "a1"),
  effect: (s, { self }) => {
    s.c.set(self, true);
    s.pc.set(self, "a2");
  },
});

const a2 = peterson.action("a2", {
  says: "The process gives way to the other.",
  params,
  guard: (s, { self }) => isAt(s, self, "a2"),
  effect: (s, { self }) => {
    s.turn = other(self);
    s.pc.set(self, "a3");
  },
});

const a3 = peterson.action("a3", {
  says: "The process enters once the other does not want to, or has given way.",
  params,
  guard: (s, { self }) => isAt(s, self, "a3") && (!s.c.get(other(self)) || s.turn === self),
  effect: (s, { self }) => s.pc.set(self, "cs"),
});

const cs = peterson.action("cs", {
  says: "The process has done its work in the critical section.",
  params,
  guard: (s, { self }) => isAt(s, self, "cs"),
  effect: (s, { self }) => s.pc.set(self, "a4"),
});

const a4 = peterson.action("a4", {
  says: "The process lowers its flag and leaves.",
  params,
  guard: (s, { self }) => isAt(s, self, "a4"),
  effect: (s, { self }) => {
    s.c.set(self, false);
    s.pc.set(self, "a0");
  },
});

const flagFollowsLabel = peterson.invariant("FlagFollowsLabel", {
  says: "The flag of a process is up exactly from raising it to lowering it.",
  source: "Peterson, first conjunct of Inv",
  holds: (s) => processes.every((p) => s.c.get(p) === isAt(s, p, "a2", "a3", "cs", "a4")),
});

const entrantHasPriority = peterson.invariant("EntrantHasPriority", {
  says: "A process inside has the turn, or the other has not yet given way.",
  source: "Peterson, second conjunct of Inv",
  holds: (s) => processes.every((p) => !hasLock(s, p) || s.turn === p || isAt(s, other(p), "a0", "a1", "a2")),
});

const mutualExclusion = peterson.invariant("MutualExclusion", {
  says: "The two processes are never both inside.",
  source: "Peterson, third conjunct of Inv",
  holds: (s) => !(hasLock(s, 1) && hasLock(s, 2)),
});

type LockLabel = "l0" | "l1" | "cs" | "l2";

/** A state of the abstract lock: where each process is, and whether the lock is free. */
interface Lock {
  readonly labels: Readonly<Record<1 | 2, LockLabel>>;
  readonly isFree: boolean;
}

function lockLabel(at: Label): LockLabel {
  switch (at) {
    case "a0":
      return "l0";
    case "a1":
    case "a2":
    case "a3":
      return "l1";
    case "cs":
      return "cs";
    case "a4":
      return "l2";
  }
}

function lockOf(s: State): Lock {
  return {
    labels: { 1: lockLabel(s.pc.get(1)), 2: lockLabel(s.pc.get(2)) },
    isFree: !processes.some((p) => hasLock(s, p)),
  };
}

/** Where the abstract lock goes when this process moves; null where the process has to wait. */
function lockStep(lock: Lock, self: 1 | 2): Lock | null {
  const to = (next: LockLabel, isFree: boolean): Lock => ({ labels: { ...lock.labels, [self]: next }, isFree });
  switch (lock.labels[self]) {
    case "l0":
      return to("l1", lock.isFree);
    case "l1":
      return lock.isFree ? to("cs", false) : null;
    case "cs":
      return to("l2", lock.isFree);
    case "l2":
      return to("l0", true);
  }
}

function isSameLock(a: Lock, b: Lock): boolean {
  return a.isFree === b.isFree && processes.every((p) => a.labels[p] === b.labels[p]);
}

/** Of the abstract lock's initial state nothing needs checking: both processes start at `a0`, which is `l0`. */
const refinesLock = peterson.stepInvariant("RefinesLock", {
  says: "Every step is a step of the abstract lock, or leaves it as it is.",
  source: "Peterson, LSpec; Lock, Next",
  holds: (before, after) => {
    const from = lockOf(before);
    const to = lockOf(after);
    if (isSameLock(from, to)) return true;
    return processes.some((self) => {
      const next = lockStep(from, self);
      return next !== null && isSameLock(next, to);
    });
  },
});

const petersonSpec = peterson.spec({
  says: "Peterson's mutual exclusion for two processes.",
  source: "tlaplus/Examples, locks_auxiliary_vars/Peterson",
  actions: [a0, a1, a2, a3, cs, a4],
  properties: [flagFollowsLabel, entrantHasPriority, mutualExclusion, refinesLock],
});

export const petersonModels: readonly ModelDeclaration[] = [
  {
    name: "peterson",
    spec: petersonSpec,
    says: "Peterson's algorithm, and that it implements a lock.",
    file: "checker/corpus/peterson.ts",
    expect: {
      verdict: "holds",
      distinct: 42,
      generated: 77,
      depth: 11,
      source: "tlaplus/Examples, locks_auxiliary_vars/Peterson",
    },
  },
];
