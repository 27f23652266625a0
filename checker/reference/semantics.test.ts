import { describe, expect, it } from "vitest";
import { bag, boolean, id, ids, integer, map, option, protocol, record, seq, sequence } from "../../spec/lang/index.ts";
import { type Choice, Semantics, type State } from "../index.ts";
import { modelOf } from "./graph-model.suite.ts";

const queues = protocol("Queue", {
  constants: { Client: ids("c", { default: 2, says: "the clients" }) },
  state: (c) =>
    record({
      queue: sequence(id(c.Client), 2),
      served: map(id(c.Client), integer(0, 2)),
      last: option(record({ by: id(c.Client), log: sequence(boolean(), 2) })),
      tickets: bag(id(c.Client), { copies: 2 }),
    }),
});

const enqueue = queues.action("Enqueue", {
  says: "A client comes, in a hurry or not.",
  params: (c) => ({ client: id(c.Client), hurry: boolean() }),
  guard: (s, { hurry }) => s.queue.length < 2 && !hurry,
  effect: (s, { client }) => {
    s.queue.push(client);
    s.tickets.add(client);
  },
});

const serve = queues.action("Serve", {
  says: "Somebody who waits is served, whoever it is.",
  params: () => ({ next: queues.found((s) => s.tickets), thanks: boolean() }),
  effect: (s, { next, thanks }) => {
    s.queue.shift();
    s.tickets.remove(next);
    s.last = { by: next, log: seq(thanks) };
  },
});

const spec = queues.spec({ says: "A queue.", actions: [enqueue, serve], properties: [], symmetry: ["Client"] });
const semantics = new Semantics(modelOf({ name: "queue", spec, says: "" }));

function stateOf(...path: readonly number[]): State {
  let state = [...semantics.initial()][0]?.after;
  for (const position of path) state = [...semantics.successors(state)][position]?.after;
  return state;
}

function stepsFrom(state: State): readonly (readonly [string, Choice])[] {
  return [...semantics.successors(state)].map(({ action, choice }) => [action.name, choice]);
}

describe("the successors of a state", () => {
  it("come by action as the spec lists them, and by parameter with the last running fastest", () => {
    expect(stepsFrom(stateOf())).toEqual([
      ["Enqueue", { client: 1, hurry: false }],
      ["Enqueue", { client: 2, hurry: false }],
    ]);
    // Both wait: each can be served, with thanks or without.
    expect(stepsFrom(stateOf(1, 0))).toEqual([
      ["Serve", { next: 1, thanks: false }],
      ["Serve", { next: 1, thanks: true }],
      ["Serve", { next: 2, thanks: false }],
      ["Serve", { next: 2, thanks: true }],
    ]);
  });

  it("leave the state as it was", () => {
    const state = stateOf(0);
    const key = semantics.encode(state);
    const steps = [...semantics.successors(state)];
    expect(steps.length).toBe(2 + 2);
    expect(semantics.encode(state)).toBe(key);
    expect(new Set(steps.map(({ after }) => semantics.encode(after))).size).toBe(4);
  });

  it("cannot be changed, nor can the state they come from: no guard or property would be seen to change it", () => {
    const state = stateOf(0);
    const states = [state, ...[...semantics.successors(state)].map(({ after }) => after)];
    for (const one of states) {
      const key = semantics.encode(one);
      expect(() => (one as { queue: { clear(): void } }).queue.clear()).toThrow("only an effect may change the state");
      expect(semantics.encode(one)).toBe(key);
    }
  });
});

describe("a state", () => {
  it("is the same after its key was read", () => {
    for (const path of [[], [0], [1, 0], [0, 0, 0]]) {
      const state = stateOf(...path);
      const key = semantics.encode(state);
      expect(semantics.encode(semantics.decode(key))).toBe(key);
    }
  });

  it("counts as one with its renamings where ids are symmetric, and only there", () => {
    const symmetric = new Semantics(modelOf({ name: "queue", spec, says: "", symmetry: true }));
    const identityIn = (one: Semantics, state: State): string => one.identity(state, one.encode(state));
    const [first, second] = [stateOf(0), stateOf(1)];
    expect(identityIn(symmetric, first)).toBe(identityIn(symmetric, second));
    expect(identityIn(semantics, first)).not.toBe(identityIn(semantics, second));
    expect(identityIn(symmetric, first)).not.toBe(identityIn(symmetric, stateOf()));
  });
});
