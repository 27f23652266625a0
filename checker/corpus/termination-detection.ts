/**
 * Termination detection with asynchronous messages: what EWD 998 solves, stated without a solution. Nodes wake each
 * other by messages; when all are inactive and no message is under way, termination may be detected.
 */
import {
  boolean,
  type ConstantsOf,
  count,
  integer,
  type ModelDeclaration,
  map,
  protocol,
  record,
  set,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = {
  N: count({ default: 4, min: 1, max: 16, says: "the number of nodes" }),
  maxPending: count({ default: 3, says: "the most messages pending at one node in a state that is explored" }),
};
type Constants = ConstantsOf<typeof constants>;

const node = (c: Constants) => integer(0, c.N - 1);
const state = (c: Constants) =>
  record({
    active: map(node(c), boolean()),
    pending: map(node(c), integer(0, c.maxPending + 1)),
    terminationDetected: boolean(),
  });
type State = ViewOf<ReturnType<typeof state>>;

const detection = protocol("AsyncTerminationDetection", { constants, state });

function terminated(s: State): boolean {
  return s.active.every((active) => !active) && s.pending.every((messages) => messages === 0);
}

/** Whether everything has come to an end once node `i`, which is active, terminates. */
function terminatedAfter(s: State, i: number): boolean {
  return s.active.every((active, j) => j === i || !active) && s.pending.every((messages) => messages === 0);
}

const rcvMsg = detection.action("RcvMsg", {
  says: "A node takes a pending message and becomes active.",
  params: (c) => ({ i: node(c) }),
  guard: (s, { i }) => s.pending.get(i) > 0,
  effect: (s, { i }) => {
    s.active.set(i, true);
    s.pending.set(i, s.pending.get(i) - 1);
  },
});

const terminate = detection.action("Terminate", {
  says: "An active node becomes inactive; where it was the last, termination may be detected at once.",
  params: (c) => ({ i: node(c), detected: boolean() }),
  guard: (s, { i, detected }) =>
    s.active.get(i) && (detected === s.terminationDetected || detected === terminatedAfter(s, i)),
  effect: (s, { i, detected }) => {
    s.active.set(i, false);
    s.terminationDetected = detected;
  },
});

const sendMsg = detection.action("SendMsg", {
  says: "An active node sends a message to a node, possibly to itself.",
  params: (c) => ({ i: node(c), j: node(c) }),
  guard: (s, { i }) => s.active.get(i),
  effect: (s, { j }) => s.pending.set(j, s.pending.get(j) + 1),
});

const detectTermination = detection.action("DetectTermination", {
  says: "Everything has come to an end, and that is detected.",
  guard: (s) => terminated(s),
  effect: (s) => {
    s.terminationDetected = true;
  },
  fair: "weak",
});

const stateConstraint = detection.stateConstraint("StateConstraint", {
  says: "No node has more than maxPending messages pending.",
  within: (s, c) => s.pending.every((messages) => messages <= c.maxPending),
});

const safe = detection.invariant("Safe", {
  says: "Termination is detected only when every node is inactive and no message is pending.",
  source: "AsyncTerminationDetection, Safe",
  when: (s) => s.terminationDetected,
  holds: (s) => !s.terminationDetected || terminated(s),
});

const quiescence = detection.stepInvariant("Quiescence", {
  says: "What has come to an end stays so.",
  source: "AsyncTerminationDetection, Quiescence and QuiescenceAsActionInv",
  when: (before) => terminated(before),
  holds: (before, after) => !terminated(before) || terminated(after),
});

const live = detection.leadsTo("Live", {
  says: "Once everything has come to an end, that is eventually detected.",
  source: "AsyncTerminationDetection, Live",
  from: (s) => terminated(s),
  to: (s) => s.terminationDetected,
});

const terminationDetection = detection.spec({
  says: "The problem of detecting termination where messages are asynchronous.",
  source: "tlaplus/Examples, ewd998/AsyncTerminationDetection",
  init: {
    params: (c) => ({ active: set(node(c)), detected: boolean() }),
    guard: (_, { active, detected }) => !detected || active.size === 0,
    effect: (s, { active, detected }) => {
      for (const i of active) s.active.set(i, true);
      s.terminationDetected = detected;
    },
  },
  actions: [rcvMsg, terminate, sendMsg, detectTermination],
  properties: [safe, quiescence, live],
  constraints: [stateConstraint],
});

export const terminationDetectionModels: readonly ModelDeclaration[] = [
  {
    name: "termination-detection",
    spec: terminationDetection,
    says: "Asynchronous termination detection among four nodes, at most three messages pending at each.",
    set: { N: 4, maxPending: 3 },
    properties: ["Safe", "Quiescence"],
    file: "checker/corpus/termination-detection.ts",
    expect: {
      verdict: "holds",
      distinct: 4_097,
      generated: 53_271,
      depth: 14,
      source: "tlaplus/Examples, ewd998/AsyncTerminationDetection, N = 4, pending at most 3",
    },
  },
];
