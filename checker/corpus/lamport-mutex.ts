/**
 * Lamport's distributed mutual exclusion ("Time, Clocks, and the Ordering of Events in a Distributed System", 1978):
 * requests carry the sender's clock, and the earliest request that everybody has acknowledged enters.
 */
import {
  type ConstantsOf,
  count,
  type DraftOf,
  integer,
  type ModelDeclaration,
  map,
  oneOf,
  protocol,
  record,
  sequence,
  set,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = {
  N: count({ default: 3, min: 1, max: 8, says: "how many processes there are" }),
  maxClock: count({ default: 6, min: 1, says: "the clock up to which states are explored" }),
};
type Constants = ConstantsOf<typeof constants>;

/** What `BoundedNetwork` promises; the schema leaves room for one message more, so that a broken promise is seen. */
const channelLengthMax = 3;

/** Processes are numbers, because their order decides between requests with equal clocks. */
const processOf = (c: Constants) => integer(1, c.N);
/** Only a request says a clock; the others say 0. */
const messageOf = (c: Constants) => record({ type: oneOf("req", "ack", "rel"), clock: integer(0, c.maxClock) });
type Message = ViewOf<ReturnType<typeof messageOf>>;

const state = (c: Constants) =>
  record({
    /** The last step that is explored may push a clock one beyond its maximum. */
    clock: map(processOf(c), integer(1, c.maxClock + 1)),
    /** At `[p][q]` the clock of the request of q that p knows of; 0 if none. */
    req: map(processOf(c), map(processOf(c), integer(0, c.maxClock))),
    ack: map(processOf(c), set(processOf(c))),
    /** What is sent and not yet received, in the order it was sent. */
    network: map(record({ from: processOf(c), to: processOf(c) }), sequence(messageOf(c), channelLengthMax + 1)),
    crit: set(processOf(c)),
  });
type State = ViewOf<ReturnType<typeof state>>;
type Draft = DraftOf<ReturnType<typeof state>>;

const lamportMutex = protocol("LamportMutex", { constants, state });

/** Whether p holds its own request to come before that of q. */
function beats(s: State, p: number, q: number): boolean {
  const own = s.req.get(p).get(p);
  const known = s.req.get(p).get(q);
  return known === 0 || own < known || (own === known && p < q);
}

function broadcast(s: Draft, sender: number, message: Message): void {
  for (const receiver of s.clock.keys()) {
    if (receiver !== sender) s.network.get({ from: sender, to: receiver }).push(message);
  }
}

function isNext(s: State, from: number, to: number, type: Message["type"]): boolean {
  const channel = s.network.get({ from, to });
  return channel.length > 0 && channel.first.type === type;
}

/** Process p receives from process q, which is another, because nobody sends to itself. */
const pair = (c: Constants) => ({ p: processOf(c), q: processOf(c) });

const request = lamportMutex.action("Request", {
  says: "A process asks all others for the critical section.",
  params: (c) => ({ p: processOf(c) }),
  guard: (s, { p }) => s.req.get(p).get(p) === 0,
  effect: (s, { p }) => {
    const clock = s.clock.get(p);
    s.req.get(p).set(p, clock);
    s.ack.get(p).assign([p]);
    broadcast(s, p, { type: "req", clock });
  },
});

const receiveRequest = lamportMutex.action("ReceiveRequest", {
  says: "A process learns of a request, moves its clock past it and acknowledges it.",
  params: pair,
  guard: (s, { p, q }) => isNext(s, q, p, "req"),
  effect: (s, { p, q }) => {
    const { clock } = s.network.get({ from: q, to: p }).shift();
    s.req.get(p).set(q, clock);
    s.clock.set(p, Math.max(clock, s.clock.get(p)) + 1);
    s.network.get({ from: p, to: q }).push({ type: "ack", clock: 0 });
  },
});

const receiveAck = lamportMutex.action("ReceiveAck", {
  says: "A process learns that its request was acknowledged.",
  params: pair,
  guard: (s, { p, q }) => isNext(s, q, p, "ack"),
  effect: (s, { p, q }) => {
    s.network.get({ from: q, to: p }).shift();
    s.ack.get(p).add(q);
  },
});

const enter = lamportMutex.action("Enter", {
  says: "A process enters whose request all have acknowledged and no request that it knows of precedes.",
  params: (c) => ({ p: processOf(c) }),
  guard: (s, { p }, c) => s.ack.get(p).size === c.N && s.clock.keys().every((q) => q === p || beats(s, p, q)),
  effect: (s, { p }) => s.crit.add(p),
});

const exit = lamportMutex.action("Exit", {
  says: "A process leaves the critical section and tells the others.",
  params: (c) => ({ p: processOf(c) }),
  guard: (s, { p }) => s.crit.has(p),
  effect: (s, { p }) => {
    s.crit.remove(p);
    broadcast(s, p, { type: "rel", clock: 0 });
    s.req.get(p).set(p, 0);
    s.ack.get(p).clear();
  },
});

const receiveRelease = lamportMutex.action("ReceiveRelease", {
  says: "A process learns that another has left the critical section.",
  params: pair,
  guard: (s, { p, q }) => isNext(s, q, p, "rel"),
  effect: (s, { p, q }) => {
    s.network.get({ from: q, to: p }).shift();
    s.req.get(p).set(q, 0);
  },
});

const mutex = lamportMutex.invariant("Mutex", {
  says: "At most one process is in the critical section.",
  source: "LamportMutex, Mutex",
  holds: (s) => s.crit.size <= 1,
});

const boundedNetwork = lamportMutex.invariant("BoundedNetwork", {
  says: "No channel holds more than three messages.",
  source: "LamportMutex, BoundedNetwork",
  holds: (s) => s.network.every((channel) => channel.length <= channelLengthMax),
});

const clockConstraint = lamportMutex.stateConstraint("ClockConstraint", {
  says: "No clock is beyond its maximum.",
  within: (s, c) => s.clock.every((clock) => clock <= c.maxClock),
});

const lamportMutexSpec = lamportMutex.spec({
  says: "Mutual exclusion by requests ordered by logical clocks over channels that keep their order.",
  source: "tlaplus/Examples, lamport_mutex/LamportMutex",
  actions: [request, enter, exit, receiveRequest, receiveAck, receiveRelease],
  properties: [mutex, boundedNetwork],
  constraints: [clockConstraint],
});

export const lamportMutexModels: readonly ModelDeclaration[] = [
  {
    name: "lamport-mutex",
    spec: lamportMutexSpec,
    says: "Three processes with clocks up to six.",
    set: { N: 3, maxClock: 6 },
    file: "checker/corpus/lamport-mutex.ts",
    expect: {
      verdict: "holds",
      distinct: 724_274,
      generated: 2_729_079,
      depth: 61,
      source: "tlaplus/Examples, lamport_mutex/MCLamportMutex, N = 3, maxClock = 6",
    },
  },
];
