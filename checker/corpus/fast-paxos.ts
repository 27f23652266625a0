/**
 * Paxos without distinguished leaders or learners (Lamport, "The Part-Time Parliament", 1998), as the base on which the
 * published Fast Paxos is built.
 */
import {
  type ConstantsOf,
  count,
  type Id,
  id,
  ids,
  integer,
  type ModelDeclaration,
  map,
  option,
  protocol,
  type ReadonlyFiniteSet,
  record,
  set,
  union,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = {
  Replicas: ids("r", { default: 4, max: 8, says: "the acceptors" }),
  Values: ids("v", { default: 3, says: "what may be proposed" }),
  ballotMax: count({ default: 2, min: 1, says: "the highest ballot; ballots count from 0" }),
};
type Constants = ConstantsOf<typeof constants>;
type Replica = Id<"r">;
type Replicas = ReadonlyFiniteSet<Replica>;
type Value = Id<"v">;

const ballotOf = (c: Constants) => integer(0, c.ballotMax);
const messageOf = (c: Constants) =>
  union({
    P1a: { ballot: ballotOf(c) },
    P1b: { ballot: ballotOf(c), acceptor: id(c.Replicas), maxVBallot: ballotOf(c), maxValue: option(id(c.Values)) },
    P2a: { ballot: ballotOf(c), value: id(c.Values) },
    P2b: { ballot: ballotOf(c), acceptor: id(c.Replicas), value: id(c.Values) },
  });
type Message = ViewOf<ReturnType<typeof messageOf>>;

const state = (c: Constants) =>
  record({
    /** All that was ever sent: a message may be received late, twice or never. */
    messages: set(messageOf(c)),
    decision: option(id(c.Values)),
    maxBallot: map(id(c.Replicas), ballotOf(c)),
    /** The highest ballot in which a replica accepted a value, and that value; 0 and null before. */
    maxVBallot: map(id(c.Replicas), ballotOf(c)),
    maxValue: map(id(c.Replicas), option(id(c.Values))),
  });
type State = ViewOf<ReturnType<typeof state>>;

const paxos = protocol("Paxos", { constants, state });

type Kind = Message["kind"];
type MessageOfKind<K extends Kind> = Extract<Message, { readonly kind: K }>;

function sent<K extends Kind>(s: State, kind: K): readonly MessageOfKind<K>[] {
  return [...s.messages].filter((m): m is MessageOfKind<K> => m.kind === kind);
}

/** The original names its quorums: three of four replicas. In general they are the smallest majorities. */
function isQuorum(replicas: Replicas, c: Constants): boolean {
  return replicas.size === Math.floor(c.Replicas.length / 2) + 1;
}

/** Whether a message of each of these replicas is among the messages. */
function hasAll(replicas: Replicas, messages: readonly { readonly acceptor: Replica }[]): boolean {
  return replicas.every((replica) => messages.some((m) => m.acceptor === replica));
}

function votesIn(s: State, ballot: number): readonly MessageOfKind<"P2b">[] {
  return sent(s, "P2b").filter((m) => m.ballot === ballot);
}

/** The value accepted in the highest ballot; the promises with that ballot agree on it. */
function forcedValue(promises: readonly MessageOfKind<"P1b">[]): Value | null {
  const highest = Math.max(...promises.map((m) => m.maxVBallot));
  return promises.find((m) => m.maxVBallot === highest)?.maxValue ?? null;
}

const prepare = paxos.action("PaxosPrepare", {
  says: "A proposer asks for promises in a ballot.",
  params: (c) => ({ ballot: ballotOf(c) }),
  guard: (_, { ballot }) => ballot !== 0,
  effect: (s, { ballot }) => s.messages.add({ kind: "P1a", ballot }),
});

const promise = paxos.action("PaxosPromise", {
  says: "A replica promises to ignore lower ballots and tells which value it accepted last.",
  params: (c) => ({ a: id(c.Replicas), m: paxos.found((s) => sent(s, "P1a")) }),
  guard: (s, { a, m }) => s.maxBallot.get(a) < m.ballot,
  effect: (s, { a, m: { ballot } }) => {
    s.maxBallot.set(a, ballot);
    const [maxVBallot, maxValue] = [s.maxVBallot.get(a), s.maxValue.get(a)];
    s.messages.add({ kind: "P1b", ballot, acceptor: a, maxVBallot, maxValue });
  },
});

const accept = paxos.action("PaxosAccept", {
  says: "With the promises of a quorum a proposer asks to accept a value: the forced one, or any where none is.",
  params: (c) => ({ ballot: ballotOf(c), quorum: set(id(c.Replicas)), value: id(c.Values) }),
  guard: (s, { ballot, quorum, value }, c) => {
    if (!isQuorum(quorum, c) || sent(s, "P2a").some((m) => m.ballot === ballot)) return false;
    const promises = sent(s, "P1b").filter((m) => m.ballot === ballot && quorum.has(m.acceptor));
    if (!hasAll(quorum, promises)) return false;
    return promises.every((m) => m.maxValue === null) || value === forcedValue(promises);
  },
  effect: (s, { ballot, value }) => s.messages.add({ kind: "P2a", ballot, value }),
});

const accepted = paxos.action("PaxosAccepted", {
  says: "A replica accepts a value, unless it promised to ignore the ballot.",
  params: (c) => ({ a: id(c.Replicas), m: paxos.found((s) => sent(s, "P2a")) }),
  guard: (s, { a, m }) => s.maxBallot.get(a) <= m.ballot,
  effect: (s, { a, m: { ballot, value } }) => {
    s.maxBallot.set(a, ballot);
    s.maxVBallot.set(a, ballot);
    s.maxValue.set(a, value);
    s.messages.add({ kind: "P2b", ballot, acceptor: a, value });
  },
});

/** The original also chooses the ballot, which is the ballot of the chosen message `m`. */
const decide = paxos.action("PaxosDecide", {
  says: "A quorum has accepted in the same ballot: what one of them accepted is decided.",
  params: (c) => ({ quorum: set(id(c.Replicas)), m: paxos.found((s) => sent(s, "P2b")) }),
  guard: (s, { quorum, m }, c) => isQuorum(quorum, c) && quorum.has(m.acceptor) && hasAll(quorum, votesIn(s, m.ballot)),
  effect: (s, { m }) => {
    s.decision = m.value;
  },
  fair: "strong",
});

const nontriviality = paxos.invariant("PaxosNontriviality", {
  says: "What is decided was proposed.",
  source: "Paxos, first conjunct of PaxosNontriviality",
  when: (s) => s.decision !== null,
  holds: (s) => sent(s, "P2a").some((m) => m.value === s.decision),
});

const promiseTellsVote = paxos.invariant("PromiseTellsVote", {
  says: "A promise tells a value exactly where it tells the ballot in which it was accepted.",
  source: "Paxos, second conjunct of PaxosNontriviality",
  holds: (s) => sent(s, "P1b").every((m) => (m.maxValue === null) === (m.maxVBallot === 0)),
});

const consistency = paxos.stepInvariant("PaxosConsistency", {
  says: "A decision never changes.",
  source: "Paxos, PaxosConsistency",
  when: (before) => before.decision !== null,
  holds: (before, after) => before.decision === after.decision,
});

const fastPaxosSpec = paxos.spec({
  says: "Paxos in which anybody may propose and no ballot has an owner.",
  source: "tlaplus/Examples, SimplifiedFastPaxos/Paxos",
  actions: [prepare, promise, accept, accepted, decide],
  properties: [nontriviality, promiseTellsVote, consistency],
  symmetry: ["Replicas", "Values"],
});

export const fastPaxosModels: readonly ModelDeclaration[] = [
  {
    name: "fast-paxos",
    spec: fastPaxosSpec,
    says: "Four replicas, three values and three ballots, replicas and values interchangeable.",
    set: { Replicas: 4, Values: 3, ballotMax: 2 },
    symmetry: true,
    file: "checker/corpus/fast-paxos.ts",
    expect: {
      verdict: "holds",
      distinct: 1_207,
      generated: 13_290,
      depth: 22,
      source: "tlaplus/Examples, SimplifiedFastPaxos/Paxos, 4 replicas, 3 values, ballots 0..2, SYMMETRY",
    },
  },
];
