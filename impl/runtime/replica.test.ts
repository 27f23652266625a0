import { describe, expect, it } from "vitest";
import { type Storage, StorageError } from "../storage/interface.ts";
import { command, HandCluster, TICK_MS } from "./cluster.suite.ts";
import { noHooks } from "./hooks.ts";
import { defaultLimits } from "./options.ts";

const IDS = ["a", "b", "c"];
const ELECTION_TICKS = 10;

function roles(cluster: HandCluster): string[] {
  return IDS.map((id) => cluster.replica(id).status().role).sort();
}

describe("three replicas", () => {
  it("elect one leader when nobody is heard of", async () => {
    const cluster = new HandCluster(IDS);
    await cluster.tick(4 * ELECTION_TICKS);
    expect(roles(cluster)).toEqual(["follower", "follower", "leader"]);
    const leaders = new Set(IDS.map((id) => cluster.replica(id).status().leader));
    expect(leaders.size).toBe(1);
  });

  it("answer a proposal with the result of the leader's machine, and apply it everywhere", async () => {
    const cluster = new HandCluster(IDS);
    const leader = await cluster.elect("a");
    const outcomes = await cluster.settled(Promise.all([leader.propose(command("x")), leader.propose(command("y"))]));
    expect(outcomes).toEqual([
      { kind: "done", value: 1 },
      { kind: "done", value: 2 },
    ]);
    await cluster.tick(3);
    expect(IDS.map((id) => cluster.lines(id))).toEqual([
      ["x", "y"],
      ["x", "y"],
      ["x", "y"],
    ]);
    expect(leader.queues()).toEqual({
      proposals: 0,
      proposalBytes: 0,
      events: 0,
      outstanding: 0,
      writes: 0,
      unapplied: 0,
    });
  });

  it("send a follower's client to the leader", async () => {
    const cluster = new HandCluster(IDS);
    await cluster.elect("a");
    const follower = cluster.replica("b");
    const refused = { kind: "refused", refusal: { kind: "not-leader", leader: "a" } };
    expect(await cluster.settled(follower.propose(command("x")))).toEqual(refused);
  });

  it("let a leader read what was written before", async () => {
    const cluster = new HandCluster(IDS);
    const leader = await cluster.elect("a");
    await cluster.settled(leader.propose(command("x")));
    expect(await cluster.settled(leader.read("quorum"))).toEqual({ kind: "done", value: null });
    expect(cluster.lines("a")).toEqual(["x"]);
  });

  it("go on without the leader, which has everything after a new start", async () => {
    const cluster = new HandCluster(IDS);
    const leader = await cluster.elect("a");
    await cluster.settled(leader.propose(command("x")));
    cluster.network.isolate("a");
    await cluster.tick(4 * ELECTION_TICKS);
    const next = IDS.find((id) => id !== "a" && cluster.replica(id).status().role === "leader") ?? "none";
    expect(await cluster.settled(cluster.replica(next).propose(command("y")))).toEqual({ kind: "done", value: 2 });
    await cluster.settled(leader.stop());
    cluster.network.heal("a");
    cluster.start("a");
    await cluster.tick(4 * ELECTION_TICKS);
    expect(cluster.lines("a")).toEqual(["x", "y"]);
  });

  it("say that an outcome is unknown when the leader loses its quorum", async () => {
    const cluster = new HandCluster(IDS);
    const leader = await cluster.elect("a");
    cluster.network.isolate("a");
    const outcome = leader.propose(command("x"));
    await cluster.tick(2 * ELECTION_TICKS);
    expect(await outcome).toEqual({ kind: "unknown", leader: null });
    expect(leader.status().ticksWithoutQuorum).toBeGreaterThan(ELECTION_TICKS);
  });

  it("give leadership to another before one stops", async () => {
    const cluster = new HandCluster(IDS);
    const leader = await cluster.elect("b");
    await cluster.settled(leader.propose(command("x")));
    const stopped = leader.stop();
    await cluster.tick(2);
    await stopped;
    expect(leader.status().stopped).toBe("it was asked to stop");
    expect(cluster.network.isOpen("b")).toBe(false);
    expect(["a", "c"].map((id) => cluster.replica(id).status().role).sort()).toEqual(["follower", "leader"]);
    expect(await leader.propose(command("y"))).toEqual({
      kind: "refused",
      refusal: { kind: "not-leader", leader: null },
    });
  });

  it("bring a server that was away up to date by a snapshot, and start again from it", async () => {
    const cluster = new HandCluster(IDS, {
      settings: { trailingEntries: 0, chunkBytesMax: 16 },
      snapshots: { everyBytes: 1 << 20, everyEntries: 5 },
    });
    const leader = await cluster.elect("a");
    cluster.network.isolate("c");
    const texts = Array.from({ length: 12 }, (_, i) => `line ${i}`);
    for (const text of texts) await cluster.settled(leader.propose(command(text)));
    await cluster.tick(1);
    expect(leader.status().snapshotIndex).toBeGreaterThanOrEqual(10);
    cluster.network.heal("c");
    await cluster.tick(3 * ELECTION_TICKS);
    expect(cluster.lines("c")).toEqual(texts);
    expect(cluster.replica("c").status().snapshotIndex).toBe(leader.status().snapshotIndex);

    await cluster.settled(cluster.replica("c").stop());
    const again = cluster.start("c");
    await cluster.tick(3);
    expect(cluster.lines("c")).toEqual(texts);
    expect(again.status().applied).toBe(leader.status().applied);
  });

  it("take a new member in and let an old one go", async () => {
    const cluster = new HandCluster(IDS);
    const leader = await cluster.elect("a");
    const outcome = leader.change({ add: [], addLearners: [], remove: ["c"] });
    await cluster.tick(5);
    expect(await outcome).toEqual({ kind: "done", value: null });
    expect(leader.status().configuration.voters).toEqual(["a", "b"]);
  });
});

