import { describe, expect, it } from "vitest";
import { LoneServer, votersOf } from "./lone-server.suite.ts";

const accepted = (matchIndex: number) => ({ kind: "append-accepted", matchIndex }) as const;

describe("an entry is committed", () => {
  it("when a majority has it, the leader among them when it is durable there", () => {
    const server = new LoneServer();
    server.step({ kind: "campaign" });
    server.written();
    server.hear("b", { kind: "vote-response", granted: true });
    server.hear("b", accepted(1));
    expect(server.node.commit).toBe(0);
    const { apply } = server.written();
    expect(server.node.commit).toBe(1);
    expect(apply).toEqual([{ entry: { kind: "no-op", index: 1, term: 1 }, proposal: null }]);
  });

  it("without the leader where the others are enough, and is shown here when it is durable here", () => {
    const server = new LoneServer();
    server.leadAndCommit("b");
    server.step({ kind: "propose", proposals: [{ id: 7, data: Uint8Array.of(1) }] });
    server.hear("b", accepted(2));
    expect(server.hear("c", accepted(2)).apply).toEqual([]);
    expect(server.node.commit).toBe(2);
    expect(server.written().apply).toMatchObject([{ entry: { index: 2 }, proposal: 7 }]);
  });

  it("of an older term only by what follows it: figure 8 of the paper", () => {
    const server = new LoneServer({ configuration: votersOf("a", "b", "c", "d", "e"), log: [1, 2], term: 3 });
    server.lead("b", "c");
    for (const from of ["b", "c"]) server.hear(from, accepted(2));
    expect(server.node.commit).toBe(0);
    for (const from of ["b", "c"]) server.hear(from, accepted(3));
    expect(server.node.commit).toBe(3);
  });

  it("in a joint configuration by a majority of both", () => {
    const server = new LoneServer({ configuration: votersOf("a", "b", "c", "d") });
    server.leadJointly();
    const { lastIndex } = server.node.log;
    server.written();
    for (const from of ["b", "c"]) server.hear(from, accepted(lastIndex));
    expect(server.node.commit).toBe(lastIndex - 1);
    server.hear("d", accepted(lastIndex));
    expect(server.node.commit).toBe(lastIndex);
  });

  it("without regard to learners", () => {
    const server = new LoneServer({ configuration: { ...votersOf("a", "b", "c"), learners: ["d", "e"] } });
    server.lead("b");
    for (const from of ["d", "e"]) server.hear(from, accepted(1));
    expect(server.node.commit).toBe(0);
  });
});

describe("a follower commits", () => {
  const request = { kind: "append-request", term: 2, prevIndex: 1, prevTerm: 1 } as const;

  it("what the leader has committed, as far as it is known to have the same", () => {
    const server = new LoneServer({ log: [1, 1, 1], term: 2 });
    server.hear("b", { ...request, entries: [], commit: 3 });
    expect(server.node.commit).toBe(1);
  });

  it("and never goes back", () => {
    const server = new LoneServer({ log: [1, 1, 1], term: 2 });
    server.hear("b", { ...request, prevIndex: 3, entries: [], commit: 3 });
    server.hear("b", { ...request, entries: [], commit: 1 });
    server.hear("b", { kind: "heartbeat", commit: 2, round: 1 });
    expect(server.node.commit).toBe(3);
  });
});
