/**
 * Paxos commit (Gray and Lamport, "Consensus on Transaction Commit", 2006): each resource manager's wish to commit or
 * abort is decided by an instance of Paxos of its own, so that no single process can block the transaction.
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
  oneOf,
  protocol,
  type ReadonlyFiniteSet,
  record,
  set,
  union,
  type ViewOf,
} from "../../spec/lang/index.ts";
import { isConsistent, isTransactionCommitStep, rmStateSchema } from "./transaction-commit.ts";

const constants = {
  RM: ids("r", { default: 2, says: "the resource managers, each with its instance of Paxos" }),
  Acceptor: ids("a", { default: 3, says: "the acceptors, common to all instances" }),
  maxBallot: count({ default: 1, min: 1, says: "the largest ballot; the smallest is 0" }),
};
type Constants = ConstantsOf<typeof constants>;

/** The ballot of a vote that was never cast. */
const noBallot = -1;
const ballot = (c: Constants) => integer(0, c.maxBallot);
const ballotOrNone = (c: Constants) => integer(noBallot, c.maxBallot);
const laterBallot = (c: Constants) => integer(1, c.maxBallot);
const value = oneOf("prepared", "aborted");
const valueOrNone = oneOf("prepared", "aborted", "none");

const message = (c: Constants) =>
  union({
    Phase1a: { ins: id(c.RM), bal: laterBallot(c) },
    Phase1b: { ins: id(c.RM), mbal: ballot(c), bal: ballotOrNone(c), val: valueOrNone, acc: id(c.Acceptor) },
    Phase2a: { ins: id(c.RM), bal: ballot(c), val: value },
    Phase2b: { ins: id(c.RM), bal: ballot(c), val: value, acc: id(c.Acceptor) },
    Commit: {},
    Abort: {},
  });
type Message = ViewOf<ReturnType<typeof message>>;

const state = (c: Constants) =>
  record({
    rmState: map(id(c.RM), rmStateSchema),
    aState: map(id(c.RM), map(id(c.Acceptor), record({ mbal: ballot(c), bal: ballotOrNone(c), val: valueOrNone }))),
    msgs: set(message(c)),
  });
type State = ViewOf<ReturnType<typeof state>>;
type Instance = Id<"r">;
type Value = ViewOf<typeof value>;
type Acceptor = Id<"a">;

const paxosCommit = protocol("PaxosCommit", { constants, state });

const rmPrepare = paxosCommit.action("RMPrepare", {
  says: "A working resource manager prepares: it proposes so in ballot 0 of its instance.",
  params: (c) => ({ rm: id(c.RM) }),
  guard: (s, { rm }) => s.rmState.get(rm) === "working",
  effect: (s, { rm }) => {
    s.rmState.set(rm, "prepared");
    s.msgs.add({ kind: "Phase2a", ins: rm, bal: 0, val: "prepared" });
  },
});

const rmChooseToAbort = paxosCommit.action("RMChooseToAbort", {
  says: "A working resource manager aborts: it proposes so in ballot 0 of its instance.",
  params: (c) => ({ rm: id(c.RM) }),
  guard: (s, { rm }) => s.rmState.get(rm) === "working",
  effect: (s, { rm }) => {
    s.rmState.set(rm, "aborted");
    s.msgs.add({ kind: "Phase2a", ins: rm, bal: 0, val: "aborted" });
  },
});

const rmReceiveCommit = paxosCommit.action("RMRcvCommitMsg", {
  says: "A resource manager is told to commit.",
  params: (c) => ({ rm: id(c.RM) }),
  guard: (s) => s.msgs.has({ kind: "Commit" }),
  effect: (s, { rm }) => s.rmState.set(rm, "committed"),
});

const rmReceiveAbort = paxosCommit.action("RMRcvAbortMsg", {
  says: "A resource manager is told to abort.",
  params: (c) => ({ rm: id(c.RM) }),
  guard: (s) => s.msgs.has({ kind: "Abort" }),
  effect: (s, { rm }) => s.rmState.set(rm, "aborted"),
});

