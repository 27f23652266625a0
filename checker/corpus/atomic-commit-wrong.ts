/**
 * Atomic commitment that is meant not to block (Babaoglu and Toueg, "Non-Blocking Atomic Commitment", 1993), with the
 * mistake that a participant acts on a decision before it has forwarded it to the others.
 */
import {
  boolean,
  type ConstantsOf,
  type DraftOf,
  id,
  ids,
  type ModelDeclaration,
  map,
  oneOf,
  option,
  protocol,
  record,
  set,
} from "../../spec/lang/index.ts";

const constants = { participants: ids("p", { default: 2, max: 5, says: "who votes, and must agree" }) };
type Constants = ConstantsOf<typeof constants>;

function stateOf(c: Constants) {
  const participant = id(c.participants);
  return record({
    participant: map(
      participant,
      record({
        vote: oneOf("yes", "no"),
        alive: boolean(),
        decision: oneOf("undecided", "commit", "abort"),
        faulty: boolean(),
        voteSent: boolean(),
        /** A participant may forward that it is undecided: the guard of `forward` compares with the wrong word. */
        forward: map(participant, oneOf("notsent", "undecided", "commit", "abort")),
      }),
    ),
    coordinator: record({
      request: map(participant, boolean()),
      vote: map(participant, oneOf("waiting", "yes", "no")),
      broadcast: map(participant, oneOf("notsent", "commit", "abort")),
      decision: oneOf("undecided", "commit", "abort"),
      alive: boolean(),
      faulty: boolean(),
    }),
  });
}

const acp = protocol("ACP_NB_WRONG", { constants, state: stateOf });

const one = (c: Constants) => ({ i: id(c.participants) });
/** Also of the actions that concern one participant only: the original chooses both before it chooses the action. */
const two = (c: Constants) => ({ i: id(c.participants), j: id(c.participants) });

const request = acp.action("request", {
  says: "The coordinator asks a participant for its vote.",
  params: one,
  guard: ({ coordinator }, { i }) => coordinator.alive && !coordinator.request.get(i),
  effect: (s, { i }) => s.coordinator.request.set(i, true),
  fair: "weak",
});

const getVote = acp.action("getVote", {
  says: "The coordinator, having asked everybody, receives a vote.",
  params: one,
  guard: ({ coordinator, participant }, { i }) =>
    coordinator.alive &&
    coordinator.decision === "undecided" &&
    coordinator.request.every((asked) => asked) &&
    coordinator.vote.get(i) === "waiting" &&
    participant.get(i).voteSent,
  effect: (s, { i }) => s.coordinator.vote.set(i, s.participant.get(i).vote),
  fair: "weak",
});

const detectFault = acp.action("detectFault", {
  says: "The coordinator aborts because a participant died before it voted.",
  params: one,
  guard: ({ coordinator, participant }, { i }) =>
    coordinator.alive &&
    coordinator.decision === "undecided" &&
    coordinator.request.every((asked) => asked) &&
    coordinator.vote.get(i) === "waiting" &&
    !participant.get(i).alive &&
    !participant.get(i).voteSent,
  effect: (s) => {
    s.coordinator.decision = "abort";
  },
  fair: "weak",
});

const makeDecision = acp.action("makeDecision", {
  says: "The coordinator, having all votes, commits where nobody votes no, and aborts on account of whoever does.",
  params: (c) => ({ no: option(id(c.participants)) }),
  guard: ({ coordinator }, { no }) =>
    coordinator.alive &&
    coordinator.decision === "undecided" &&
    coordinator.vote.every((vote) => vote !== "waiting") &&
    (no === null ? coordinator.vote.every((vote) => vote === "yes") : coordinator.vote.get(no) === "no"),
  effect: ({ coordinator }, { no }) => {
    coordinator.decision = no === null ? "commit" : "abort";
  },
  fair: "weak",
});

const coordBroadcast = acp.action("coordBroadcast", {
  says: "The coordinator sends its decision to a participant.",
  params: one,
  guard: ({ coordinator }, { i }) =>
    coordinator.alive && coordinator.decision !== "undecided" && coordinator.broadcast.get(i) === "notsent",
  effect: ({ coordinator }, { i }) => {
    if (coordinator.decision !== "undecided") coordinator.broadcast.set(i, coordinator.decision);
  },
  fair: "weak",
});

const coordDie = acp.action("coordDie", {
  says: "The coordinator dies.",
  guard: (s) => s.coordinator.alive,
  effect: ({ coordinator }) => die(coordinator),
});

const parDie = acp.action("parDie", {
  says: "A participant dies.",
  params: two,
  guard: (s, { i }) => s.participant.get(i).alive,
  effect: (s, { i }) => die(s.participant.get(i)),
});

function die(process: { alive: boolean; faulty: boolean }): void {
  process.alive = false;
  process.faulty = true;
}

const sendVote = acp.action("sendVote", {
  says: "A participant that was asked for its vote sends it.",
  params: two,
  guard: (s, { i }) => s.participant.get(i).alive && s.coordinator.request.get(i),
  effect: (s, { i }) => {
    s.participant.get(i).voteSent = true;
  },
  fair: "weak",
});

