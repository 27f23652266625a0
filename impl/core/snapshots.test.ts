import { describe, expect, it } from "vitest";
import { Cluster, type Watch } from "./cluster.suite.ts";
import type { Message } from "./index.ts";

const settings = { trailingEntries: 0, chunkBytesMax: 4, snapshotBytesPerTick: 1000 };

/** `a` leads, `c` has missed ten commands, and `a` has compacted them away. */
function lagging(watch: Watch = () => {}): Cluster {
  const cluster = new Cluster({ voters: ["a", "b", "c"], settings, watch });
  cluster.elect("a");
  for (let i = 1; i <= 10; i += 1) {
    cluster.propose("a", i, i);
    cluster.settle(({ to }) => to === "c");
  }
  cluster.takeSnapshot("a");
  return cluster;
}

function heartbeats(cluster: Cluster, count: number, loses?: (message: Message) => boolean): void {
  for (let i = 0; i < count * 2; i += 1) {
    cluster.tick("a");
    cluster.settle(loses);
  }
}

const isChunk = ({ kind }: Message) => kind === "snapshot-chunk";

describe("a follower whose entries are compacted away", () => {
  it("gets the snapshot piece by piece, and then what follows", () => {
    const cluster = lagging();
    cluster.propose("a", 11, 11);
    const offsets: number[] = [];
    heartbeats(cluster, 5, (message) => {
      if (message.kind === "snapshot-chunk") offsets.push(message.offset);
      return false;
    });
    expect(offsets).toEqual([0, 4, 8, 12, 16]);
    expect(cluster.node("c").snapshot).toEqual(cluster.node("a").snapshot);
    expect(cluster.life("c").machine).toEqual(cluster.life("a").machine);
  });

  it("shows the snapshot when it is durable, and no sooner", () => {
    const cluster = new Cluster({ voters: ["a", "b", "c"], settings, holdsDisks: true });
    const snapshot = { index: 4, term: 1, configuration: cluster.node("b").configurations.latest, size: 2 };
    const chunk = {
      kind: "snapshot-chunk",
      id: 1,
      from: "a",
      to: "b",
      term: 1,
      clock: 0,
      snapshot,
      offset: 0,
    } as const;
    const data = Uint8Array.of(1, 9);
    cluster.deliver({ ...chunk, data, isLast: true });
    expect(cluster.life("b").machine).toEqual({ index: 0, bytes: [] });
    expect(cluster.take(({ from }) => from === "b")).toEqual([]);
    cluster.sync("b");
    expect(cluster.life("b").machine).toEqual({ index: 4, bytes: [1, 9] });
    expect(cluster.take(({ from }) => from === "b")).toEqual([
      { kind: "append-accepted", id: 1, from: "b", to: "a", term: 1, clock: 0, matchIndex: 4 },
    ]);
  });

  it("gets lost pieces, and lost answers, again", () => {
    const cluster = lagging();
    let count = 0;
    heartbeats(
      cluster,
      60,
      ({ kind }) => (kind === "snapshot-chunk" || kind === "chunk-accepted") && ++count % 3 === 0,
    );
    expect(cluster.life("c").machine).toEqual(cluster.life("a").machine);
  });

  it("begins again where it was restarted in between", () => {
    const cluster = lagging();
    heartbeats(cluster, 4, (message) => message.kind === "snapshot-chunk" && message.offset >= 8);
    cluster.crash("c");
    cluster.restart("c");
    heartbeats(cluster, 20);
    expect(cluster.life("c").machine).toEqual(cluster.life("a").machine);
  });

  it("gets the newer snapshot where the one on its way is gone", () => {
    const cluster = lagging();
    heartbeats(cluster, 4, (message) => message.kind === "snapshot-chunk" && message.offset >= 8);
    cluster.propose("a", 11, 11);
    cluster.settle(({ to }) => to === "c");
    cluster.takeSnapshot("a");
    heartbeats(cluster, 20);
    expect(cluster.node("c").snapshot.index).toBe(12);
    expect(cluster.life("c").machine).toEqual(cluster.life("a").machine);
  });

  it("starts over with another leader, whose image may differ", () => {
    const offsets: number[] = [];
    const cluster = lagging((server, _, { sends }) => {
      for (const message of sends) {
        if (server.id === "b" && message.kind === "snapshot-chunk") offsets.push(message.offset);
      }
    });
    heartbeats(cluster, 1, ({ to }) => to === "c");
    cluster.takeSnapshot("b");
    expect(cluster.node("b").snapshot.index).toBe(cluster.node("a").snapshot.index);
    heartbeats(cluster, 4, (message) => message.kind === "snapshot-chunk" && message.offset >= 8);
    expect(cluster.node("c").incoming?.offset).toBe(8);
    cluster.crash("a");
    cluster.elect("b");
    for (let i = 0; i < 40; i += 1) {
      cluster.tick("b");
      cluster.settle();
    }
    expect(offsets).toEqual([0, 4, 8, 12, 16]);
    expect(cluster.life("c").machine).toEqual(cluster.life("b").machine);
  });

  it("is sent no more bytes in a tick than allowed", () => {
    const cluster = lagging();
    const slow = new Cluster({ voters: ["a", "b", "c"], settings: { ...settings, snapshotBytesPerTick: 3 } });
    slow.elect("a");
    for (let i = 1; i <= 10; i += 1) {
      slow.propose("a", i, i);
      slow.settle(({ to }) => to === "c");
    }
    slow.takeSnapshot("a");
    for (let i = 0; i < 40; i += 1) {
      slow.tick("a");
      let bytes = 0;
      slow.settle((message) => {
        if (message.kind === "snapshot-chunk") bytes += message.data.length;
        return false;
      });
      expect(bytes).toBeLessThanOrEqual(3);
    }
    expect(slow.life("c").machine).toEqual(cluster.life("a").machine);
  });

  it("answers each piece once, however often an answer is delivered", () => {
    const cluster = lagging();
    let chunks = 0;
    heartbeats(cluster, 5, (message) => {
      if (isChunk(message)) chunks += 1;
      if (message.kind === "chunk-accepted") cluster.deliver(message);
      return false;
    });
    expect(chunks).toBe(5);
  });
});

