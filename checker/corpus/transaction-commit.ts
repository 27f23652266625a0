/**
 * Transaction commit (Gray and Lamport, "Consensus on Transaction Commit", 2006): what every commit protocol must
 * look like from the resource managers alone. Two-phase commit and Paxos commit refine it.
 */
import {
  type Id,
  id,
  ids,
  type ModelDeclaration,
  map,
  oneOf,
  protocol,
  type ReadonlyFixedMap,
  record,
  type ViewOf,
} from "../../spec/lang/index.ts";

export const rmStateSchema = oneOf("working", "prepared", "committed", "aborted");
type RmState = ViewOf<typeof rmStateSchema>;
type RmStates = ReadonlyFixedMap<Id<"r">, RmState>;

const transactionCommit = protocol("TCommit", {
  constants: { RM: ids("r", { default: 3, says: "the resource managers" }) },
  state: (c) => record({ rmState: map(id(c.RM), rmStateSchema) }),
});

function canCommit(rmState: RmStates): boolean {
  return rmState.every((state) => state === "prepared" || state === "committed");
}

function notCommitted(rmState: RmStates): boolean {
  return rmState.every((state) => state !== "committed");
}

function mayCommit(rmState: RmStates, state: RmState): boolean {
  return state === "prepared" && canCommit(rmState);
}

function mayAbort(rmState: RmStates, state: RmState): boolean {
  return (state === "working" || state === "prepared") && notCommitted(rmState);
}

const prepare = transactionCommit.action("Prepare", {
  says: "A working resource manager prepares.",
  params: (c) => ({ rm: id(c.RM) }),
  guard: (s, { rm }) => s.rmState.get(rm) === "working",
  effect: (s, { rm }) => s.rmState.set(rm, "prepared"),
});

const decide = transactionCommit.action("Decide", {
  says: "A resource manager commits when all can, or aborts while none has committed.",
  params: (c) => ({ rm: id(c.RM), decision: oneOf("committed", "aborted") }),
  guard: (s, { rm, decision }) =>
    decision === "committed" ? mayCommit(s.rmState, s.rmState.get(rm)) : mayAbort(s.rmState, s.rmState.get(rm)),
  effect: (s, { rm, decision }) => s.rmState.set(rm, decision),
});

/** TCConsistent, for every spec with such resource managers. */
export function isConsistent(rmState: RmStates): boolean {
  return !(rmState.some((state) => state === "committed") && rmState.some((state) => state === "aborted"));
}

/** [TCNext]_rmState: one resource manager makes a move that `TCommit` allows, or none moves. */
export function isTransactionCommitStep(before: RmStates, after: RmStates): boolean {
  const moved = before.count((state, rm) => after.get(rm) !== state);
  return moved === 0 || (moved === 1 && before.every((from, rm) => isMove(before, from, after.get(rm))));
}

function isMove(before: RmStates, from: RmState, to: RmState): boolean {
  if (from === to) return true;
  switch (to) {
    case "working":
      return false;
    case "prepared":
      return from === "working";
    case "committed":
      return mayCommit(before, from);
    case "aborted":
      return mayAbort(before, from);
  }
}

const consistent = transactionCommit.invariant("TCConsistent", {
  says: "No resource manager has committed while another has aborted.",
  source: "TCommit, TCConsistent",
  holds: (s) => isConsistent(s.rmState),
});

const transactionCommitSpec = transactionCommit.spec({
  says: "Transaction commit: all resource managers commit, or all abort.",
  source: "tlaplus/Examples, transaction_commit/TCommit",
  actions: [prepare, decide],
  properties: [consistent],
  symmetry: ["RM"],
});

export const transactionCommitModels: readonly ModelDeclaration[] = [
  {
    name: "transaction-commit",
    spec: transactionCommitSpec,
    says: "Transaction commit with three resource managers.",
    set: { RM: 3 },
    deadlock: false,
    file: "checker/corpus/transaction-commit.ts",
    expect: {
      verdict: "holds",
      distinct: 34,
      generated: 94,
      depth: 7,
      source: "tlaplus/Examples, transaction_commit/TCommit, RM = 3",
    },
  },
];