const phase1a = paxosCommit.action("Phase1a", {
  says: "A leader starts a later ballot in the instance of a resource manager.",
  params: (c) => ({ bal: laterBallot(c), rm: id(c.RM) }),
  effect: (s, { bal, rm }) => s.msgs.add({ kind: "Phase1a", ins: rm, bal }),
});

function isPromise(m: Message, ins: Instance, bal: number): m is Extract<Message, { readonly kind: "Phase1b" }> {
  return m.kind === "Phase1b" && m.ins === ins && m.mbal === bal;
}

/** The value of the latest vote that a majority reports for a ballot, or "aborted" where it reports none. */
function valueToPropose(s: State, ins: Instance, bal: number, majority: ReadonlyFiniteSet<Acceptor>): Value {
  let latest = noBallot;
  let latestValue: Value = "aborted";
  for (const m of s.msgs) {
    if (isPromise(m, ins, bal) && majority.has(m.acc) && m.bal > latest && m.val !== "none") {
      latest = m.bal;
      latestValue = m.val;
    }
  }
  return latestValue;
}

function isProposed(s: State, ins: Instance, bal: number): boolean {
  return (
    s.msgs.has({ kind: "Phase2a", ins, bal, val: "prepared" }) ||
    s.msgs.has({ kind: "Phase2a", ins, bal, val: "aborted" })
  );
}

/** The original's constant Majority, for any number of acceptors: the majorities that no acceptor can leave. */
function isMajority(acceptors: ReadonlyFiniteSet<Acceptor>, c: Constants): boolean {
  return acceptors.size === majoritySize(c);
}

function majoritySize(c: Constants): number {
  return Math.floor(c.Acceptor.length / 2) + 1;
}

const phase2a = paxosCommit.action("Phase2a", {
  says: "A leader proposes in a ballot what the reports of a majority of acceptors allow.",
  params: (c) => ({ bal: laterBallot(c), rm: id(c.RM), majority: set(id(c.Acceptor)) }),
  guard: (s, { bal, rm, majority }, c) =>
    isMajority(majority, c) &&
    !isProposed(s, rm, bal) &&
    majority.every((acc) => s.msgs.some((m) => isPromise(m, rm, bal) && m.acc === acc)),
  effect: (s, { bal, rm, majority }) => {
    s.msgs.add({ kind: "Phase2a", ins: rm, bal, val: valueToPropose(s, rm, bal, majority) });
  },
});

/**
 * A majority of acceptors that all voted for a value in one ballot of an instance: the proof that it is chosen. TLC
 * counts a decision once for each proof, so a proof is a choice.
 */
interface Quorum {
  readonly ins: Instance;
  readonly bal: number;
  readonly majority: readonly Acceptor[];
}

function quorumsFor(s: State, ins: Instance, val: Value, c: Constants): readonly Quorum[] {
  const quorums: Quorum[] = [];
  for (let bal = 0; bal <= c.maxBallot; bal += 1) {
    const voters = c.Acceptor.filter((acc) => s.msgs.has({ kind: "Phase2b", ins, bal, val, acc }));
    for (const majority of subsetsOfSize(voters, majoritySize(c))) quorums.push({ ins, bal, majority });
  }
  return quorums;
}

function subsetsOfSize<T>(elements: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  if (elements.length < size) return [];
  const [first, ...rest] = elements as readonly [T, ...T[]];
  const withFirst = subsetsOfSize(rest, size - 1).map((subset) => [first, ...subset]);
  return [...withFirst, ...subsetsOfSize(rest, size)];
}

/** All combinations of one quorum for "prepared" in each instance: every one of them permits to commit. */
function quorumsForCommit(s: State, c: Constants): readonly (readonly Quorum[])[] {
  let combinations: readonly (readonly Quorum[])[] = [[]];
  for (const rm of c.RM) {
    if (combinations.length === 0) break;
    const quorums = quorumsFor(s, rm, "prepared", c);
    combinations = combinations.flatMap((combination) => quorums.map((quorum) => [...combination, quorum]));
  }
  return combinations;
}

