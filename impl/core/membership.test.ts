import { describe, expect, it } from "vitest";
import { Cluster } from "./cluster.suite.ts";
import { type Change, isJoint, membersOf, type NodeId } from "./index.ts";

const change = (id: number, parts: Partial<{ add: NodeId[]; addLearners: NodeId[]; remove: NodeId[] }>): Change => {
  const members = (ids: NodeId[] = []) => ids.map((one) => ({ id: one, contact: `at-${one}` }));
  return { id, add: members(parts.add), addLearners: members(parts.addLearners), remove: parts.remove ?? [] };
};

function led(voters: NodeId[], joining: NodeId[] = []): Cluster {
  const cluster = new Cluster({ voters, joining });
  cluster.elect("a");
  return cluster;
}

function run(cluster: Cluster, ticks: number, down: NodeId[] = []): void {
  for (let i = 0; i < ticks; i += 1) {
    for (const { id, life } of cluster.servers) if (life !== null && !down.includes(id)) cluster.tick(id);
    cluster.settle(({ from, to }) => down.includes(from) || down.includes(to));
  }
}

function leaderOf(cluster: Cluster): NodeId | undefined {
  return cluster.servers.find(({ life }) => life?.node.role.kind === "leader")?.id;
}

describe("a change of members", () => {
  it("goes through learners and a joint configuration to the new one, and is answered then", () => {
    const cluster = led(["a", "b", "c"], ["d", "e"]);
    cluster.propose("a", 1, 7);
    cluster.step("a", { kind: "change", change: change(2, { add: ["d", "e"], remove: ["b", "c"] }) });
    run(cluster, 10);
    const configurations = cluster
      .node("d")
      .log.range(1, 6)
      .flatMap((entry) => (entry.kind === "configuration" ? [entry.configuration] : []));
    expect(configurations.map(({ contacts: _, ...rest }) => rest)).toEqual([
      { voters: ["a", "b", "c"], outgoing: [], learners: ["d", "e"], promoting: ["d", "e"], removing: ["b", "c"] },
      { voters: ["a", "d", "e"], outgoing: ["a", "b", "c"], learners: [], promoting: [], removing: [] },
      { voters: ["a", "d", "e"], outgoing: [], learners: [], promoting: [], removing: [] },
    ]);
    expect(configurations.at(-1)?.contacts).toEqual({ a: "at-a", d: "at-d", e: "at-e" });
    expect(cluster.answersOf(2)).toEqual([{ kind: "changed", id: 2 }]);
    expect(cluster.life("e").machine.bytes).toEqual([1, 7]);
  });

  it("from one voter to two, and back to the other one", () => {
    const cluster = led(["a"], ["b"]);
    cluster.step("a", { kind: "change", change: change(1, { add: ["b"] }) });
    run(cluster, 10);
    expect(cluster.answersOf(1)).toEqual([{ kind: "changed", id: 1 }]);
    cluster.step("a", { kind: "change", change: change(2, { remove: ["a"] }) });
    cluster.propose("a", 3, 3);
    run(cluster, 40);
    expect(cluster.answersOf(2)).toEqual([{ kind: "changed", id: 2 }]);
    expect(cluster.applied.find(({ committed }) => committed.proposal === 3)?.by).toBe("a");
    expect(leaderOf(cluster)).toBe("b");
    expect(cluster.life("b").machine.bytes).toEqual([1, 3]);
  });

  it("of learners alone takes one step, and an existing one can be made a voter", () => {
    const cluster = led(["a", "b", "c"], ["d"]);
    cluster.step("a", { kind: "change", change: change(1, { addLearners: ["d"] }) });
    run(cluster, 6);
    expect(cluster.answersOf(1)).toEqual([{ kind: "changed", id: 1 }]);
    expect(cluster.node("d").configurations.latest).toMatchObject({ voters: ["a", "b", "c"], learners: ["d"] });
    cluster.step("a", { kind: "change", change: change(2, { add: ["d"] }) });
    run(cluster, 6);
    expect(cluster.node("d").configurations.latest).toMatchObject({ voters: ["a", "b", "c", "d"], learners: [] });
  });

  it("is finished by the next leader, which knows already that the joint configuration is committed", () => {
    const cluster = led(["a", "b", "c"], ["d"]);
    cluster.step("a", { kind: "change", change: change(1, { add: ["d"] }) });
    for (let i = 0; i < 100 && !isJoint(cluster.node("a").configurations.latest); i += 1) {
      cluster.tick("a");
      cluster.settle(() => isJoint(cluster.node("a").configurations.latest));
    }
    const { latestIndex } = cluster.node("a").configurations;
    // The others get the joint configuration and learn that it is committed; the last one never leaves `a`.
    const joint = cluster.node("a").log.range(1, latestIndex);
    for (const to of ["b", "c"]) {
      const request = {
        kind: "append-request",
        id: 1,
        from: "a",
        to,
        term: 1,
        clock: 0,
        prevIndex: 0,
        prevTerm: 0,
      } as const;
      cluster.deliver({ ...request, entries: joint, commit: latestIndex });
    }
    cluster.crash("a");
    expect(cluster.node("b").commit).toBe(latestIndex);
    cluster.messages = [];
    run(cluster, 80);
    const leader = leaderOf(cluster);
    expect(leader).toBeDefined();
    if (leader === undefined) return;
    expect(cluster.node(leader).configurations.latest).toMatchObject({ voters: ["a", "b", "c", "d"], outgoing: [] });
  });

  it("is finished by the server that leaves, where nobody else has what is needed to be elected", () => {
    const cluster = led(["a", "b"]);
    cluster.step("a", { kind: "change", change: change(1, { remove: ["a"] }) });
    cluster.settle();
    for (let i = 0; i < 100 && membersOf(cluster.node("a").configurations.latest).length === 2; i += 1) {
      cluster.tick("a");
      cluster.settle(() => membersOf(cluster.node("a").configurations.latest).length === 1);
    }
    cluster.messages = [];
    cluster.crash("a");
    cluster.restart("a");
    run(cluster, 120);
    expect(leaderOf(cluster)).toBe("b");
    expect(cluster.node("b").configurations.latest).toMatchObject({ voters: ["b"], outgoing: [] });
  });

  it("is taken back where its entry is cut off", () => {
    const cluster = led(["a", "b", "c"], ["d"]);
    cluster.step("a", { kind: "change", change: change(1, { addLearners: ["d"] }) });
    cluster.messages = [];
    expect(cluster.node("a").configurations.latest.learners).toEqual(["d"]);
    cluster.elect("b");
    run(cluster, 4);
    expect(cluster.node("a").configurations.latest.learners).toEqual([]);
    expect(cluster.answersOf(1)).toEqual([{ kind: "unknown", id: 1, leader: null }]);
  });

  it("makes no voter of a server that was never heard of, however short the log is", () => {
    const cluster = led(["a"], ["b"]);
    cluster.step("a", { kind: "change", change: change(1, { add: ["b"] }) });
    run(cluster, 30, ["b"]);
    expect(cluster.node("a").configurations.latest).toMatchObject({ voters: ["a"], outgoing: [], promoting: ["b"] });
    run(cluster, 30);
    expect(cluster.answersOf(1)).toEqual([{ kind: "changed", id: 1 }]);
    expect(cluster.node("a").configurations.latest).toMatchObject({ voters: ["a", "b"], promoting: [] });
  });

  it("that waits for a server which never comes can be given up", () => {
    const other = new Cluster({ voters: ["a", "b", "c"], joining: ["d"], settings: { promotionLagMax: 0 } });
    other.elect("a");
    other.step("a", { kind: "change", change: change(1, { add: ["d"], remove: ["c"] }) });
    run(other, 30, ["d"]);
    expect(other.answersOf(1)).toEqual([]);
    other.step("a", { kind: "change", change: change(2, { addLearners: ["x"] }) });
    other.step("a", { kind: "change", change: change(3, { remove: ["d"] }) });
    run(other, 10, ["d"]);
    expect(other.answers.map(({ answer }) => answer)).toEqual([
      { kind: "refused", id: 2, refusal: { kind: "change-in-progress" } },
      { kind: "unknown", id: 1, leader: "a" },
      { kind: "changed", id: 3 },
    ]);
    expect(other.node("b").configurations.latest).toMatchObject({
      voters: ["a", "b", "c"],
      learners: [],
      removing: [],
    });
  });

  it("waits until the leader has committed an entry of its own term", () => {
    const cluster = new Cluster({ voters: ["a", "b", "c"] });
    cluster.tick("b", 10);
    cluster.take(() => true);
    cluster.step("a", { kind: "campaign" });
    cluster.settle(({ kind }) => kind === "append-request");
    expect(cluster.node("a").role.kind).toBe("leader");
    cluster.step("a", { kind: "change", change: change(1, { addLearners: ["d"] }) });
    expect(cluster.answersOf(1)).toEqual([
      { kind: "refused", id: 1, refusal: { kind: "not-ready", retryAfterTicks: 2 } },
    ]);
  });

  it.each([
    [{}, "nothing is added and nothing is removed"],
    [{ add: ["d"], remove: ["d"] }, "d is named twice"],
    [{ add: ["b"] }, "b is a member already"],
    [{ addLearners: ["b"] }, "b is a member already"],
    [{ remove: ["x"] }, "x is no member"],
    [{ remove: ["a", "b", "c"] }, "the last voter would be removed"],
  ])("that makes no sense is refused: %j", (parts, why) => {
    const cluster = led(["a", "b", "c"]);
    cluster.step("a", { kind: "change", change: change(1, parts) });
    expect(cluster.answersOf(1)).toEqual([{ kind: "refused", id: 1, refusal: { kind: "invalid-change", why } }]);
  });
});