describe("a snapshot that comes late", () => {
  it("takes nothing from a log that has caught up meanwhile, for the leader has counted on it", () => {
    const cluster = new Cluster({ voters: ["a", "b", "c"], settings: { ...settings, chunkBytesMax: 1000 } });
    cluster.elect("a");
    for (let i = 1; i <= 5; i += 1) cluster.propose("a", i, i);
    const isRequest = ({ kind }: Message) => kind === "append-request";
    const late = cluster.take((message) => isRequest(message) && message.to === "c");
    // `b` gets the first three, which are committed and compacted away. So `c` is to have the snapshot.
    cluster.settle((message) => message.kind === "append-request" && message.prevIndex > 3);
    cluster.takeSnapshot("a");
    const chunks: Message[] = [];
    heartbeats(cluster, 3, (message) => {
      if (isChunk(message)) chunks.push(message);
      return isChunk(message) || (isRequest(message) && message.to === "b");
    });
    expect(chunks).toMatchObject([{ snapshot: { index: 4 }, isLast: true }]);
    // But first come the requests that were on their way, and `c` makes the majority for the last two.
    for (const message of late) cluster.deliver(message);
    cluster.settle(({ to }) => to !== "a");
    expect([cluster.node("a").commit, cluster.node("c").commit, cluster.node("b").log.lastIndex]).toEqual([6, 1, 4]);
    for (const message of chunks) cluster.deliver(message);
    expect(cluster.node("c").log.lastIndex).toBe(6);
    cluster.crash("a");
    cluster.messages = [];
    cluster.elect("c");
    expect(cluster.life("c").machine.bytes).toEqual([1, 1, 1, 2, 1, 3, 1, 4, 1, 5]);
  });
});

describe("a snapshot of one's own", () => {
  it("that was overtaken by the leader's changes nothing", () => {
    const cluster = lagging();
    heartbeats(cluster, 5);
    const before = cluster.node("c").snapshot;
    cluster.step("c", { kind: "snapshot-taken", index: 3, size: 4 });
    expect(cluster.node("c").snapshot).toEqual(before);
  });

  it("leaves as many entries in the log as followers may lag behind", () => {
    const cluster = new Cluster({ voters: ["a"], settings: { trailingEntries: 3 } });
    cluster.elect("a");
    for (let i = 1; i <= 9; i += 1) cluster.propose("a", i, i);
    cluster.takeSnapshot("a");
    const { log, snapshot } = cluster.node("a");
    expect([snapshot.index, log.baseIndex, log.lastIndex]).toEqual([10, 7, 10]);
    cluster.crash("a");
    cluster.restart("a");
    expect(cluster.life("a").machine.bytes.length).toBe(18);
  });
});
