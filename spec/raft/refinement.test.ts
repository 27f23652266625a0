/** The strict spec refines the one with all permissions: what figure 2 allows stays allowed, step by step. */
import { describe, expect, it } from "vitest";
import { checkRefinement } from "../../checker/index.ts";
import { bagOf, instantiate, type Model, type Settings, seq } from "../lang/index.ts";
import { raftSpec } from "./raft.ts";
import type { State } from "./state.ts";

function model(set: Settings): Model {
  const made = instantiate({ name: "raft", spec: raftSpec, says: "", set, symmetry: true });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.value;
}

const twoServers = { Server: 2, maxTerm: 2, maxLogLength: 1 };
/** Every permission that leaves the state of a server as it is. */
const permissions = {
  heartbeatMessages: true,
  termNotices: true,
  stepDown: true,
  voteRefusals: true,
  anyCommit: true,
  committedAcks: true,
  heartbeats: true,
  loss: true,
};

/** The state of a server whose disk is done with its writes: each of its steps has been written. */
function withDisks(state: unknown): unknown {
  const { servers, ...rest } = state as State;
  const disk = (me: ReturnType<State["servers"]["get"]>): object => {
    const { term, votedFor, log } = me;
    return { ...me, durable: { term, votedFor, log }, writes: seq(), outbox: bagOf() };
  };
  return { ...rest, servers: { get: (i: never) => disk(servers.get(i)), keys: () => servers.keys() } };
}

describe("the strict spec of Raft", () => {
  const models: readonly (readonly [string, Settings])[] = [
    ["two servers, two terms, one entry", twoServers],
    ["two entries in one message, with one restart", { ...twoServers, maxLogLength: 2, maxBatch: 2, maxRestarts: 1 }],
    ["hints and pipelining", { ...twoServers, maxLogLength: 2, nackHint: true, pipelining: true }],
    ["messages in order", { ...twoServers, network: "channels" }],
    ["three servers, one term", { Server: 3, maxTerm: 1, maxLogLength: 1 }],
  ];

  it.each(models)("refines the spec with all permissions: %s", (_, set) => {
    const concrete = model(set);
    const { failure, states, transitions } = checkRefinement({ concrete, abstract: model({ ...set, ...permissions }) });
    expect(failure).toBe(null);
    expect([states, transitions].every((number) => number > 100)).toBe(true);
  });

  it("refines the spec with a queue of writes, which writes what a step of it decides and sends what waits", () => {
    const { failure, transitions } = checkRefinement({
      concrete: model(twoServers),
      abstract: model({ ...twoServers, writeQueue: true }),
      image: withDisks,
      stepsMax: 3,
    });
    expect(failure).toBe(null);
    expect(transitions).toBeGreaterThan(500);
  });

  it("does not refine it in two steps, in which it cannot decide, write and send", () => {
    const { failure } = checkRefinement({
      concrete: model(twoServers),
      abstract: model({ ...twoServers, writeQueue: true }),
      image: withDisks,
      stepsMax: 2,
    });
    expect(failure?.at(-1)?.action).toBe("Timeout");
  });

  it("is not refined by the spec with permissions, each of which adds behaviours", () => {
    for (const part of ["stepDown", "voteRefusals", "loss"]) {
      const { failure } = checkRefinement({
        concrete: model({ ...twoServers, [part]: true }),
        abstract: model(twoServers),
      });
      expect([part, failure === null]).toEqual([part, false]);
    }
  });
});
