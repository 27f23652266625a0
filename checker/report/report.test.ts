import { describe, expect, it } from "vitest";
import {
  bag,
  boolean,
  fromItf,
  id,
  idSet,
  instantiate,
  integer,
  map,
  oneOf,
  option,
  part,
  protocol,
  record,
  type Schema,
  sequence,
  set,
  union,
} from "../../spec/lang/index.ts";
import { changeLine, diffValues, parametersOf, renderParameter, renderValue, stateLines } from "./index.ts";

const servers = idSet("s", 2);
const server = id(servers);
const message = union({ Vote: { from: server, granted: boolean() }, Stop: {} });
const schema = record({
  servers: map(server, record({ role: oneOf("follower", "leader"), log: sequence(integer(1, 9), 4) })),
  votedFor: option(server),
  voters: set(server),
  messages: bag(message, { copies: 3 }),
  last: message,
  durable: part(false, integer(0, 9)),
});

interface Shape {
  roles?: readonly [string, string];
  log?: readonly number[];
  votedFor?: string;
  voters?: readonly string[];
  messages?: readonly (readonly [object, number])[];
  last?: object;
}

const vote = { kind: "Vote", from: "s1", granted: true };
const stop = { kind: "Stop" };

function state({
  roles = ["follower", "follower"],
  log = [],
  votedFor,
  voters = [],
  messages = [],
  last = stop,
}: Shape): unknown {
  const read = fromItf(schema, {
    servers: { "#map": roles.map((role, i) => [`s${i + 1}`, { role, log: i === 0 ? log : [] }]) },
    votedFor: votedFor === undefined ? { tag: "None" } : { tag: "Some", value: votedFor },
    voters: { "#set": voters },
    messages: { "#map": messages },
    last,
  });
  if (!read.ok) throw new Error(`${read.path}: expected ${read.expected}, found ${read.found}`);
  return read.value;
}

describe("a value in one line", () => {
  it("shows ids by name, unions by kind, bags with copies, and nothing of what is switched off", () => {
    const value = state({
      roles: ["leader", "follower"],
      log: [1, 2],
      votedFor: "s2",
      voters: ["s2", "s1"],
      messages: [
        [stop, 2],
        [vote, 1],
      ],
      last: vote,
    });
    expect(renderValue(schema, value)).toBe(
      "{servers: {s1: {role: leader, log: [1, 2]}, s2: {role: follower, log: []}}, votedFor: s2, voters: {s1, s2}, " +
        "messages: {Vote{from: s1, granted: true}, Stop ×2}, last: Vote{from: s1, granted: true}}",
    );
    expect(renderValue(schema, state({}))).toBe(
      "{servers: {s1: {role: follower, log: []}, s2: {role: follower, log: []}}, votedFor: null, voters: {}, messages: {}, last: Stop}",
    );
  });

  it("of a whole state has a line for each variable, and for each key of a map of records", () => {
    expect(stateLines(schema, state({ log: [3] }), "")).toEqual([
      { name: "servers[s1]", value: "{role: follower, log: [3]}" },
      { name: "servers[s2]", value: "{role: follower, log: []}" },
      { name: "votedFor", value: "null" },
      { name: "voters", value: "{}" },
      { name: "messages", value: "{}" },
      { name: "last", value: "Stop" },
    ]);
  });
});

describe("the differences of two states", () => {
  const cases: readonly (readonly [says: string, before: Shape, after: Shape, lines: readonly string[]])[] = [
    ["nothing", { log: [1], votedFor: "s1" }, { log: [1], votedFor: "s1" }, []],
    [
      "a field of a record in a map",
      { roles: ["follower", "leader"] },
      { roles: ["leader", "leader"] },
      ["servers[s1].role follower → leader"],
    ],
    ["an option", {}, { votedFor: "s2" }, ["votedFor null → s2"]],
    [
      "elements appended to a sequence",
      { log: [1] },
      { log: [1, 2, 3] },
      ["servers[s1].log + [2] 2", "servers[s1].log + [3] 3"],
    ],
    [
      "elements cut from a sequence",
      { log: [1, 2, 3] },
      { log: [1] },
      ["servers[s1].log - [2] 2", "servers[s1].log - [3] 3"],
    ],
    ["the first element taken from a sequence", { log: [1, 2, 3] }, { log: [2, 3] }, ["servers[s1].log - [1] 1"]],
    ["the last of equal elements cut from a sequence", { log: [2, 2] }, { log: [2] }, ["servers[s1].log - [2] 2"]],
    ["an element of a sequence replaced", { log: [1, 2] }, { log: [1, 5] }, ["servers[s1].log[2] 2 → 5"]],
    ["members of a set", { voters: ["s1"] }, { voters: ["s2"] }, ["voters - s1", "voters + s2"]],
    [
      "copies in a bag",
      { messages: [[stop, 3]] },
      {
        messages: [
          [stop, 1],
          [vote, 2],
        ],
      },
      ["messages - Stop ×2", "messages + Vote{from: s1, granted: true} ×2"],
    ],
    [
      "a field of a union of the same kind",
      { last: vote },
      { last: { ...vote, granted: false } },
      ["last.granted true → false"],
    ],
    ["the kind of a union", { last: stop }, { last: vote }, ["last Stop → Vote{from: s1, granted: true}"]],
  ];
  for (const [says, before, after, lines] of cases) {
    it(`name the path: ${says}`, () => {
      expect(diffValues(schema, state(before), state(after), "").map(changeLine)).toEqual(lines);
    });
  }
});

describe("the parameters of a step", () => {
  const deliveries = protocol("Deliveries", { constants: {}, state: () => schema });
  const deliver = deliveries.action("Deliver", {
    says: "A message arrives.",
    params: () => ({
      at: server as Schema<unknown>,
      m: deliveries.found((s) => s.messages),
      voter: deliveries.found((s) => s.voters),
      sum: deliveries.found(() => [7]),
    }),
    effect: () => undefined,
  });
  const spec = deliveries.spec({ says: "Deliveries.", actions: [deliver], properties: [] });
  const built = instantiate({ name: "deliveries", spec, says: "Deliveries." });

  it("that were found in the state are shown as the state shows them", () => {
    if (!built.ok) throw new Error("the model cannot be built");
    const before = state({ messages: [[vote, 1]], voters: ["s2"] });
    const [first] = servers;
    const [, second] = servers;
    // Parameters come as a spec makes them, not as the state holds them.
    const choice = { at: first, m: { kind: "Vote", from: first, granted: true }, voter: second, sum: 7 };
    const shown = parametersOf(built.value, "Deliver", choice, before).map((parameter) => [
      parameter.name,
      renderParameter(parameter),
    ]);
    expect(shown).toEqual([
      ["at", "s1"],
      ["m", "Vote{from: s1, granted: true}"],
      ["voter", "s2"],
      ["sum", "7"],
    ]);
  });
});
