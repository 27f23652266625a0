/** Random specs over what random-program.suite.ts leaves out: wide, nested and keyed parts of a state, and odd domains. */
import fc from "fast-check";
import {
  type Action,
  bag,
  boolean,
  type ConstantsOf,
  type DraftOf,
  id,
  ids,
  integer,
  type Model,
  map,
  oneOf,
  option,
  protocol,
  record,
  sequence,
  set,
  union,
  type ViewOf,
} from "../../spec/lang/index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";

const constants = { Process: ids("p", { default: 2, says: "the processes" }) };
type C = ConstantsOf<typeof constants>;

const farthest = 2 ** 31 - 1;

function message(c: C) {
  return union({ Put: { by: id(c.Process), n: integer(0, 2) }, Cut: {} });
}

function stateOf(c: C) {
  return record({
    n: integer(-3, 4),
    wide: integer(-(2 ** 30), 2 ** 30),
    widest: integer(-farthest, farthest),
    flag: boolean(),
    /** Too many possible elements for a mask. */
    pairs: set(record({ by: id(c.Process), at: integer(-50, 99) })),
    mask: set(integer(-20, 29)),
    owner: option(record({ by: id(c.Process), n: integer(-1, 1) })),
    wish: option(integer(0, 2)),
    debt: option(integer(-2, 2)),
    byMode: map(oneOf("red", "green", "blue"), integer(-1, 2)),
    byPair: map(record({ by: id(c.Process), mode: oneOf("red", "blue") }), boolean()),
    boxes: map(
      id(c.Process),
      record({
        log: sequence(message(c), 3),
        sent: bag(message(c), { copies: 2 }),
        seen: set(id(c.Process)),
        last: option(message(c)),
        count: integer(0, 3),
      }),
    ),
    route: sequence(message(c), 3),
    network: bag(message(c), { copies: 2 }),
    other: bag(message(c)),
  });
}

type State = ViewOf<ReturnType<typeof stateOf>>;
type Draft = DraftOf<ReturnType<typeof stateOf>>;
type Message = ViewOf<ReturnType<typeof message>>;

const programs = protocol("Wide", { constants, state: stateOf });

/** What is asked of a state: never anything that tells one process from another. */
const facts = {
  negative: (s: State) => s.n < 0,
  high: (s: State) => s.n > 1,
  far: (s: State) => s.wide > 0 || s.widest < 0,
  on: (s: State) => s.flag,
  unowned: (s: State) => s.owner === null,
  contentOwner: (s: State) => s.owner !== null && s.owner.n >= 0,
  wished: (s: State) => s.wish !== null && s.wish > 0,
  indebted: (s: State) => s.debt !== null && s.debt < 0,
  paired: (s: State) => s.pairs.count(({ at }) => at > 10) > 0,
  masked: (s: State) => s.mask.has(-20) || s.mask.size > 1,
  coloured: (s: State) => s.byMode.get("red") !== s.byMode.get("blue"),
  marked: (s: State) => s.byPair.some((on, { mode }) => on && mode === "red"),
  logged: (s: State) => s.boxes.some(({ log }) => log.length > 0 && log.last.kind === "Put"),
  routed: (s: State) => s.boxes.every(({ log }) => log.isPrefixOf(s.route)),
  sending: (s: State) => s.boxes.some(({ sent }) => sent.size > 1),
  quiet: (s: State) => s.network.size < 2,
  cut: (s: State) => s.network.has({ kind: "Cut" }) || s.other.has({ kind: "Cut" }),
  doubled: (s: State) => s.network.some((m) => s.network.copies(m) > 1),
  light: (s: State) => s.network.every((m) => m.kind === "Cut" || m.n === 0),
  mirrored: (s: State) => [...s.other].every((m) => s.network.has(m)),
  putting: (s: State) => s.network.ofKind("Put").length > 0,
} as const;
type Fact = keyof typeof facts;

