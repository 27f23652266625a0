import { describe, expect, it } from "vitest";
import { noConfiguration } from "./index.ts";
import { LoneServer, noOps, nothing, votersOf } from "./lone-server.suite.ts";

describe("a server that hears no leader", () => {
  it("asks first whether it would be elected, in a term that it has not begun", () => {
    const server = new LoneServer({ log: [1, 1] });
    const request = { kind: "pre-vote-request", from: "a", term: 2, clock: 0, lastIndex: 2, lastTerm: 1 };
    expect(server.tickToElection()).toEqual({
      ...nothing,
      sends: [
        { ...request, id: 1, to: "b" },
        { ...request, id: 2, to: "c" },
      ],
    });
    expect(server.node.term).toBe(1);
  });

  it("stands when a quorum would vote for it, and asks for votes when its own is durable", () => {
    const server = new LoneServer({ log: [1, 1] });
    server.tickToElection();
    const request = { kind: "vote-request", from: "a", term: 2, clock: 0, lastIndex: 2, lastTerm: 1, transfer: false };
    expect(server.hear("b", { kind: "pre-vote-response", granted: true, term: 2 })).toEqual({
      ...nothing,
      write: {
        number: 1,
        hardState: { term: 2, votedFor: "a" },
        truncateFrom: 0,
        entries: [],
        chunk: null,
        sendsAfter: [
          { ...request, id: 3, to: "b" },
          { ...request, id: 4, to: "c" },
        ],
      },
    });
  });

  it("stands again when its time has run out without a majority, and asks first again", () => {
    const server = new LoneServer();
    server.step({ kind: "campaign" });
    server.written();
    const effects = server.tickToElection();
    expect([server.node.role.kind, server.node.term]).toEqual(["pre-candidate", 1]);
    expect(effects.sends.map(({ kind, term }) => [kind, term])).toEqual([
      ["pre-vote-request", 2],
      ["pre-vote-request", 2],
    ]);
  });

  it("waits from one election timeout to just under two, and each time another while", () => {
    const server = new LoneServer();
    const waits = new Set<number>();
    for (let i = 0; i < 200; i += 1) {
      const { now } = server.node;
      server.tickToElection();
      waits.add(server.node.now - now);
    }
    expect([...waits].sort((one, other) => one - other)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it("does not stand as a learner, nor without a configuration, nor while its disk hangs", () => {
    const learner = { ...votersOf("b"), learners: ["a"] };
    for (const configuration of [learner, noConfiguration]) {
      const server = new LoneServer({ configuration });
      expect(server.tick(100)).toEqual(Array.from({ length: 100 }, () => nothing));
    }
    const server = new LoneServer();
    server.hear("b", { kind: "heartbeat", term: 1, commit: 0, round: 1 });
    expect(server.tick(100).flatMap(({ sends }) => sends).length).toBeLessThan(5);
    expect(server.node.role.kind).not.toBe("candidate");
  });

  it("stands although it is about to leave, until that is committed, and does not count itself", () => {
    const configuration = { ...votersOf("a", "b"), outgoing: ["a", "b"] };
    const server = new LoneServer({ id: "a", configuration });
    const leaving = { kind: "configuration", index: 1, term: 1, configuration: votersOf("b") } as const;
    server.hear("b", { kind: "append-request", term: 1, prevIndex: 0, prevTerm: 0, entries: [leaving], commit: 0 });
    server.written();
    server.step({ kind: "campaign" });
    server.written();
    expect(server.node.role.kind).toBe("candidate");
    server.hear("b", { kind: "vote-response", granted: true });
    expect(server.node.role.kind).toBe("leader");
    const gone = new LoneServer({ id: "a", configuration });
    gone.hear("b", { kind: "append-request", term: 1, prevIndex: 0, prevTerm: 0, entries: [leaving], commit: 1 });
    gone.written();
    gone.step({ kind: "campaign" });
    expect(gone.node.role.kind).toBe("follower");
  });
});

describe("a candidate", () => {
  it("counts its own vote when it is durable, and no sooner", () => {
    const server = new LoneServer();
    server.step({ kind: "campaign" });
    server.hear("b", { kind: "vote-response", granted: true });
    expect(server.node.role.kind).toBe("candidate");
    server.written();
    expect(server.node.role.kind).toBe("leader");
  });

  it("counts a vote that arrives twice once", () => {
    const server = new LoneServer({ configuration: votersOf("a", "b", "c", "d", "e") });
    server.step({ kind: "campaign" });
    server.written();
    server.hear("b", { kind: "vote-response", granted: true });
    server.hear("b", { kind: "vote-response", granted: true });
    expect(server.node.role.kind).toBe("candidate");
    server.hear("c", { kind: "vote-response", granted: true });
    expect(server.node.role.kind).toBe("leader");
  });

  it("counts no vote of an older term, of a learner or of a stranger", () => {
    const server = new LoneServer({ configuration: { ...votersOf("a", "b", "c"), learners: ["d"] } });
    server.step({ kind: "campaign" });
    server.written();
    server.step({ kind: "campaign" });
    server.written();
    server.hear("b", { kind: "vote-response", granted: true, term: 1 });
    server.hear("d", { kind: "vote-response", granted: true });
    server.hear("x", { kind: "vote-response", granted: true });
    server.hear("b", { kind: "vote-response", granted: false });
    expect(server.node.role.kind).toBe("candidate");
  });

  it("needs a majority of the old voters and one of the new", () => {
    const configuration = { ...votersOf("a", "b", "c", "d", "e"), voters: ["c", "d", "e"], outgoing: ["a", "b", "c"] };
    const server = new LoneServer({ id: "c", configuration });
    server.step({ kind: "campaign" });
    server.written();
    server.hear("d", { kind: "vote-response", granted: true });
    server.hear("e", { kind: "vote-response", granted: true });
    expect(server.node.role.kind).toBe("candidate");
    server.hear("a", { kind: "vote-response", granted: true });
    expect(server.node.role.kind).toBe("leader");
  });

  it("follows whoever leads its term", () => {
    const server = new LoneServer();
    server.step({ kind: "campaign" });
    server.written();
    const effects = server.hear("b", { kind: "heartbeat", commit: 0, round: 7 });
    expect(effects.sends).toEqual([
      { kind: "heartbeat-response", id: 3, from: "a", to: "b", term: 1, clock: 0, round: 7 },
    ]);
    expect(server.node.role).toEqual({ kind: "follower", leader: "b" });
  });

  it("begins its term with an entry of its own, and tells everybody at once", () => {
    const server = new LoneServer({ log: [1] });
    server.step({ kind: "campaign" });
    server.written();
    const effects = server.hear("c", { kind: "vote-response", granted: true });
    const entries = noOps(2, 2);
    const heartbeat = { kind: "heartbeat", from: "a", term: 2, clock: 0, commit: 0, round: 1 };
    const append = {
      kind: "append-request",
      from: "a",
      term: 2,
      clock: 0,
      prevIndex: 1,
      prevTerm: 1,
      entries,
      commit: 0,
    };
    expect(effects).toEqual({
      ...nothing,
      sends: [
        { ...heartbeat, id: 3, to: "b" },
        { ...heartbeat, id: 4, to: "c" },
        { ...append, id: 5, to: "b" },
        { ...append, id: 6, to: "c" },
      ],
      write: { number: 2, hardState: null, truncateFrom: 0, entries, chunk: null, sendsAfter: [] },
    });
  });

  it("leads alone where it is the only voter, as soon as its vote is durable", () => {
    const server = new LoneServer({ configuration: votersOf("a") });
    server.tickToElection();
    expect(server.node.role.kind).toBe("candidate");
    server.written();
    expect(server.node.role.kind).toBe("leader");
    expect(server.node.commit).toBe(0);
    expect(server.written().apply).toEqual([{ entry: noOps(1, 1)[0], proposal: null }]);
  });
});
