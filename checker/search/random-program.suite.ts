/** Random small specs over the whole vocabulary: what they do makes no sense, and two engines must agree on it. */
import fc from "fast-check";
import {
  type Action,
  bag,
  type ConstantsOf,
  type Constraint,
  type DraftOf,
  id,
  ids,
  integer,
  type Model,
  map,
  oneOf,
  option,
  type Property,
  part,
  protocol,
  record,
  type Spec,
  seq,
  sequence,
  set,
  union,
  type ViewOf,
} from "../../spec/lang/index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";

const constants = { Process: ids("p", { default: 2, says: "the processes" }) };

function stateOf(c: ConstantsOf<typeof constants>) {
  return record({
    n: integer(0, 3),
    mode: oneOf("red", "green", "blue"),
    owner: option(id(c.Process)),
    off: part(false, integer(0, 1)),
    level: map(id(c.Process), integer(0, 1)),
    waiting: set(id(c.Process)),
    queue: sequence(record({ by: id(c.Process), at: integer(0, 3) }), 2),
    network: bag(
      union({ Ping: { from: id(c.Process) }, Pong: { to: id(c.Process), path: sequence(integer(0, 3), 2) } }),
      { copies: 2 },
    ),
  });
}

type State = ViewOf<ReturnType<typeof stateOf>>;
type Draft = DraftOf<ReturnType<typeof stateOf>>;

const programs = protocol("Program", { constants, state: stateOf });

const modes = ["red", "green", "blue"] as const;

/** Facts about a state that never tell one process from another. */
const facts = {
  low: (s: State) => s.n < 2,
  odd: (s: State) => s.n % 2 === 1,
  red: (s: State) => s.mode === "red",
  blue: (s: State) => s.mode === "blue",
  free: (s: State) => s.owner === null,
  quiet: (s: State) => s.network.size < 2,
  silent: (s: State) => s.network.size === 0,
  idle: (s: State) => s.waiting.size === 0,
  alone: (s: State) => s.waiting.size < 2,
  flat: (s: State) => s.level.every((level) => level === 0),
  short: (s: State) => s.queue.length < 2,
  ownerWaits: (s: State) => s.owner !== null && s.waiting.has(s.owner),
  ownerFirst: (s: State) => s.queue.length > 0 && s.queue.first.by === s.owner,
  answered: (s: State) => s.network.ofKind("Pong").length > 0,
} as const;
type Fact = keyof typeof facts;
const factNames = Object.keys(facts) as readonly Fact[];
const anyFact = fc.constantFrom(...factNames);

function all(names: readonly Fact[]): (s: State) => boolean {
  return (s) => names.every((name) => facts[name](s));
}

type Command = (name: string, guard: (s: State) => boolean) => Action;

/** What a step can do. Each takes a further guard, at random. */
const commands: Readonly<Record<string, Command>> = {
  Increment: (name, guard) =>
    plain(
      name,
      (s) => guard(s) && s.n < 3,
      (s) => {
        s.n += 1;
      },
    ),
  Reset: (name, guard) =>
    plain(name, guard, (s) => {
      s.n = 0;
    }),
  Turn: (name, guard) =>
    plain(name, guard, (s) => {
      s.mode = modes[(modes.indexOf(s.mode) + 1) % 3] ?? "red";
    }),
  Release: (name, guard) =>
    plain(name, guard, (s) => {
      s.owner = null;
    }),
  Forget: (name, guard) => plain(name, guard, (s) => s.waiting.clear()),
  Dequeue: (name, guard) =>
    plain(
      name,
      (s) => guard(s) && s.queue.length > 0,
      (s) => {
        const { by, at } = s.queue.shift();
        s.waiting.remove(by);
        s.n = at;
      },
    ),
  Take: (name, guard) =>
    programs.action(name, {
      says: "A process takes hold.",
      params: (c) => ({ p: id(c.Process) }),
      guard: (s) => guard(s) && s.owner === null,
      effect: (s, { p }) => {
        s.owner = p;
        s.waiting.remove(p);
      },
    }),
  Climb: (name, guard) =>
    programs.action(name, {
      says: "A process climbs or falls.",
      params: (c) => ({ p: id(c.Process), up: oneOf("up", "down") }),
      guard: (s, { p, up }) => guard(s) && s.level.get(p) !== (up === "up" ? 1 : 0),
      effect: (s, { p, up }) => s.level.set(p, s.level.get(p) + (up === "up" ? 1 : -1)),
    }),
  Wait: (name, guard) =>
    programs.action(name, {
      says: "Some processes wait.",
      params: (c) => ({ some: set(id(c.Process)) }),
      guard,
      effect: (s, { some }) => s.waiting.assign(s.waiting.union(some)),
    }),
  Enqueue: (name, guard) =>
    programs.action(name, {
      says: "A process queues up.",
      params: (c) => ({ p: id(c.Process) }),
      guard: (s) => guard(s) && s.queue.length < 2,
      effect: (s, { p }) => s.queue.push({ by: p, at: s.n }),
    }),
  Ping: (name, guard) =>
    programs.action(name, {
      says: "A process sends.",
      params: (c) => ({ p: id(c.Process) }),
      guard: (s) => guard(s) && s.network.size < 2,
      effect: (s, { p }) => s.network.add({ kind: "Ping", from: p }),
    }),
  Answer: (name, guard) =>
    programs.action(name, {
      says: "A message is answered.",
      params: () => ({ ping: programs.found((s) => s.network.ofKind("Ping")) }),
      guard,
      effect: (s, { ping }) => {
        s.network.remove(ping);
        s.network.add({ kind: "Pong", to: ping.from, path: seq(s.n) });
      },
    }),
  Absorb: (name, guard) =>
    programs.action(name, {
      says: "Any message gets lost, and leaves a trace.",
      params: () => ({ message: programs.found((s) => s.network) }),
      guard,
      effect: (s, { message }) => {
        s.network.remove(message);
        s.n = message.kind === "Pong" ? message.path.first : 0;
      },
    }),
  /** Breaks the bound of `n` after three steps. */
  Overflow: (name, guard) =>
    plain(name, guard, (s) => {
      s.n += 1;
    }),
};

