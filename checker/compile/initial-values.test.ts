import { describe, expect, it } from "vitest";
import {
  bag,
  bagOf,
  boolean,
  flag,
  id,
  idSet,
  ids,
  initially,
  integer,
  map,
  mapOf,
  oneOf,
  option,
  part,
  protocol,
  record,
  seq,
  sequence,
  set,
  setOf,
  union,
} from "../../spec/lang/index.ts";
import { Semantics } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { stateLines } from "../report/index.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

const constants = {
  Node: ids("n", { default: 2, says: "the nodes" }),
  logs: flag({ default: true, says: "whether there are logs" }),
};

const waves = protocol("Waves", {
  constants,
  state: (c) =>
    record({
      plain: integer(-2, 2),
      count: initially(integer(-2, 2), 0),
      phase: initially(oneOf("idle", "busy"), "busy"),
      last: initially(option(id(c.Node)), c.Node[1] ?? null),
      nodes: map(id(c.Node), record({ credit: initially(integer(-1, 3), 1), log: sequence(integer(0, 3), 2) })),
      flags: initially(
        map(id(c.Node), boolean()),
        mapOf(c.Node, (n) => n === c.Node[0]),
      ),
      log: part(c.logs, initially(sequence(integer(0, 3), 2), seq(2, 1))),
      seen: initially(set(integer(0, 40)), setOf(40, 3)),
      small: initially(set(integer(0, 3)), setOf(1)),
      sent: initially(bag(oneOf("ping", "pong"), { copies: 2 }), bagOf("pong", "pong")),
      message: union({ Ask: { n: initially(integer(0, 3), 2), by: id(c.Node) }, Tell: {} }),
      pair: initially(record({ a: integer(0, 3), b: boolean() }), { a: 3, b: true }),
    }),
});

const begin = { says: "Waves.", actions: [], properties: [], terminates: true } as const;

const finish = waves.action("Finish", {
  says: "A node gives its credit back.",
  params: (c) => ({ n: id(c.Node) }),
  guard: (s, { n }) => s.nodes.get(n).credit > 0 && s.count < 2,
  effect: (s, { n }) => {
    s.nodes.get(n).credit -= 1;
    s.count += 1;
    s.phase = "idle";
  },
});

const asDeclared = waves.reachable("AsDeclared", {
  says: "The fields begin as the schema says.",
  goal: (s) => s.count === 0 && s.phase === "busy" && s.plain === -2,
});

/** The lines of every initial state. */
function initialStates(spec: Parameters<typeof modelOf>[0]["spec"], set = {}): readonly string[] {
  const model = modelOf({ name: "waves", says: "", spec, set });
  const semantics = new Semantics(model);
  return [...semantics.initial()].map(({ after }) =>
    stateLines(model.schema, after, "")
      .map(({ name, value }) => `${name} = ${value}`)
      .join("\n"),
  );
}

const declared = `plain = -2
count = 0
phase = busy
last = n2
nodes[n1] = {credit: 1, log: []}
nodes[n2] = {credit: 1, log: []}
flags = {n1: true, n2: false}
log = [2, 1]
seen = {3, 40}
small = {1}
sent = {pong ×2}
message = Ask{n: 2, by: n1}
pair = {a: 3, b: true}`;

describe("a field with an initial value", () => {
  it("begins with it, whatever its schema, and in records and maps too", () => {
    expect(initialStates(waves.spec(begin))).toEqual([declared]);
    expect(initialStates(waves.spec(begin), { logs: false })).toEqual([declared.replace("log = [2, 1]\n", "")]);
  });

  it("begins so in every engine", () => {
    const spec = waves.spec({ ...begin, actions: [finish], properties: [asDeclared] });
    expect(onEveryEngine(modelOf({ name: "waves", says: "", spec }))).toMatchObject({
      verdict: "holds",
      distinct: 4,
      generated: 5,
      depth: 3,
    });
  });

  it("is what Init sees, in its domains, its guard and its effect, and what Init may replace", () => {
    const spec = waves.spec({
      ...begin,
      actions: [finish],
      init: {
        params: (c) => ({
          n: id(c.Node),
          count: waves.found((s) => [s.count, s.count + 1]),
          again: waves.found((s, { n }: { readonly n: (typeof c.Node)[number] }) => [s.nodes.get(n).credit]),
        }),
        guard: (s, { n, count, again }) => s.last === n && count >= 0 && again === 1,
        effect: (s, { count }) => {
          s.plain = s.count + 1;
          s.count = count;
        },
      },
    });
    const replaced = declared.replace("plain = -2", "plain = 1");
    expect(initialStates(spec)).toEqual([replaced, replaced.replace("count = 0", "count = 1")]);
    expect(onEveryEngine(modelOf({ name: "waves", says: "", spec }))).toMatchObject({ verdict: "holds", distinct: 7 });
  });

  it("is the value at that moment, and no object that somebody changes later", () => {
    const value = { a: 1, b: false };
    const schema = initially(record({ a: integer(0, 3), b: boolean() }), value);
    value.a = 2;
    const late = protocol("Late", { constants: {}, state: () => record({ pair: schema }) });
    expect(initialStates(late.spec(begin))).toEqual(["pair = {a: 1, b: false}"]);
  });

  it("is refused where the schema has no such value", () => {
    const range = "initially: the value is 4; its bound is -1..3";
    expect(() => initially(integer(-1, 3), 4)).toThrow(range);
    expect(() => initially(record({ a: record({ n: integer(0, 1) }) }), { a: { n: 2 } })).toThrow(
      "initially: a.n is 2; its bound is 0..1",
    );
    expect(() => initially(sequence(integer(0, 3), 1), seq(1, 2))).toThrow(
      "initially: the value is a sequence of 2 elements; its bound is at most 1 elements",
    );
    expect(() => initially(oneOf("a", "b"), "c")).toThrow("initially: the value is c; its bound is a | b");
    const [foreign] = idSet("m", 1);
    // @ts-expect-error: an id of another set.
    expect(initially(id(idSet("n", 1)), foreign).initial?.value).toBe(foreign);
    // @ts-expect-error: no number.
    expect(() => initially(integer(0, 1), "1")).toThrow("the value is 1; its bound is 0..1");
    expect(() => initially(bag(boolean()), bagOf(true, true))).toThrow("its bound is at most 1 of each");
  });
});
