import { describe, expect, it } from "vitest";
import { Cluster } from "./cluster.suite.ts";
import type { Effects } from "./index.ts";
import { LoneServer, noOps, nothing } from "./lone-server.suite.ts";

const accepted = (matchIndex: number) => ({ kind: "append-accepted", matchIndex }) as const;
const command = (id: number, size = 1) => ({ id, data: new Uint8Array(size) });

/** The append requests to `to` as `[prevIndex, number of entries]`. */
function requests({ sends }: Effects, to = "b"): [number, number][] {
  return sends.flatMap((message) =>
    message.kind === "append-request" && message.to === to ? [[message.prevIndex, message.entries.length]] : [],
  );
}

describe("a leader", () => {
  it("sends one request at a time until one is accepted, and then ahead of the answers", () => {
    const server = new LoneServer();
    server.lead("b");
    const propose = (id: number) => requests(server.step({ kind: "propose", proposals: [command(id)] }));
    expect(propose(1)).toEqual([]);
    expect(requests(server.hear("b", accepted(1)))).toEqual([[1, 1]]);
    expect(propose(2)).toEqual([[2, 1]]);
    expect(propose(3)).toEqual([[3, 1]]);
  });

  it("puts as many entries and bytes in a request as it may, and at least one", () => {
    const server = new LoneServer({ settings: { messageEntriesMax: 3, messageBytesMax: 100 } });
    server.leadAndCommit("b");
    const send = (...sizes: number[]) =>
      requests(server.step({ kind: "propose", proposals: sizes.map((size, i) => command(i, size)) }));
    expect(send(1, 1, 1, 1)).toEqual([
      [1, 3],
      [4, 1],
    ]);
    expect(send(300, 30, 30, 1)).toEqual([
      [5, 1],
      [6, 1],
      [7, 2],
    ]);
  });

  it("sends no more than a window holds before it is answered", () => {
    const byEntries = new LoneServer({ settings: { windowEntriesMax: 4, messageEntriesMax: 2 } });
    const byBytes = new LoneServer({ settings: { windowBytesMax: 130, messageEntriesMax: 2 } });
    for (const server of [byEntries, byBytes]) {
      server.leadAndCommit("b");
      const proposals = Array.from({ length: 10 }, (_, i) => command(i));
      expect(requests(server.step({ kind: "propose", proposals }))).toEqual([
        [1, 2],
        [3, 2],
      ]);
      expect(requests(server.hear("b", accepted(2)))).toEqual([]);
      expect(requests(server.hear("b", accepted(3)))).toEqual([[5, 2]]);
      expect(requests(server.hear("b", accepted(7)))).toEqual([
        [7, 2],
        [9, 2],
      ]);
    }
  });

  it("asks again where a follower answers and stands still, and goes back to what it lacks", () => {
    const server = new LoneServer();
    server.leadAndCommit("b");
    server.step({ kind: "propose", proposals: [command(1), command(2)] });
    expect(requests(server.hear("b", { kind: "heartbeat-response", round: 1 }))).toEqual([]);
    expect(requests(server.hear("b", { kind: "heartbeat-response", round: 1 }))).toEqual([[3, 0]]);
    const refused = { kind: "append-refused", prevIndex: 3, hintIndex: 1, hintTerm: 1 } as const;
    expect(requests(server.hear("b", refused))).toEqual([[1, 2]]);
    expect(requests(server.hear("b", refused))).toEqual([]);
  });

  it("takes a hint for no match: it commits nothing by it", () => {
    const server = new LoneServer({ log: [1, 1] });
    server.lead("b");
    server.hear("b", { kind: "append-refused", prevIndex: 2, hintIndex: 1, hintTerm: 1 });
    const progress = server.node.role.kind === "leader" ? server.node.role.progress.get("b") : undefined;
    expect(progress).toMatchObject({ match: 0, next: 2, state: "probe" });
  });

  it("takes late answers for what they are", () => {
    const server = new LoneServer();
    server.leadAndCommit("b");
    server.step({ kind: "propose", proposals: [command(1), command(2)] });
    server.hear("b", accepted(3));
    server.hear("b", accepted(2));
    server.hear("b", { kind: "append-refused", prevIndex: 3, hintIndex: 0, hintTerm: 0 });
    expect(server.node.role).toMatchObject({ kind: "leader" });
    const role = server.node.role.kind === "leader" ? server.node.role.progress.get("b") : undefined;
    expect(role).toMatchObject({ state: "replicate", match: 3, next: 4 });
  });
});

describe("a follower", () => {
  const request = { kind: "append-request", term: 2, prevTerm: 1, commit: 0 } as const;

  it("writes what follows, and acknowledges what was asked and no more", () => {
    const server = new LoneServer({ log: [1, 1, 1], term: 2 });
    const entries = [...noOps(2, 1), ...noOps(3, 2)];
    expect(server.hear("b", { ...request, prevIndex: 1, entries })).toEqual({
      ...nothing,
      write: {
        number: 1,
        hardState: null,
        truncateFrom: 3,
        entries: noOps(3, 2),
        chunk: null,
        sendsAfter: [{ kind: "append-accepted", id: 1, from: "a", to: "b", term: 2, clock: 0, matchIndex: 3 }],
      },
    });
    expect(server.hear("b", { ...request, prevIndex: 1, entries: noOps(2, 1) }).write).toMatchObject({
      truncateFrom: 0,
      entries: [],
      sendsAfter: [{ matchIndex: 2 }],
    });
  });

  it.each([
    { log: [1, 1], prevIndex: 5, prevTerm: 4, hintIndex: 2, hintTerm: 1 },
    { log: [1, 1, 5, 5, 5], prevIndex: 5, prevTerm: 4, hintIndex: 2, hintTerm: 1 },
    { log: [1, 3, 3, 3, 3], prevIndex: 5, prevTerm: 4, hintIndex: 5, hintTerm: 3 },
    { log: [2, 2, 2], prevIndex: 2, prevTerm: 1, hintIndex: 0, hintTerm: 0 },
  ])("with $log refuses an entry at $prevIndex of term $prevTerm and says where to try", (row) => {
    const { log, prevIndex, prevTerm, hintIndex, hintTerm } = row;
    const server = new LoneServer({ log, term: 6 });
    const refused = {
      kind: "append-refused",
      id: 1,
      from: "a",
      to: "b",
      term: 6,
      clock: 0,
      prevIndex,
      hintIndex,
      hintTerm,
    };
    const effects = server.hear("b", { ...request, term: 6, prevIndex, prevTerm, entries: [] });
    expect(effects).toEqual({ ...nothing, sends: [refused] });
  });

  it("with a long conflicting log is brought round in as many questions as there are terms in it", () => {
    const cluster = new Cluster({ voters: ["a", "b", "c"] });
    for (const [round, id] of ["a", "b", "a", "b"].entries()) {
      cluster.elect(id);
      // Each leads for a while with nobody listening, so that both logs grow apart.
      for (let i = 0; i < 20; i += 1) cluster.propose(id, round * 100 + i, i);
      cluster.messages = [];
    }
    cluster.elect("c");
    let refusals = 0;
    for (let i = 0; i < 10; i += 1) {
      cluster.tick("c");
      cluster.settle((message) => {
        if (message.kind === "append-refused") refusals += 1;
        return false;
      });
    }
    expect(cluster.node("c").role.kind).toBe("leader");
    for (const id of ["a", "b"]) expect(cluster.node(id).log.lastIndex).toBe(cluster.node("c").log.lastIndex);
    expect(refusals).toBeLessThanOrEqual(8);
  });
});
