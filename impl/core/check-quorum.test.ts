import { describe, expect, it } from "vitest";
import { Cluster } from "./cluster.suite.ts";
import { LoneServer, votersOf } from "./lone-server.suite.ts";

describe("a leader", () => {
  it("makes way when no quorum has answered it for an election timeout, and answers whoever waits", () => {
    const server = new LoneServer();
    server.leadAndCommit("b");
    server.step({ kind: "propose", proposals: [{ id: 1, data: Uint8Array.of(1) }] });
    server.step({ kind: "read", id: 2, by: "quorum" });
    server.step({ kind: "change", change: { id: 3, add: [], addLearners: [{ id: "d", contact: "" }], remove: [] } });
    server.tick(9);
    expect(server.node.role.kind).toBe("leader");
    expect(server.tick(1)[0]).toMatchObject({
      sends: [],
      answers: [
        { kind: "unknown", id: 1, leader: null },
        { kind: "unknown", id: 3, leader: null },
        { kind: "refused", id: 2, refusal: { kind: "not-leader", leader: null } },
      ],
    });
    expect([server.node.role.kind, server.node.term]).toEqual(["follower", 1]);
  });

  it("goes on as long as one majority of each kind of voters answers", () => {
    const server = new LoneServer({ configuration: votersOf("a", "b", "c", "d") });
    server.leadJointly();
    for (let round = 1; round <= 20; round += 1) {
      server.tick(2);
      for (const from of ["b", "d"]) server.hear(from, { kind: "heartbeat-response", round });
    }
    expect(server.node.role.kind).toBe("leader");
    for (let round = 21; round <= 27; round += 1) {
      server.tick(2);
      for (const from of ["b", "c"]) server.hear(from, { kind: "heartbeat-response", round });
    }
    expect(server.node.role.kind).toBe("follower");
  });

  it("makes way when its disk hangs, although all answer it", () => {
    const server = new LoneServer({ settings: { stallTicksMax: 7 } });
    server.leadAndCommit("b");
    server.step({ kind: "propose", proposals: [{ id: 1, data: Uint8Array.of(1) }] });
    for (let i = 1; i <= 7; i += 1) {
      expect(server.node.role.kind).toBe("leader");
      server.tick(1);
      server.hear("b", { kind: "heartbeat-response", round: 1 });
    }
    expect(server.node.role.kind).toBe("follower");
  });

  it("alone needs nobody's answer", () => {
    const server = new LoneServer({ configuration: votersOf("a") });
    server.step({ kind: "campaign" });
    server.written();
    server.written();
    server.tick(100);
    expect(server.node.role.kind).toBe("leader");
  });
});

describe("five servers of which one can reach all, and the others only that one", () => {
  it("come to a leader that commits, and keep it", () => {
    const ids = ["a", "b", "c", "d", "e"];
    const cluster = new Cluster({ voters: ids });
    cluster.elect("a");
    // Since now only `c` is in touch with the others, the leader among them.
    const isCut = ({ from, to }: { from: string; to: string }) => from !== "c" && to !== "c";
    const terms: number[] = [];
    for (let i = 0; i < 300; i += 1) {
      for (const id of ids) {
        cluster.tick(id);
        cluster.settle(isCut);
      }
      terms.push(Math.max(...ids.map((id) => cluster.node(id).term)));
    }
    expect(cluster.node("c").role.kind).toBe("leader");
    expect(terms.at(-1)).toBe(terms[100]);
    cluster.propose("c", 1, 5);
    for (let i = 0; i < 4; i += 1) {
      cluster.tick("c");
      cluster.settle(isCut);
    }
    expect(cluster.life("e").machine.bytes).toEqual([1, 5]);
  });
});