const abortOnVote = acp.action("abortOnVote", {
  says: "A participant that has voted no aborts of its own accord.",
  params: two,
  guard: (s, { i }) => {
    const { alive, decision, voteSent, vote } = s.participant.get(i);
    return alive && decision === "undecided" && voteSent && vote === "no";
  },
  effect: (s, { i }) => decide(s, i, "abort"),
  fair: "weak",
});

const abortOnTimeoutRequest = acp.action("abortOnTimeoutRequest", {
  says: "A participant aborts because the coordinator died before it asked for the vote.",
  params: two,
  guard: (s, { i }) => {
    const { alive, decision } = s.participant.get(i);
    return alive && decision === "undecided" && !s.coordinator.alive && !s.coordinator.request.get(i);
  },
  effect: (s, { i }) => decide(s, i, "abort"),
  fair: "weak",
});

const receiveDecision = acp.action("decide", {
  says: "A participant takes over the decision that the coordinator has sent it.",
  params: two,
  guard: (s, { i }) => {
    const { alive, decision } = s.participant.get(i);
    return alive && decision === "undecided" && s.coordinator.broadcast.get(i) !== "notsent";
  },
  effect: (s, { i }) => decide(s, i, s.coordinator.broadcast.get(i)),
  fair: "weak",
});

const forward = acp.action("forward", {
  says: "A participant forwards to another what it has decided, even where it has decided nothing.",
  params: two,
  guard: (s, { i, j }) => i !== j && s.participant.get(i).alive && s.participant.get(i).forward.get(j) === "notsent",
  effect: (s, { i, j }) => {
    const from = s.participant.get(i);
    from.forward.set(j, from.decision);
  },
  fair: "weak",
});

const decideOnForward = acp.action("decideOnForward", {
  says: "A participant takes over the decision that another has forwarded to it, and should have forwarded it first.",
  params: two,
  guard: (s, { i, j }) => {
    const { alive, decision } = s.participant.get(i);
    return i !== j && alive && decision === "undecided" && s.participant.get(j).forward.get(i) !== "notsent";
  },
  effect: (s, { i, j }) => decide(s, i, s.participant.get(j).forward.get(i)),
  fair: "weak",
});

const abortOnTimeout = acp.action("abortOnTimeout", {
  says: "A participant aborts because the dead, the coordinator among them, told nothing to anybody who is alive.",
  params: two,
  guard: (s, { i }) => {
    const { alive, decision } = s.participant.get(i);
    if (!alive || decision !== "undecided" || s.coordinator.alive) return false;
    const living = s.participant.keys().filter((k) => s.participant.get(k).alive);
    return (
      living.every((k) => s.coordinator.broadcast.get(k) === "notsent") &&
      s.participant.every((p) => p.alive || living.every((k) => p.forward.get(k) === "notsent"))
    );
  },
  effect: (s, { i }) => decide(s, i, "abort"),
  fair: "weak",
});

type Draft = DraftOf<ReturnType<typeof stateOf>>;

function decide(
  s: Draft,
  i: Constants["participants"][number],
  decision: "notsent" | "undecided" | "commit" | "abort",
): void {
  if (decision !== "notsent") s.participant.get(i).decision = decision;
}

const sameDecision = acp.invariant("AC1", {
  says: "No participant commits while another aborts.",
  source: "ACP_SB, AC1",
  holds: ({ participant }) =>
    !(participant.some((p) => p.decision === "commit") && participant.some((p) => p.decision === "abort")),
});

const atomicCommitWrong = acp.spec({
  says: "A coordinator collects votes and broadcasts its decision; participants forward it, but too late.",
  source: "tlaplus/Examples, acp/ACP_NB_WRONG_TLC",
  init: {
    params: (c) => ({ voteYes: set(id(c.participants)) }),
    effect: (s, { voteYes }, c) => {
      s.coordinator.alive = true;
      for (const i of c.participants) {
        const participant = s.participant.get(i);
        participant.alive = true;
        participant.vote = voteYes.has(i) ? "yes" : "no";
      }
    },
  },
  actions: [
    parDie,
    sendVote,
    abortOnVote,
    abortOnTimeoutRequest,
    receiveDecision,
    forward,
    decideOnForward,
    abortOnTimeout,
    coordDie,
    makeDecision,
    request,
    getVote,
    detectFault,
    coordBroadcast,
  ],
  properties: [sameDecision],
  symmetry: ["participants"],
});

export const atomicCommitWrongModels: readonly ModelDeclaration[] = [
  {
    name: "atomic-commit-wrong",
    spec: atomicCommitWrong,
    says: "How one of two participants commits and the other aborts.",
    deadlock: false,
    file: "checker/corpus/atomic-commit-wrong.ts",
    expect: {
      verdict: "violated",
      violated: "AC1",
      traceLength: 13,
      source: "tlaplus/Examples, acp/ACP_NB_WRONG_TLC, two participants; length by two independent searches",
    },
  },
];