/** What is asked of a step. */
const stepFacts = {
  keeps: (a: State, b: State) => a.network.every((m) => b.network.has(m)),
  grows: (a: State, b: State) => a.network.size <= b.network.size,
  moves: (a: State, b: State) => a.other.every((m) => b.other.has(m) || b.network.has(m)),
  extends: (a: State, b: State) => a.route.isPrefixOf(b.route),
  climbs: (a: State, b: State) => a.n <= b.n,
  empties: (a: State, b: State) => a.boxes.every(({ sent }, p) => sent.size <= b.boxes.get(p).sent.size + 1),
} as const;
type StepFact = keyof typeof stepFacts;

type Guard = (s: State) => boolean;
type Command = (name: string, guard: Guard) => Action;

const plain =
  (effect: (s: Draft) => void, own: Guard = () => true): Command =>
  (name, guard) =>
    programs.action(name, { says: "Something happens.", guard: (s) => own(s) && guard(s), effect });

const ofProcess =
  (effect: (s: Draft, p: C["Process"][number]) => void, own: (s: State, p: C["Process"][number]) => boolean): Command =>
  (name, guard) =>
    programs.action(name, {
      says: "A process does something.",
      params: (c) => ({ p: id(c.Process) }),
      guard: (s, { p }) => own(s, p) && guard(s),
      effect: (s, { p }) => effect(s, p),
    });

const ofFound =
  (values: (s: State, c: C) => Iterable<Message>): Command =>
  (name, guard) =>
    programs.action(name, {
      says: "A message is taken.",
      params: () => ({ m: programs.found((s, _, c) => values(s, c)) }),
      guard,
      effect: (s, { m }) => take(s, m),
    });

/** Takes a message out of wherever it is, and leaves a trace. */
function take(s: Draft, m: Message): void {
  if (s.network.has(m)) s.network.remove(m);
  else if (s.other.has(m)) s.other.remove(m);
  else s.flag = !s.flag;
  if (m.kind === "Put") s.boxes.get(m.by).count = m.n;
}