function plain(name: string, guard: (s: State) => boolean, effect: (s: Draft) => void): Action {
  return programs.action(name, { says: "Something happens.", guard, effect });
}

interface Chosen {
  readonly name: string;
  readonly facts: readonly Fact[];
}

const anyFacts = fc.array(anyFact, { maxLength: 2 });
const anyCommand: fc.Arbitrary<Chosen> = fc.record({
  name: fc.constantFrom(...Object.keys(commands)),
  facts: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, anyFacts),
});

/** What makes up a random program. Plain data, so that a failure prints it. */
export interface Program {
  readonly commands: readonly Chosen[];
  readonly invariants: readonly { readonly when: readonly Fact[]; readonly not: readonly Fact[] }[];
  readonly stepInvariants: readonly { readonly before: readonly Fact[]; readonly after: Fact }[];
  readonly goals: readonly Fact[];
  readonly stateConstraints: readonly Fact[];
  readonly actionConstraints: readonly Fact[];
  readonly starts: "one" | "any owner" | "any numbers";
  readonly view: boolean;
  readonly symmetry: boolean;
  readonly deadlock: boolean;
  readonly processes: number;
}

const rarely = <T>(any: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(any, { minLength: 1, maxLength: 2 }));

export const anyProgram: fc.Arbitrary<Program> = fc.record({
  commands: fc.uniqueArray(anyCommand, { minLength: 2, maxLength: 4, selector: ({ name }) => name }),
  invariants: rarely(fc.record({ when: anyFacts, not: fc.uniqueArray(anyFact, { minLength: 1, maxLength: 3 }) })),
  stepInvariants: rarely(fc.record({ before: anyFacts, after: anyFact })),
  goals: fc.uniqueArray(anyFact, { maxLength: 3 }),
  stateConstraints: rarely(anyFact),
  actionConstraints: rarely(anyFact),
  starts: fc.constantFrom("one", "any owner", "any numbers"),
  view: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  symmetry: fc.boolean(),
  deadlock: fc.boolean(),
  processes: fc.integer({ min: 1, max: 3 }),
});

function propertiesOf({ invariants, stepInvariants, goals }: Program): readonly Property[] {
  return [
    ...invariants.map(({ when, not }, position) =>
      programs.invariant(`Invariant${position}`, {
        says: "Not all of these at once.",
        ...(when.length === 0 ? {} : { when: all(when) }),
        holds: (s) => !all(not)(s),
      }),
    ),
    ...stepInvariants.map(({ before, after }, position) =>
      programs.stepInvariant(`Step${position}`, {
        says: "After this comes that.",
        ...(before.length === 0 ? {} : { when: (s) => all(before)(s) }),
        holds: (_, next) => facts[after](next),
      }),
    ),
    ...goals.map((fact) => programs.reachable(`Goal ${fact}`, { says: "A goal.", goal: facts[fact] })),
    programs.reachableStep("Falls", { says: "A step down.", goal: (s, next) => s.n > next.n }),
  ];
}

function constraintsOf({ stateConstraints, actionConstraints }: Program): readonly Constraint[] {
  return [
    ...stateConstraints.map((fact, position) =>
      programs.stateConstraint(`Within${position}`, { says: "Inside.", within: facts[fact] }),
    ),
    ...actionConstraints.map((fact, position) =>
      programs.actionConstraint(`Taken${position}`, {
        says: "A step inside.",
        within: (s, next) => facts[fact](s) || s.mode === next.mode,
      }),
    ),
  ];
}

function specOf(program: Program): Spec {
  // With three processes more than two commands may reach hundreds of thousands of states.
  const taken = program.processes < 3 ? program.commands : program.commands.slice(0, 2);
  const actions = taken.flatMap(({ name, facts: names }) => commands[name]?.(name, all(names)) ?? []);
  const declaration = {
    says: "A random program.",
    actions,
    properties: propertiesOf(program),
    constraints: constraintsOf(program),
    symmetry: ["Process"] as const,
    ...(program.view ? { view: (s: State) => ({ n: s.n, mode: s.mode, level: s.level, network: s.network }) } : {}),
  };
  switch (program.starts) {
    case "one":
      return programs.spec(declaration);
    case "any owner":
      return programs.spec({
        ...declaration,
        init: {
          params: (c) => ({ owner: option(id(c.Process)) }),
          effect: (s, { owner }) => {
            s.owner = owner;
          },
        },
      });
    case "any numbers":
      return programs.spec({
        ...declaration,
        init: {
          params: () => ({ n: integer(0, 2), again: integer(0, 1) }),
          guard: (_, { n, again }) => n + again < 3,
          effect: (s, { n }) => {
            s.n = n;
          },
        },
      });
  }
}

export function programModel(program: Program): Model {
  return modelOf({
    name: "program",
    spec: specOf(program),
    says: "A random program.",
    set: { Process: program.processes },
    symmetry: program.symmetry,
    deadlock: program.deadlock,
  });
}
