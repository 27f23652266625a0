/**
 * Two-phase commit (Gray and Lamport, "Consensus on Transaction Commit", 2006): a transaction manager asks the
 * resource managers to prepare, and decides for all of them.
 */
import { id, ids, type ModelDeclaration, map, oneOf, protocol, record, set, union } from "../../spec/lang/index.ts";
import { isConsistent, isTransactionCommitStep, rmStateSchema } from "./transaction-commit.ts";

const constants = { RM: ids("r", { default: 3, says: "the resource managers" }) };

const twoPhase = protocol("TwoPhase", {
  constants,
  state: (c) =>
    record({
      rmState: map(id(c.RM), rmStateSchema),
      tmState: oneOf("init", "committed", "aborted"),
      tmPrepared: set(id(c.RM)),
      messages: set(union({ Prepared: { rm: id(c.RM) }, Commit: {}, Abort: {} })),
    }),
});

const tmReceivePrepared = twoPhase.action("TMRcvPrepared", {
  says: "The transaction manager learns that a resource manager is prepared.",
  params: (c) => ({ r: id(c.RM) }),
  guard: (s, { r }) => s.tmState === "init" && s.messages.has({ kind: "Prepared", rm: r }),
  effect: (s, { r }) => s.tmPrepared.add(r),
});

const tmCommit = twoPhase.action("TMCommit", {
  says: "Every resource manager is prepared: commit.",
  guard: (s, _, c) => s.tmState === "init" && s.tmPrepared.size === c.RM.length,
  effect: (s) => {
    s.tmState = "committed";
    s.messages.add({ kind: "Commit" });
  },
});

const tmAbort = twoPhase.action("TMAbort", {
  says: "The transaction manager aborts of its own accord.",
  guard: (s) => s.tmState === "init",
  effect: (s) => {
    s.tmState = "aborted";
    s.messages.add({ kind: "Abort" });
  },
});

const rmPrepare = twoPhase.action("RMPrepare", {
  says: "A working resource manager prepares and says so.",
  params: (c) => ({ r: id(c.RM) }),
  guard: (s, { r }) => s.rmState.get(r) === "working",
  effect: (s, { r }) => {
    s.rmState.set(r, "prepared");
    s.messages.add({ kind: "Prepared", rm: r });
  },
});

const rmChooseToAbort = twoPhase.action("RMChooseToAbort", {
  says: "A working resource manager aborts of its own accord.",
  params: (c) => ({ r: id(c.RM) }),
  guard: (s, { r }) => s.rmState.get(r) === "working",
  effect: (s, { r }) => s.rmState.set(r, "aborted"),
});

const rmReceiveCommit = twoPhase.action("RMRcvCommitMsg", {
  says: "A resource manager is told to commit.",
  params: (c) => ({ r: id(c.RM) }),
  guard: (s) => s.messages.has({ kind: "Commit" }),
  effect: (s, { r }) => s.rmState.set(r, "committed"),
});

const rmReceiveAbort = twoPhase.action("RMRcvAbortMsg", {
  says: "A resource manager is told to abort.",
  params: (c) => ({ r: id(c.RM) }),
  guard: (s) => s.messages.has({ kind: "Abort" }),
  effect: (s, { r }) => s.rmState.set(r, "aborted"),
});

const consistent = twoPhase.invariant("TCConsistent", {
  says: "No resource manager has committed while another has aborted.",
  source: "TCommit, TCConsistent",
  holds: (s) => isConsistent(s.rmState),
});

const refinesTransactionCommit = twoPhase.stepInvariant("TCSpec", {
  says: "Every step is a step of transaction commit, or none to it.",
  source: "TwoPhase, THEOREM TPSpec => TC!TCSpec",
  holds: (before, after) => isTransactionCommitStep(before.rmState, after.rmState),
});

const twoPhaseCommit = twoPhase.spec({
  says: "Two-phase commit: one transaction manager decides for all resource managers.",
  source: "tlaplus/Examples, transaction_commit/TwoPhase",
  actions: [tmReceivePrepared, tmCommit, tmAbort, rmPrepare, rmChooseToAbort, rmReceiveCommit, rmReceiveAbort],
  properties: [consistent, refinesTransactionCommit],
  symmetry: ["RM"],
});

export const twoPhaseModels: readonly ModelDeclaration[] = [
  {
    name: "two-phase",
    spec: twoPhaseCommit,
    says: "Two-phase commit with three resource managers.",
    set: { RM: 3 },
    file: "checker/corpus/two-phase.ts",
    expect: {
      verdict: "holds",
      distinct: 288,
      generated: 1_146,
      depth: 11,
      source: "tlaplus/Examples, transaction_commit/TwoPhase, RM = 3",
    },
  },
];