const commands: Readonly<Record<string, Command>> = {
  /** Leaves the range and comes back, and reads what it wrote. */
  Dip: plain(
    (s) => {
      s.n -= 10;
      s.n += s.n < -3 ? 11 : 0;
    },
    (s) => s.n < 4,
  ),
  /** Leaves the range of one field and comes back by way of another. */
  Swap: plain(
    (s) => {
      s.wish = 7;
      s.n = s.wish - 6;
      s.wish = s.n === 1 ? null : 2;
      s.debt = s.debt === null ? -2 : s.debt === 2 ? null : s.debt + 1;
    },
    (s) => s.n !== 3,
  ),
  Sink: plain((s) => {
    s.n -= 1;
  }),
  Overdraw: plain((s) => {
    s.debt = (s.debt ?? 0) - 1;
  }),
  Wish: plain((s) => {
    s.wish = s.wish === null ? 0 : s.wish + 1;
    if (s.wish === 3) s.wish = null;
  }),
  Leap: plain((s) => {
    s.wide = s.wide === 0 ? 2 ** 30 : s.wide > 0 ? -(2 ** 30) : 0;
    s.widest = s.widest === 0 ? -farthest : s.widest < 0 ? farthest : 0;
  }),
  Mask: plain(
    (s) => {
      s.mask.add(s.mask.size === 0 ? 29 : -20);
      if (s.mask.size > 1) s.mask.remove(29);
    },
    (s) => !s.flag,
  ),
  Unmask: plain((s) => s.mask.assign(s.mask.filter((n) => n < 0).union([0]))),
  Pair: ofProcess(
    (s, p) => s.pairs.add({ by: p, at: s.pairs.size === 0 ? -50 : 99 }),
    (s) => s.pairs.size < 2,
  ),
  Unpair: plain((s) => s.pairs.clear()),
  KeepPairs: plain((s) => s.pairs.assign(s.pairs.filter(({ at }) => at > 0))),
  Own: ofProcess(
    (s, p) => {
      s.owner = { by: p, n: s.owner === null ? -1 : 1 };
      s.n = s.owner.n;
    },
    (s, p) => s.owner?.by !== p,
  ),
  Disown: plain((s) => {
    s.owner = null;
  }),
  Paint: plain((s) => s.byMode.set("red", s.byMode.get("red") === 2 ? -1 : s.byMode.get("red") + 1)),
  Flood: plain((s) => s.byMode.fill(s.byMode.get("red"))),
  MarkPair: ofProcess(
    (s, p) => s.byPair.set({ by: p, mode: "red" }, !s.byPair.get({ by: p, mode: "red" })),
    () => true,
  ),
  Log: ofProcess(
    (s, p) => s.boxes.get(p).log.push(s.flag ? { kind: "Cut" } : { kind: "Put", by: p, n: s.boxes.get(p).log.length }),
    (s, p) => s.boxes.get(p).log.length < 2,
  ),
  Truncate: ofProcess(
    (s, p) => s.boxes.get(p).log.truncate(s.boxes.get(p).log.length - 1),
    (s, p) => s.boxes.get(p).log.length > 0,
  ),
  Rotate: ofProcess(
    (s, p) => {
      const { log } = s.boxes.get(p);
      const first = log.shift();
      log.push(first);
      log.set(1, log.last);
      s.boxes.get(p).last = first;
    },
    (s, p) => s.boxes.get(p).log.length > 1,
  ),
  Route: ofProcess(
    (s, p) => s.route.assign(s.boxes.get(p).log),
    (s, p) => !s.boxes.get(p).log.equals(s.route),
  ),
  Extend: plain(
    (s) => {
      s.route.push({ kind: "Cut" });
      if (s.route.length === 3) s.route.clear();
    },
    (s) => s.route.length < 3,
  ),
  Fill: ofProcess(
    (s, p) => s.boxes.get(p).sent.add({ kind: "Put", by: p, n: 1 }),
    (s, p) => s.boxes.get(p).sent.size < 2,
  ),
  Flush: ofProcess(
    (s, p) => {
      const { sent, seen } = s.boxes.get(p);
      sent.clear();
      sent.add({ kind: "Cut" });
      if (sent.size === 1) seen.add(p);
    },
    () => true,
  ),
  Post: ofProcess(
    (s, p) => s.network.add({ kind: "Put", by: p, n: s.network.size }),
    (s) => s.network.size < 2,
  ),
  Cut: plain(
    (s) => s.network.add({ kind: "Cut" }),
    (s) => s.network.copies({ kind: "Cut" }) < 2 && s.network.size < 3,
  ),
  /** Past the copies that a bag takes. */
  Overfill: plain((s) => s.other.add({ kind: "Cut" })),
  Side: ofProcess(
    (s, p) => s.other.add({ kind: "Put", by: p, n: 0 }),
    (s) => s.other.size < 2,
  ),
  Clear: plain((s) => {
    s.network.clear();
    if (s.network.size === 0) s.flag = !s.flag;
  }),
  Any: ofFound((s) => s.network),
  OfKind: ofFound((s) => s.network.ofKind("Put")),
  Filtered: ofFound((s) => [...s.network].filter((m) => m.kind === "Put" && m.n > 0)),
  Several: ofFound((s) => [...s.network, ...s.other, ...s.network.ofKind("Put")]),
  Head: ofFound((s) => [...s.network].slice(0, 1)),
  Twice: ofFound((s) => [...s.network].flatMap((m) => [m, m])),
  Boxed: ofFound((s, c) => c.Process.flatMap((p) => [...s.boxes.get(p).sent])),
  Queued: ofFound((s) => s.route),
  WhenFew: ofFound((s) => (s.network.size < 2 ? s.network : [])),
  Two: (name, guard) =>
    programs.action(name, {
      says: "Two messages meet.",
      params: () => ({ m: programs.found((s) => s.network), k: programs.found((s) => s.other) }),
      guard: (s, { m, k }) => guard(s) && m.kind === k.kind,
      effect: (s, { m, k }) => {
        s.network.remove(m);
        s.other.remove(k);
      },
    }),
  Pairs: (name, guard) =>
    programs.action(name, {
      says: "A pair ends.",
      params: () => ({ pair: programs.found((s) => s.pairs), up: boolean() }),
      guard,
      effect: (s, { pair, up }) => {
        s.pairs.remove(pair);
        if (up) s.owner = { by: pair.by, n: 0 };
      },
    }),
};

