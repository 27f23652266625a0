import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { entryRuns, type TraceEvent } from "../core/tracing/event.ts";
import { type ChosenOptions, command, HandCluster } from "./cluster.suite.ts";

/** All servers write into one list, so its order is one in which everything may have happened. */
function traced(ids: readonly string[], options: ChosenOptions = {}): { cluster: HandCluster; events: TraceEvent[] } {
  const events: TraceEvent[] = [];
  const trace = { isFull: false, write: (event: TraceEvent) => void events.push(event), lose: () => {} };
  return { cluster: new HandCluster(ids, { ...options, trace }), events };
}

describe("the trace of a cluster", () => {
  it("tells accepting, writing, persisting, committing and applying apart", async () => {
    const { cluster, events } = traced(["a"]);
    const leader = await cluster.elect("a");
    events.length = 0;
    await cluster.settled(leader.propose(command("x")));
    const told = events.map((event) => {
      if (event.event === "ApplyEntries") return [event.event, event.index];
      if (event.event === "StartWrite") return [event.event, event.write.number, event.write.entries];
      if (!("state" in event)) return [event.event];
      const { commit, lastIndex, durable } = event.state;
      return [event.event, { commit, lastIndex, durable: durable.lastIndex }];
    });
    expect(told).toEqual([
      ["ClientRequest", { commit: 1, lastIndex: 2, durable: 1 }],
      ["StartWrite", 3, [[2, 2, 1, "command"]]],
      ["Persisted", { commit: 1, lastIndex: 2, durable: 2 }],
      ["AdvanceCommitIndex", { commit: 2, lastIndex: 2, durable: 2 }],
      ["ApplyEntries", 2],
    ]);
  });

  it("shows the whole state with every rule", async () => {
    const { cluster, events } = traced(["a"]);
    await cluster.elect("a");
    expect(events.find((event) => event.event === "BecomeLeader")).toEqual({
      node: "a",
      incarnation: 0,
      clock: expect.any(Number),
      event: "BecomeLeader",
      cause: null,
      state: {
        term: 1,
        vote: "a",
        role: "leader",
        commit: 0,
        lastIndex: 0,
        lastTerm: 0,
        snapshotIndex: 0,
        snapshotTerm: 0,
        configuration: { voters: ["a"], outgoing: [], learners: [], promoting: [], removing: [] },
        durable: { write: 1, term: 1, vote: "a", lastIndex: 0, lastTerm: 0 },
      },
    });
  });

  it("brings every message with the clock of its sending, and every clock grows", async () => {
    const { cluster, events } = traced(["a", "b", "c"]);
    const leader = await cluster.elect("a");
    await cluster.settled(leader.propose(command("x")));
    await cluster.tick(4);
    const sent = new Map<string, number>();
    const clocks = new Map<string, number>();
    let received = 0;
    for (const event of events) {
      expect(event.clock).toBeGreaterThan(clocks.get(event.node) ?? -1);
      clocks.set(event.node, event.clock);
      if (event.event === "SendMessage") sent.set(`${event.message.from} ${event.clock}`, event.message.id);
      if (event.event !== "ReceiveMessage") continue;
      received += 1;
      expect(sent.get(`${event.message.from} ${event.message.clock}`)).toBe(event.message.id);
      expect(event.clock).toBeGreaterThan(event.message.clock);
    }
    expect(received).toBeGreaterThan(20);
  });

  it("misses no change of what it shows", async () => {
    const { cluster, events } = traced(["a", "b", "c"], {
      settings: { trailingEntries: 0 },
      snapshots: { everyBytes: 1 << 20, everyEntries: 3 },
    });
    const agree = () => {
      for (const [id, replica] of cluster.replicas) {
        const last = events.findLast((event) => event.node === id && "state" in event);
        const { role, term, commit, lastIndex, snapshotIndex } = replica.status();
        expect(last).toMatchObject({ node: id, state: { role, term, commit, lastIndex, snapshotIndex } });
      }
    };
    const ticks = async (count: number) => {
      for (let i = 0; i < count; i += 1) {
        await cluster.tick(1);
        agree();
      }
    };
    await ticks(20);
    const leader = await cluster.elect("a");
    agree();
    cluster.network.isolate("c");
    for (const text of ["u", "v", "w", "x", "y"]) {
      await cluster.settled(leader.propose(command(text)));
      agree();
    }
    cluster.network.heal("c");
    await ticks(30);
    const change = leader.change({ add: [], addLearners: [], remove: ["b"] });
    await ticks(10);
    expect(await change).toEqual({ kind: "done", value: null });
    const names = new Set(events.map((event) => event.event));
    const documented = readFileSync("docs/trace-events.md", "utf8");
    expect([...names].filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
    expect(names).toEqual(
      new Set([
        ...["Restart", "Timeout", "BecomeCandidate", "GrantVote", "BecomeLeader", "AppendNoOp", "BecomeFollower"],
        ...["AdoptTerm", "ClientRequest", "AcceptAppend", "RefuseAppend", "AdvanceCommitIndex", "Persisted"],
        ...["TakeSnapshot", "InstallSnapshot", "ChangeConfiguration", "TransferLeadership"],
        ...["SendMessage", "ReceiveMessage", "StartWrite", "ApplyEntries"],
      ]),
    );
  });

  it("shows at a new start what was durable, and nothing else", async () => {
    const { cluster, events } = traced(["a"]);
    const leader = await cluster.elect("a");
    await cluster.settled(leader.propose(command("x")));
    await cluster.settled(leader.stop());
    events.length = 0;
    cluster.start("a");
    expect(events).toMatchObject([
      {
        event: "Restart",
        state: {
          role: "follower",
          term: 1,
          vote: "a",
          commit: 0,
          lastIndex: 2,
          durable: { write: 0, term: 1, vote: "a", lastIndex: 2, lastTerm: 1 },
        },
      },
    ]);
  });

  it("joins consecutive entries of one term and kind", () => {
    const data = new Uint8Array(3);
    expect(
      entryRuns([
        { kind: "no-op", index: 4, term: 2 },
        { kind: "command", index: 5, term: 2, data },
        { kind: "command", index: 6, term: 2, data },
        { kind: "command", index: 7, term: 3, data },
      ]),
    ).toEqual([
      [4, 4, 2, "no-op"],
      [5, 6, 2, "command"],
      [7, 7, 3, "command"],
    ]);
  });
});
