import { describe, expect, it } from "vitest";
import { LoneServer, nothing } from "./lone-server.suite.ts";

const request = { kind: "vote-request", term: 3, lastIndex: 3, lastTerm: 2, transfer: false } as const;

/** A server whose log ends at index 3 with term 2, and which has not heard a leader for long enough. */
function voter(votedFor: string | null = null, term = 2): LoneServer {
  const server = new LoneServer({ log: [1, 1, 2], term, votedFor });
  server.tick(9);
  server.step({ kind: "tick" });
  return server;
}

describe("a vote", () => {
  it("is given once a term, to the first who asks, and leaves when it is durable", () => {
    const server = voter();
    expect(server.hear("b", request)).toEqual({
      ...nothing,
      write: {
        number: 1,
        hardState: { term: 3, votedFor: "b" },
        truncateFrom: 0,
        entries: [],
        chunk: null,
        sendsAfter: [{ kind: "vote-response", id: 1, from: "a", to: "b", term: 3, clock: 0, granted: true }],
      },
    });
    const answers = (from: string) => server.hear(from, request).write?.sendsAfter;
    expect(answers("c")).toMatchObject([{ to: "c", granted: false }]);
    expect(answers("b")).toMatchObject([{ to: "b", granted: true }]);
  });

  it("is remembered after a restart", () => {
    const server = voter("b", 3);
    expect(server.hear("c", request).write?.sendsAfter).toMatchObject([{ granted: false }]);
    expect(server.hear("b", request).write?.sendsAfter).toMatchObject([{ granted: true }]);
  });

  it.each([
    { lastTerm: 3, lastIndex: 1, granted: true },
    { lastTerm: 2, lastIndex: 3, granted: true },
    { lastTerm: 2, lastIndex: 4, granted: true },
    { lastTerm: 2, lastIndex: 2, granted: false },
    { lastTerm: 1, lastIndex: 9, granted: false },
  ])("is for a log that is at least as up to date: $lastIndex of term $lastTerm, $granted", (log) => {
    const { granted, ...rest } = log;
    const { write } = voter().hear("b", { ...request, ...rest });
    expect(write?.sendsAfter).toMatchObject([{ granted }]);
    expect(write?.hardState).toEqual({ term: 3, votedFor: granted ? "b" : null });
  });

  it("of a server that only asks whether it could win is still free", () => {
    const server = new LoneServer({ log: [1], term: 3 });
    server.tickToElection();
    expect(server.node.role.kind).toBe("pre-candidate");
    expect(server.hear("b", request).write?.sendsAfter).toMatchObject([{ granted: true }]);
  });

  it("is asked for in an older term: the candidate is told the newer one", () => {
    const server = voter(null, 5);
    expect(server.hear("b", request)).toEqual({
      ...nothing,
      sends: [{ kind: "term-notice", id: 1, from: "a", to: "b", term: 5, clock: 0 }],
    });
  });
});

describe("a server that has heard a leader of late", () => {
  function follower(): LoneServer {
    const server = voter();
    server.hear("c", { kind: "heartbeat", commit: 0, round: 1 });
    return server;
  }

  it("neither votes nor takes notice of a later term, until an election timeout has passed", () => {
    const server = follower();
    server.tick(9);
    expect(server.hear("b", request)).toEqual(nothing);
    expect(server.node.term).toBe(2);
    server.tick(1);
    expect(server.hear("b", request).write?.sendsAfter).toMatchObject([{ granted: true }]);
  });

  it("votes nobody in a term of which it has learned otherwise", () => {
    const server = follower();
    server.hear("b", { kind: "pre-vote-response", term: 3, granted: false });
    expect(server.node.term).toBe(3);
    expect(server.hear("b", request).write?.sendsAfter).toMatchObject([{ granted: false }]);
    server.tick(10);
    expect(server.hear("b", request).write?.sendsAfter).toMatchObject([{ granted: true }]);
  });

  it("votes if the leader itself has asked for the election", () => {
    expect(follower().hear("b", { ...request, transfer: true }).write?.sendsAfter).toMatchObject([{ granted: true }]);
  });

  it("counts as one that has heard it after a restart, for it may have", () => {
    const server = new LoneServer({ log: [1, 1, 2] });
    expect(server.hear("b", request)).toEqual(nothing);
  });
});
