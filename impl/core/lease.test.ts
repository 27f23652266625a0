import { describe, expect, it } from "vitest";
import { Cluster } from "./cluster.suite.ts";
import { LoneServer, votersOf } from "./lone-server.suite.ts";

const byLease = { kind: "read", id: 1, by: "lease" } as const;

/** A leader that has committed its first entry. */
function leader(clockDriftMax: number | null): LoneServer {
  const server = new LoneServer({ settings: { clockDriftMax } });
  server.tick(10);
  server.leadAndCommit("b");
  return server;
}

/** Ticks after the start of a confirmed round during which reads are answered at once. */
function leaseTicks(server: LoneServer): number {
  server.tick(2);
  server.hear("b", { kind: "heartbeat-response", round: 2 });
  for (let ticks = 0; ticks < 100; ticks += 1) {
    const { answers } = server.step({ ...byLease, id: 100 + ticks });
    if (answers.length === 0) return ticks;
    server.step({ kind: "tick" });
  }
  throw new Error("the lease never ends");
}

describe("a lease", () => {
  it("answers reads at once, for less than the time for which others protect the leader", () => {
    expect(leaseTicks(leader(0))).toBe(8);
  });

  it("is the shorter the more clocks may differ, and is none where they may differ too much", () => {
    expect([0.01, 0.1, 0.5, 0.9].map((drift) => leaseTicks(leader(drift)))).toEqual([7, 7, 5, 3]);
  });

  it("is not used for reads that ask for a quorum", () => {
    const server = leader(0);
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(server.step({ ...byLease, by: "quorum" }).answers).toEqual([]);
    expect(server.step({ ...byLease, id: 2 }).answers).toHaveLength(1);
  });

  it("is off unless a bound on the drift of clocks is given", () => {
    expect(leaseTicks(leader(null))).toBe(0);
  });

  it("counts from when a round began, however late its answer comes", () => {
    const server = leader(0);
    server.tick(2);
    server.tick(5);
    server.hear("b", { kind: "heartbeat-response", round: 2 });
    server.tick(2);
    expect(server.step(byLease).answers).toHaveLength(1);
    server.tick(1);
    expect(server.step({ ...byLease, id: 2 }).answers).toEqual([]);
  });

  it("needs the answers of a majority of old and of new voters", () => {
    const configuration = votersOf("a", "b", "c", "d");
    const server = new LoneServer({ configuration, settings: { clockDriftMax: 0 } });
    server.tick(10);
    server.leadJointly();
    for (const from of ["b", "c"]) server.hear(from, { kind: "heartbeat-response", round: 1 });
    expect(server.step(byLease).answers).toEqual([]);
    server.hear("d", { kind: "heartbeat-response", round: 1 });
    expect(server.step({ ...byLease, id: 2 }).answers).toHaveLength(1);
  });

  it("is worth nothing before the first commit of the term", () => {
    const server = new LoneServer({ settings: { clockDriftMax: 0 } });
    server.tick(10);
    server.lead("b");
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(server.step(byLease).answers).toEqual([]);
    expect(server.hear("b", { kind: "append-accepted", matchIndex: 1 }).answers).toEqual([]);
  });

  it("ends for the whole term when another server is told to take over, even if that comes to nothing", () => {
    const server = leader(0);
    server.hear("b", { kind: "heartbeat-response", round: 1 });
    expect(server.step(byLease).answers).toHaveLength(1);
    server.step({ kind: "transfer", id: 2, to: "b" });
    for (let i = 1; i <= 20; i += 1) {
      server.step({ kind: "tick" });
      server.hear("b", { kind: "heartbeat-response", round: 1 + Math.floor(i / 2) });
    }
    expect(server.node.role).toMatchObject({ kind: "leader", transfer: null });
    expect(server.step({ ...byLease, id: 3 }).answers).toEqual([]);
  });
});

describe("a lease on which a leader relies", () => {
  const voters = ["a", "b", "c"];

  /** `a` leads and has just been answered by `b` alone. */
  function cluster(): Cluster {
    const made = new Cluster({ voters, settings: { clockDriftMax: 0 } });
    made.tick("a", 10);
    made.messages = [];
    made.elect("a");
    return made;
  }

  it("is not undone by a forced campaign of a server on which it rests", () => {
    const made = cluster();
    made.tick("c", 10);
    made.messages = [];
    for (let i = 0; i < 4; i += 1) {
      made.tick("a");
      made.settle(({ from, to }) => from === "c" || to === "c");
    }
    made.step("b", { kind: "campaign" });
    made.settle(({ from, to }) => from === "a" || to === "a");
    expect(made.node("b").role.kind).toBe("follower");
    expect(made.step("a", byLease).answers).toHaveLength(1);
  });
});
