import { describe, expect, it } from "vitest";
import {
  Audit,
  defaultSettings,
  type Effects,
  type Event,
  type FreeMessage,
  type Node,
  noObserver,
  start,
  step,
} from "./index.ts";
import { noOps, nothing, votersOf } from "./lone-server.suite.ts";

/** A leader of term 1 with three entries, two of them committed and applied; `b` and `c` have two. */
function leader(): Node {
  const durable = {
    hardState: { term: 0, votedFor: null },
    snapshot: { index: 0, term: 0, configuration: votersOf("a", "b", "c"), size: 0 },
    entries: [],
  };
  const node = start({ id: "a", settings: defaultSettings, durable, seed: 1, incarnation: 1, observer: noObserver });
  const message = { id: 1, from: "b", to: "a", term: 1, clock: 0 };
  const proposals = [{ id: 1, data: Uint8Array.of(1) }];
  const events: Event[] = [
    { kind: "campaign" },
    { kind: "written", number: 1 },
    { kind: "message", message: { ...message, kind: "vote-response", granted: true } },
    { kind: "propose", proposals },
    { kind: "written", number: 3 },
    { kind: "message", message: { ...message, kind: "append-accepted", matchIndex: 2 } },
    { kind: "message", message: { ...message, from: "c", kind: "append-accepted", matchIndex: 2 } },
    { kind: "propose", proposals },
    { kind: "written", number: 4 },
  ];
  for (const event of events) step(node, event);
  return node;
}

function led(node: Node) {
  if (node.role.kind !== "leader") throw new Error("it leads no longer");
  const { role } = node;
  const progress = role.progress.get("b");
  if (progress === undefined) throw new Error("it has forgotten a member");
  return { role, progress };
}

const follower = { kind: "follower", leader: null };

/** What a step that goes wrong might make of the server, and the rule that says so. */
const wrongStates: [rule: string, spoil: (node: Node) => unknown][] = [
  ["the log has no entry of a term to come", (node) => node.log.append({ kind: "no-op", index: 4, term: 9 })],
  ["what is committed is in the log", (node) => Object.assign(node, { commit: 9 })],
  ["what is applied is committed", (node) => Object.assign(node, { applied: 3 })],
  ["what is applied is durable", (node) => Object.assign(node.durability, { index: 1 })],
  ["a snapshot is of what was applied", (node) => Object.assign(node, { snapshot: { ...node.snapshot, index: 3 } })],
  ["what is compacted away is in the snapshot", (node) => node.log.compactTo(1)],
  ["what is durable is in the log", (node) => Object.assign(node.durability, { index: 9 })],
  ["indexes have no gap", (node) => node.log.append({ kind: "no-op", index: 9, term: 1 })],
  ["an election timeout is bounded", (node) => Object.assign(node, { electionAt: node.now + 21 })],
  ["a candidate and a leader have voted for themselves", (node) => Object.assign(node, { votedFor: "b" })],
  ["a leader tracks the other members, and nobody else", (node) => led(node).role.progress.delete("c")],
  ["uncommitted bytes are those of uncommitted entries", (node) => Object.assign(node.role, { uncommittedBytes: 0 })],
  ["there is no lease without a bound on drift", (node) => Object.assign(node.role, { leaseUntil: 5 })],
  ["what is matched is not sent again", (node) => Object.assign(led(node).progress, { next: 2 })],
  ["what is matched is in the leader's log", (node) => Object.assign(led(node).progress, { match: 7, next: 8 })],
  ["what is sent is in the leader's log", (node) => Object.assign(led(node).progress, { next: 9 })],
  ["no round is answered before it begins", (node) => Object.assign(led(node).progress, { round: 9 })],
  ["a window is bounded", (node) => Object.assign(led(node).progress.window, { entries: 99_999 })],
  ["terms never go back", (node) => Object.assign(node, { term: 4 })],
  ["a vote is given once in a term", (node) => Object.assign(node, { votedFor: "b", role: follower })],
  ["the commit index never goes back", (node) => Object.assign(node, { commit: 1, applied: 1 })],
  ["nothing is applied twice", (node) => Object.assign(node, { applied: 1 })],
  [
    "what is committed stays",
    (node) => {
      Object.assign(node, { term: 2, votedFor: null, role: follower });
      replaceFrom(node, 2, 2, 2);
    },
  ],
  [
    "a leader never stands in its own term",
    (node) => Object.assign(node, { role: { kind: "pre-candidate", votes: new Map() } }),
  ],
  ["a leader only appends to its own log", (node) => replaceFrom(node, 3, 0)],
  ["what a follower has matched it keeps", (node) => Object.assign(led(node).progress, { match: 1 })],
  ["a new term or vote is written", (node) => Object.assign(node, { term: 2, role: follower })],
  ["writes are numbered without a gap", (node) => Object.assign(node.durability, { asked: 7 })],
];

/** What a step that goes wrong might ask for. */
const wrongEffects: [rule: string, effects: Partial<Effects>][] = [
  ["entries are applied in order, each once", { apply: noOps(5, 1).map((entry) => ({ entry, proposal: null })) }],
  ["messages go to others", { sends: [notice({ to: "a" })] }],
  ["messages are of the sender's term", { sends: [notice({ term: 9 })] }],
];

function replaceFrom(node: Node, index: number, ...terms: number[]): void {
  node.log.truncateFrom(index);
  for (const entry of noOps(index, ...terms)) node.log.append(entry);
}

function notice(parts: Partial<FreeMessage>): FreeMessage {
  return { kind: "term-notice", id: 9, from: "a", to: "b", term: 1, clock: 0, ...parts } as FreeMessage;
}

describe("the audit of a step", () => {
  it("finds nothing in a server that does as it should", () => {
    const node = leader();
    const audit = new Audit(node);
    expect(() => audit.check(step(node, { kind: "tick" }))).not.toThrow();
  });

  it.each(wrongStates)("says when it is not true that %s", (rule, spoil) => {
    const node = leader();
    if (rule === "terms never go back")
      step(node, { kind: "message", message: notice({ from: "b", to: "a", term: 5, clock: 0 }) });
    const audit = new Audit(node);
    spoil(node);
    expect(() => audit.check(nothing)).toThrow(`Server a broke a rule in its step: ${rule} (`);
  });

  it.each(wrongEffects)("says of what is asked for when it is not true that %s", (rule, effects) => {
    const audit = new Audit(leader());
    expect(() => audit.check({ ...nothing, ...effects })).toThrow(`Server a broke a rule in its step: ${rule} (`);
  });

  it("says when a write is not what the log has, when it has a gap, and when a vote is sent that was not given", () => {
    const write = { number: 5, hardState: null, truncateFrom: 0, entries: [], chunk: null, sendsAfter: [] };
    const vote = { kind: "vote-response", id: 9, from: "a", to: "b", term: 1, clock: 0, granted: true } as const;
    const wrong = [
      [{ entries: noOps(2, 9) }, "what is written is in the log"],
      [{ entries: [...noOps(1, 1), ...noOps(3, 1)] }, "entries are written without a gap"],
      [{ sendsAfter: [vote] }, "who is granted a vote has it"],
    ] as const;
    for (const [parts, rule] of wrong) {
      const node = leader();
      const audit = new Audit(node);
      node.durability.asked += 1;
      expect(() => audit.check({ ...nothing, write: { ...write, ...parts } })).toThrow(rule);
    }
  });
});