/** The first element in the canonical order: this tells ids apart. */
const asymmetric: readonly string[] = ["Head"];

export interface WideProgram {
  readonly commands: readonly { readonly name: string; readonly facts: readonly Fact[] }[];
  readonly invariants: readonly { readonly when: readonly Fact[]; readonly not: readonly Fact[] }[];
  readonly steps: readonly StepFact[];
  readonly goals: readonly Fact[];
  readonly within: readonly Fact[];
  readonly taken: readonly StepFact[];
  readonly symmetry: boolean;
  readonly deadlock: boolean;
  readonly processes: number;
}

const anyFact = fc.constantFrom(...(Object.keys(facts) as Fact[]));
const anyStepFact = fc.constantFrom(...(Object.keys(stepFacts) as StepFact[]));
const someFacts = fc.uniqueArray(anyFact, { maxLength: 2 });
const rarely = <T>(any: fc.Arbitrary<T>, weight: number): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight, arbitrary: fc.constant([]) }, fc.array(any, { minLength: 1, maxLength: 1 }));

export const anyWideProgram: fc.Arbitrary<WideProgram> = fc.record({
  commands: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...Object.keys(commands)),
      facts: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, someFacts),
    }),
    { minLength: 3, maxLength: 7, selector: ({ name }) => name },
  ),
  invariants: rarely(fc.record({ when: someFacts, not: fc.uniqueArray(anyFact, { minLength: 1, maxLength: 3 }) }), 2),
  steps: rarely(anyStepFact, 3),
  goals: fc.uniqueArray(anyFact, { maxLength: 3 }),
  within: rarely(anyFact, 6),
  taken: rarely(anyStepFact, 6),
  symmetry: fc.boolean(),
  deadlock: fc.boolean(),
  processes: fc.integer({ min: 1, max: 2 }),
});

function all(names: readonly Fact[]): Guard {
  return (s) => names.every((name) => facts[name](s));
}

export function wideModel(program: WideProgram): Model {
  const { commands: chosen, invariants, steps, goals, within, taken, symmetry, deadlock, processes } = program;
  const spec = programs.spec({
    says: "A random program.",
    actions: chosen.flatMap(({ name, facts: names }) => commands[name]?.(name, all(names)) ?? []),
    properties: [
      ...invariants.map(({ when, not }) =>
        programs.invariant("NotAll", {
          says: "Not all of these at once.",
          ...(when.length === 0 ? {} : { when: all(when) }),
          holds: (s) => !all(not)(s),
        }),
      ),
      ...steps.map((fact) => programs.stepInvariant("Step", { says: "A step does this.", holds: stepFacts[fact] })),
      ...goals.map((fact) => programs.reachable(`Goal ${fact}`, { says: "A goal.", goal: facts[fact] })),
      programs.reachableStep("Empties", { says: "A step.", goal: (a, b) => a.network.size > b.network.size }),
    ],
    constraints: [
      ...within.map((fact) => programs.stateConstraint("Within", { says: "Inside.", within: facts[fact] })),
      ...taken.map((fact) => programs.actionConstraint("Taken", { says: "Inside.", within: stepFacts[fact] })),
    ],
    symmetry: ["Process"],
  });
  const isSymmetric = symmetry && !chosen.some(({ name }) => asymmetric.includes(name));
  const set = { Process: processes };
  return modelOf({ name: "wide", spec, says: "A random program.", set, symmetry: isSymmetric, deadlock });
}
