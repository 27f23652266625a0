import { describe, expect, it } from "vitest";
import { Cluster } from "./cluster.suite.ts";

const voters = ["a", "b", "c"];

function led(): Cluster {
  const cluster = new Cluster({ voters });
  cluster.elect("a");
  return cluster;
}

describe("a transfer of leadership", () => {
  it("makes the target lead at once, although the others have just heard the leader", () => {
    const cluster = led();
    cluster.step("a", { kind: "transfer", id: 1, to: "c" });
    cluster.settle();
    expect(voters.map((id) => [cluster.node(id).role.kind, cluster.node(id).term])).toEqual([
      ["follower", 2],
      ["follower", 2],
      ["leader", 2],
    ]);
    expect(cluster.answersOf(1)).toEqual([{ kind: "transferred", id: 1, leader: null }]);
  });

  it("brings the target up to date before it is told, and takes no proposals meanwhile", () => {
    const cluster = led();
    cluster.propose("a", 1, 1);
    cluster.take(({ to }) => to === "c");
    expect(cluster.step("a", { kind: "transfer", id: 2, to: "c" }).sends).toEqual([]);
    cluster.propose("a", 3, 3);
    expect(cluster.answersOf(3)).toEqual([{ kind: "refused", id: 3, refusal: { kind: "transferring", to: "c" } }]);
    for (let i = 0; i < 8; i += 1) {
      cluster.tick("a");
      cluster.settle();
    }
    expect(cluster.node("c").role.kind).toBe("leader");
    expect(cluster.life("c").machine.bytes).toEqual([1, 1]);
  });

  it("fails after an election timeout, and the leader goes on", () => {
    const cluster = led();
    cluster.step("a", { kind: "transfer", id: 1, to: "c" });
    for (let i = 0; i < 10; i += 1) {
      cluster.tick("a");
      cluster.settle(({ from, to }) => from === "c" || to === "c");
    }
    expect(cluster.answersOf(1)).toEqual([{ kind: "transfer-failed", id: 1 }]);
    cluster.propose("a", 2, 2);
    cluster.settle();
    expect(cluster.life("a").machine.bytes).toEqual([1, 2]);
  });

  it("has failed where the leader stops for want of a quorum", () => {
    const cluster = led();
    cluster.tick("a", 1);
    cluster.messages = [];
    cluster.tick("a", 8);
    cluster.step("a", { kind: "transfer", id: 1, to: "c" });
    cluster.tick("a", 1);
    expect(cluster.node("a").role.kind).toBe("follower");
    expect(cluster.answersOf(1)).toEqual([{ kind: "transfer-failed", id: 1 }]);
  });

  it("is refused to oneself, to a stranger, to a second one, and by whoever does not lead", () => {
    const cluster = led();
    const refusals = [
      ["a", 1, "a"],
      ["a", 2, "x"],
      ["b", 3, "c"],
      ["a", 4, "b"],
      ["a", 5, "c"],
    ] as const;
    for (const [by, id, to] of refusals) cluster.step(by, { kind: "transfer", id, to });
    expect(cluster.answers.map(({ answer }) => answer)).toEqual([
      { kind: "refused", id: 1, refusal: { kind: "invalid-transfer", why: "a leads already" } },
      { kind: "refused", id: 2, refusal: { kind: "invalid-transfer", why: "x is no voter" } },
      { kind: "refused", id: 3, refusal: { kind: "not-leader", leader: "a" } },
      { kind: "refused", id: 5, refusal: { kind: "transferring", to: "b" } },
    ]);
  });

  it("that arrives in a later term moves nobody", () => {
    const cluster = led();
    cluster.step("a", { kind: "transfer", id: 1, to: "c" });
    const late = cluster.take(({ kind }) => kind === "timeout-now");
    expect(late).toHaveLength(1);
    cluster.elect("b");
    for (const message of late) cluster.deliver(message);
    expect(cluster.node("c").role).toEqual({ kind: "follower", leader: "b" });
  });
});