describe("a replica", () => {
  it("refuses at once what exceeds its limits, and nothing else", async () => {
    const cluster = new HandCluster(IDS, { limits: { ...defaultLimits, outstandingMax: 3, proposalBytesMax: 4 } });
    const leader = await cluster.elect("a");
    const overloaded = { kind: "refused", refusal: { kind: "overloaded", retryAfterTicks: 2 } };
    const outcomes = ["long text", "x", "y"].map((text) => leader.propose(command(text)));
    expect(await Promise.all(outcomes.slice(1))).toEqual([overloaded, overloaded]);
    const reads = [leader.read("quorum"), leader.read("quorum"), leader.read("quorum")];
    expect(await reads[2]).toEqual(overloaded);
    await cluster.tick(2);
    expect(await Promise.all([outcomes[0], reads[0], reads[1]])).toEqual([
      { kind: "done", value: 1 },
      { kind: "done", value: null },
      { kind: "done", value: null },
    ]);
  });

  it("does not read by a lease that ran out while the process was paused", async () => {
    const cluster = new HandCluster(IDS, { settings: { clockDriftMax: 0.01 } });
    const leader = await cluster.elect("a");
    await cluster.tick(4);
    cluster.network.isolate("a");
    expect(await cluster.settled(leader.read("lease"))).toEqual({ kind: "done", value: null });
    cluster.host.pause(ELECTION_TICKS * TICK_MS);
    const late = leader.read("lease");
    await cluster.tick(2 * ELECTION_TICKS);
    expect((await late).kind).not.toBe("done");
  });

  it("hears out a leader before it stands for election after a pause", async () => {
    const roleChanges: string[] = [];
    const offsets = new Map<string, number>();
    const hooks = { ...noHooks, roleChanged: (_from: string, to: string) => roleChanges.push(to) };
    const cluster = new HandCluster(IDS, { hooks, offsets });
    await cluster.elect("a");
    await cluster.tick(5);
    roleChanges.length = 0;
    for (let offset = 0; offset < 10_000; offset += 500) {
      offsets.set("b", offset);
      await cluster.tick(2);
    }
    expect(roleChanges).toEqual([]);
  });

  it("stops for good when a write fails, and says what it does not know", async () => {
    let isBroken = false;
    const stops: string[] = [];
    const cluster = new HandCluster(IDS, {
      wrap: (storage, id) => (id === "a" ? withWrites(storage, () => isBroken) : storage),
      hooks: { ...noHooks, stopped: (reason) => stops.push(reason) },
    });
    const leader = await cluster.elect("a");
    isBroken = true;
    expect(await cluster.settled(leader.propose(command("x")))).toEqual({ kind: "unknown", leader: null });
    const reason = "a write to the disk failed: the disk gave up (wal)";
    expect(leader.status().stopped).toBe(reason);
    expect(stops).toEqual([reason]);
    expect(cluster.network.isOpen("a")).toBe(false);
    expect(await leader.read("quorum")).toEqual({ kind: "refused", refusal: { kind: "not-leader", leader: null } });
    await leader.stop();
    await cluster.tick(4 * ELECTION_TICKS);
    expect(["b", "c"].map((id) => cluster.replica(id).status().role).sort()).toEqual(["follower", "leader"]);
  });

  it("stops for good when its state machine throws", async () => {
    const machine = {
      apply() {
        throw new Error("no such command");
      },
      image: () => new Uint8Array(),
      restore() {},
    };
    const cluster = new HandCluster(["a"], { machine });
    const leader = await cluster.elect("a");
    expect(await cluster.settled(leader.propose(command("x")))).toEqual({ kind: "unknown", leader: null });
    expect(leader.status().stopped).toBe("the state machine could not go on: no such command");
  });
});

/** A storage whose writes fail as soon as it is broken. */
function withWrites(storage: Storage, isBroken: () => boolean): Storage {
  return {
    durable: storage.durable,
    write: (write) =>
      isBroken()
        ? Promise.reject(
            new StorageError({
              code: "sync-failed",
              message: "the disk gave up",
              path: "wal",
              offset: null,
              hint: "replace the disk",
            }),
          )
        : storage.write(write),
    saveSnapshot: (snapshot, image) => storage.saveSnapshot(snapshot, image),
    readSnapshot: (index) => storage.readSnapshot(index),
    readChunk: (index, offset, sizeMax) => storage.readChunk(index, offset, sizeMax),
    release: (index) => storage.release(index),
    close: () => storage.close(),
  };
}
