import { describe, expect, it } from "vitest";
import { LoneServer, noOps, nothing } from "./lone-server.suite.ts";

const append = { kind: "append-request", term: 1, prevIndex: 0, prevTerm: 0, commit: 0 } as const;

describe("what a server promises", () => {
  it("is found in a write only: it has written the entries when it says that it has them", () => {
    const server = new LoneServer({ term: 1 });
    expect(server.hear("b", { ...append, entries: noOps(1, 1) })).toEqual({
      ...nothing,
      write: {
        number: 1,
        hardState: null,
        truncateFrom: 0,
        entries: noOps(1, 1),
        chunk: null,
        sendsAfter: [{ kind: "append-accepted", id: 1, from: "a", to: "b", term: 1, clock: 0, matchIndex: 1 }],
      },
    });
  });

  it("again, while that write is under way, waits for it in an empty write", () => {
    const server = new LoneServer({ term: 1 });
    server.hear("b", { ...append, entries: noOps(1, 1) });
    const { sends, write } = server.hear("b", { ...append, entries: noOps(1, 1) });
    expect(sends).toEqual([]);
    expect(write).toMatchObject({ number: 2, hardState: null, entries: [], sendsAfter: [{ matchIndex: 1 }] });
  });
});

describe("what is committed", () => {
  it("is applied when it is durable here, though others have it", () => {
    const server = new LoneServer({ term: 1 });
    expect(server.hear("b", { ...append, entries: noOps(1, 1, 1), commit: 2 }).apply).toEqual([]);
    expect([server.node.commit, server.node.applied]).toEqual([2, 0]);
    expect(server.written().apply.map(({ entry }) => entry)).toEqual(noOps(1, 1, 1));
  });

  it("is applied as far as the oldest writes reach", () => {
    const server = new LoneServer({ term: 1 });
    server.hear("b", { ...append, entries: noOps(1, 1), commit: 0 });
    server.hear("b", { ...append, prevIndex: 1, prevTerm: 1, entries: noOps(2, 1), commit: 2 });
    expect(server.step({ kind: "written", number: 1 }).apply.map(({ entry }) => entry.index)).toEqual([1]);
    expect(server.step({ kind: "written", number: 1 })).toEqual(nothing);
    expect(server.step({ kind: "written", number: 2 }).apply.map(({ entry }) => entry.index)).toEqual([2]);
  });
});

describe("a write that is overtaken by a truncation", () => {
  it("makes nothing durable of what was cut off", () => {
    const server = new LoneServer({ term: 1 });
    server.hear("b", { ...append, entries: noOps(1, 1, 1, 1) });
    server.hear("c", { ...append, term: 2, prevIndex: 1, prevTerm: 1, entries: noOps(2, 2), commit: 2 });
    expect(server.step({ kind: "written", number: 1 }).apply.map(({ entry }) => entry)).toEqual(noOps(1, 1));
    expect(server.node.durability.index).toBe(1);
    expect(server.step({ kind: "written", number: 2 }).apply.map(({ entry }) => entry)).toEqual(noOps(2, 2));
  });

  it("of what is committed stops the server: it is a mistake of ours", () => {
    const server = new LoneServer({ log: [1, 1], term: 1 });
    server.hear("b", { ...append, prevIndex: 2, prevTerm: 1, entries: [], commit: 2 });
    const wrong = { ...append, term: 2, prevIndex: 2, prevTerm: 2, entries: [] };
    expect(server.hear("c", wrong).sends).toMatchObject([{ kind: "append-refused" }]);
    expect(server.hear("c", { ...wrong, prevIndex: 0, prevTerm: 0, entries: noOps(1, 2, 2) }).write).toMatchObject({
      truncateFrom: 0,
      sendsAfter: [{ kind: "append-accepted", matchIndex: 2 }],
    });
  });
});
