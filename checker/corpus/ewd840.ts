/**
 * Termination detection on a ring (Dijkstra, Feijen and van Gasteren, EWD 840): a token goes round against the
 * numbering of the nodes, and comes back to node 0 white only if every node it passed is inactive and stayed so.
 */
import {
  boolean,
  type ConstantsOf,
  count,
  integer,
  type ModelDeclaration,
  map,
  oneOf,
  protocol,
  record,
  set,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = { N: count({ default: 3, min: 1, max: 16, says: "the number of nodes on the ring" }) };
type Constants = ConstantsOf<typeof constants>;

const color = oneOf("white", "black");
const node = (c: Constants) => integer(0, c.N - 1);
const state = (c: Constants) =>
  record({
    active: map(node(c), boolean()),
    color: map(node(c), color),
    tpos: node(c),
    tcolor: color,
  });
type State = ViewOf<ReturnType<typeof state>>;

const ring = protocol("EWD840", { constants, state });

// A disjunction in a guard of the original is a choice of why the action may happen: TLC counts each true disjunct as
// one way on, and so do we.
//
// The original assumes weak fairness of InitiateProbe and PassToken together. Only the node that holds the token can
// take one of them, nothing else moves the token, and no colour that lets it go changes while it waits: fairness of
// each choice says the same.

const initiateProbe = ring.action("InitiateProbe", {
  says: "Node 0 holds the token after an inconclusive round: it whitens itself and sends a white token round again.",
  params: () => ({ because: oneOf("token is black", "node is black") }),
  guard: (s, { because }) => s.tpos === 0 && (because === "token is black" ? s.tcolor : s.color.get(0)) === "black",
  effect: (s, _, c) => {
    s.tpos = c.N - 1;
    s.tcolor = "white";
    s.color.set(0, "white");
  },
  fair: "weak",
});

const passToken = ring.action("PassToken", {
  says: "A node that is inactive, or knows the round to be inconclusive, passes the token on and whitens itself.",
  params: (c) => ({ i: node(c), because: oneOf("node is inactive", "node is black", "token is black") }),
  guard: (s, { i, because }) => i !== 0 && s.tpos === i && isTrueOf(s, i, because),
  effect: (s, { i }) => {
    s.tpos = i - 1;
    if (s.color.get(i) === "black") s.tcolor = "black";
    s.color.set(i, "white");
  },
  fair: "weak",
});

function isTrueOf(s: State, i: number, because: "node is inactive" | "node is black" | "token is black"): boolean {
  switch (because) {
    case "node is inactive":
      return !s.active.get(i);
    case "node is black":
      return s.color.get(i) === "black";
    case "token is black":
      return s.tcolor === "black";
  }
}

const sendMsg = ring.action("SendMsg", {
  says: "An active node activates another, and blackens itself if the token may have passed that node already.",
  params: (c) => ({ i: node(c), j: node(c) }),
  guard: (s, { i, j }) => s.active.get(i) && j !== i,
  effect: (s, { i, j }) => {
    s.active.set(j, true);
    if (j > i) s.color.set(i, "black");
  },
});

const deactivate = ring.action("Deactivate", {
  says: "An active node becomes inactive.",
  params: (c) => ({ i: node(c) }),
  guard: (s, { i }) => s.active.get(i),
  effect: (s, { i }) => s.active.set(i, false),
});

function terminated(s: State): boolean {
  return s.active.every((active) => !active);
}

function terminationDetected(s: State): boolean {
  return s.tpos === 0 && s.tcolor === "white" && s.color.get(0) === "white" && !s.active.get(0);
}

const terminationDetection = ring.invariant("TerminationDetection", {
  says: "When termination is detected, every node is inactive.",
  source: "EWD840, TerminationDetection",
  when: (s) => terminationDetected(s),
  holds: (s) => !terminationDetected(s) || terminated(s),
});

const inductiveInvariant = ring.invariant("Inv", {
  says: "The nodes that the token has passed are inactive, or a node it has yet to pass is black, or it is black.",
  source: "EWD840, Inv",
  holds: (s) =>
    s.active.every((active, i) => i <= s.tpos || !active) ||
    s.color.some((nodeColor, j) => j <= s.tpos && nodeColor === "black") ||
    s.tcolor === "black",
});

/** [Next]_vars of `SyncTerminationDetection`, with termination detected as it is here. */
function isSyncTerminationStep(before: State, after: State): boolean {
  const stopped = before.active.count((active, i) => active && !after.active.get(i));
  const woken = before.active.count((active, i) => !active && after.active.get(i));
  const sameDetection = terminationDetected(before) === terminationDetected(after);
  if (woken > 0) return woken === 1 && stopped === 0 && !terminated(before) && sameDetection;
  if (stopped > 0) return stopped === 1 && (sameDetection || terminationDetected(after) === terminated(after));
  return sameDetection || (terminated(before) && terminationDetected(after));
}

const refinesSyncTermination = ring.stepInvariant("TDSpec", {
  says: "Every step is one of termination detection with synchronous messages, or none to it.",
  source: "EWD840, TDSpec; SyncTerminationDetection, [Next]_vars",
  holds: (before, after) => isSyncTerminationStep(before, after),
});

const liveness = ring.leadsTo("Liveness", {
  says: "Once every node is inactive, termination is eventually detected.",
  source: "EWD840, Liveness",
  from: (s) => terminated(s),
  to: (s) => terminationDetected(s),
});

const ewd840 = ring.spec({
  says: "Dijkstra's detection of termination by a token on a ring.",
  source: "tlaplus/Examples, ewd840/EWD840",
  init: {
    params: (c) => ({ active: set(node(c)), black: set(node(c)), tpos: node(c) }),
    effect: (s, { active, black, tpos }) => {
      for (const i of active) s.active.set(i, true);
      for (const i of black) s.color.set(i, "black");
      s.tpos = tpos;
      s.tcolor = "black";
    },
  },
  actions: [initiateProbe, passToken, sendMsg, deactivate],
  properties: [terminationDetection, inductiveInvariant, refinesSyncTermination, liveness],
});

export const ewd840Models: readonly ModelDeclaration[] = [
  {
    name: "ewd840",
    spec: ewd840,
    says: "Termination detection on a ring of three nodes, from every activity, colouring and place of the token.",
    set: { N: 3 },
    properties: ["TerminationDetection", "Inv", "TDSpec"],
    deadlock: false,
    file: "checker/corpus/ewd840.ts",
    expect: {
      verdict: "holds",
      distinct: 302,
      generated: 2_001,
      depth: 9,
      source: "tlaplus/Examples, ewd840/EWD840, N = 3",
      note:
        "The manifest says depth 10; TLC of November 2026 prints 9, as we do. With several workers TLC may reach a " +
        "state first by a longer path, and the depths it prints vary (tlaplus/Examples, pull request 122).",
    },
  },
];