function quorumsForAbort(s: State, c: Constants): readonly Quorum[] {
  return c.RM.flatMap((rm) => quorumsFor(s, rm, "aborted", c));
}

const decideCommit = paxosCommit.action("DecideCommit", {
  says: "Every instance chose that its resource manager is prepared: a leader announces the commit.",
  source: "PaxosCommit, Decide",
  params: () => ({ quorums: paxosCommit.found((s, _, c) => quorumsForCommit(s, c)) }),
  effect: (s) => s.msgs.add({ kind: "Commit" }),
});

const decideAbort = paxosCommit.action("DecideAbort", {
  says: "Some instance chose that its resource manager aborts: a leader announces the abort.",
  source: "PaxosCommit, Decide",
  params: () => ({ quorum: paxosCommit.found((s, _, c) => quorumsForAbort(s, c)) }),
  effect: (s) => s.msgs.add({ kind: "Abort" }),
});

const phase1b = paxosCommit.action("Phase1b", {
  says: "An acceptor joins a later ballot, and reports its latest vote.",
  params: (c) => ({ acc: id(c.Acceptor), ins: id(c.RM), bal: laterBallot(c) }),
  guard: (s, { acc, ins, bal }) => s.msgs.has({ kind: "Phase1a", ins, bal }) && s.aState.get(ins).get(acc).mbal < bal,
  effect: (s, { acc, ins, bal }) => {
    const acceptor = s.aState.get(ins).get(acc);
    s.msgs.add({ kind: "Phase1b", ins, mbal: bal, bal: acceptor.bal, val: acceptor.val, acc });
    s.aState.get(ins).set(acc, { mbal: bal, bal: acceptor.bal, val: acceptor.val });
  },
});

const phase2b = paxosCommit.action("Phase2b", {
  says: "An acceptor votes for a proposal, unless it has joined a later ballot.",
  params: (c) => ({ acc: id(c.Acceptor), ins: id(c.RM), bal: ballot(c), val: value }),
  guard: (s, { acc, ins, bal, val }) =>
    s.msgs.has({ kind: "Phase2a", ins, bal, val }) && s.aState.get(ins).get(acc).mbal <= bal,
  effect: (s, { acc, ins, bal, val }) => {
    s.aState.get(ins).set(acc, { mbal: bal, bal, val });
    s.msgs.add({ kind: "Phase2b", ins, bal, val, acc });
  },
});

const consistent = paxosCommit.invariant("TCConsistent", {
  says: "No resource manager has committed while another has aborted.",
  source: "TCommit, TCConsistent",
  holds: (s) => isConsistent(s.rmState),
});

const refinesTransactionCommit = paxosCommit.stepInvariant("TCSpec", {
  says: "Every step is a step of transaction commit, or none to it.",
  source: "PaxosCommit, THEOREM PCSpec => TC!TCSpec",
  holds: (before, after) => isTransactionCommitStep(before.rmState, after.rmState),
});

const paxosCommitSpec = paxosCommit.spec({
  says: "Paxos commit: one instance of Paxos for each resource manager decides for all of them.",
  source: "tlaplus/Examples, transaction_commit/PaxosCommit",
  actions: [
    rmPrepare,
    rmChooseToAbort,
    rmReceiveCommit,
    rmReceiveAbort,
    phase1a,
    phase2a,
    decideCommit,
    decideAbort,
    phase1b,
    phase2b,
  ],
  properties: [consistent, refinesTransactionCommit],
  symmetry: ["RM", "Acceptor"],
});

export const paxosCommitModels: readonly ModelDeclaration[] = [
  {
    name: "paxos-commit",
    spec: paxosCommitSpec,
    says: "Paxos commit with two resource managers, three acceptors and ballots 0 and 1.",
    set: { RM: 2, Acceptor: 3, maxBallot: 1 },
    file: "checker/corpus/paxos-commit.ts",
    expect: {
      verdict: "holds",
      distinct: 1_321_761,
      generated: 16_959_159,
      depth: 28,
      source: "tlaplus/Examples, transaction_commit/PaxosCommit, RM = 2, three acceptors, ballots 0 and 1",
    },
  },
];
