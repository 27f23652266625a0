import { describe, expect, it } from "vitest";
import { LoneServer, votersOf } from "./lone-server.suite.ts";

const read = (id: number) => ({ kind: "read", id, by: "quorum" }) as const;

function leader(): LoneServer {
  const server = new LoneServer();
  server.leadAndCommit("b");
  return server;
}

describe("a read by a quorum", () => {
  it("begins a round of heartbeats, and is answered when a quorum has answered that round", () => {
    const server = leader();
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(server.step(read(1)).sends).toMatchObject([
      { kind: "heartbeat", to: "b", round: 2 },
      { kind: "heartbeat", to: "c", round: 2 },
    ]);
    expect(server.hear("c", { kind: "heartbeat-response", round: 2 }).answers).toEqual([
      { kind: "read-ready", id: 1, index: 1 },
    ]);
  });

  it("is not answered by a round that began before it", () => {
    const server = leader();
    expect(server.step(read(1)).sends).toEqual([]);
    const effects = server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(effects.answers).toEqual([]);
    expect(effects.sends).toMatchObject([{ round: 2 }, { round: 2 }]);
    expect(server.hear("c", { kind: "heartbeat-response", round: 1 }).answers).toEqual([]);
    expect(server.hear("c", { kind: "heartbeat-response", round: 2 }).answers).toHaveLength(1);
  });

  it("shares the next round with all that come while one runs", () => {
    const server = leader();
    for (const id of [1, 2, 3]) server.step(read(id));
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(server.hear("b", { kind: "heartbeat-response", round: 2 }).answers.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it("waits for the first commit of the term, and sees it", () => {
    const server = new LoneServer({ log: [1, 1] });
    server.lead("b");
    server.step(read(1));
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(server.tick(2).at(-1)?.answers).toEqual([]);
    expect(server.hear("b", { kind: "heartbeat-response", round: 2 }).answers).toEqual([]);
    expect(server.hear("b", { kind: "append-accepted", matchIndex: 3 }).answers).toEqual([
      { kind: "read-ready", id: 1, index: 3 },
    ]);
  });

  it("sees what was committed when it came, not what came later", () => {
    const server = leader();
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    server.step(read(1));
    server.step({ kind: "propose", proposals: [{ id: 2, data: Uint8Array.of(1) }] });
    server.written();
    server.hear("b", { kind: "append-accepted", matchIndex: 2 });
    expect(server.node.commit).toBe(2);
    expect(server.hear("b", { kind: "heartbeat-response", round: 2 }).answers).toEqual([
      { kind: "read-ready", id: 1, index: 1 },
    ]);
  });

  it("needs a majority of the old voters and one of the new", () => {
    const server = new LoneServer({ configuration: votersOf("a", "b", "c", "d") });
    server.leadJointly();
    for (const from of ["b", "c", "d"]) server.hear(from, { kind: "heartbeat-response", round: 1 });
    server.step(read(1));
    expect(server.hear("b", { kind: "heartbeat-response", round: 2 }).answers).toEqual([]);
    expect(server.hear("c", { kind: "heartbeat-response", round: 2 }).answers).toEqual([]);
    expect(server.hear("d", { kind: "heartbeat-response", round: 2 }).answers).toHaveLength(1);
  });

  it("is answered at once by the only voter", () => {
    const server = new LoneServer({ configuration: votersOf("a") });
    server.step({ kind: "campaign" });
    server.written();
    server.written();
    expect(server.step(read(1)).answers).toEqual([{ kind: "read-ready", id: 1, index: 1 }]);
  });

  it("is refused by a server that does not lead, or leads no longer", () => {
    const server = leader();
    server.step(read(1));
    expect(server.hear("b", { kind: "heartbeat", term: 2, commit: 0, round: 1 }).answers).toEqual([
      { kind: "refused", id: 1, refusal: { kind: "not-leader", leader: null } },
    ]);
    expect(server.step(read(2)).answers).toEqual([
      { kind: "refused", id: 2, refusal: { kind: "not-leader", leader: "b" } },
    ]);
  });

  it("is refused when too many wait", () => {
    const server = new LoneServer({ settings: { readsWaitingMax: 2 } });
    server.leadAndCommit("b");
    server.step(read(1));
    server.step(read(2));
    expect(server.step(read(3)).answers).toEqual([
      { kind: "refused", id: 3, refusal: { kind: "overloaded", retryAfterTicks: 2 } },
    ]);
  });
});
