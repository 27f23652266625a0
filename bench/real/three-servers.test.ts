import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noDisorder } from "./disorder.ts";
import { Random } from "./random.ts";
import { expectAllIsWell, realWorld } from "./real.suite.ts";
import { until } from "./until.ts";

const ALL_WENT_WELL = 0;
const SYSTEM_FAILED = 153;

describe("three servers with real files", () => {
  const world = realWorld(3);
  const others = (id: string): string[] => world.cluster.ids.filter((one) => one !== id);

  it("keep every acknowledged write when one is killed, and when all are", async () => {
    const { cluster, begin } = world;
    const trial = begin("kill");
    await trial.progress(100);
    const leader = await cluster.leader();
    await cluster.server(leader).kill();
    await trial.progress(100);
    cluster.server(leader).start();
    await trial.progress(20);
    await Promise.all(cluster.ids.map((id) => cluster.server(id).kill()));
    for (const id of cluster.ids) cluster.server(id).start();
    await trial.progress(100);
    await expectAllIsWell(trial);
  });

  it("have another leader while the leader stands still, which then answers nothing from the past", async () => {
    const { cluster, begin } = world;
    const trial = begin("pause");
    await trial.progress(50);
    const leader = await cluster.leader();
    cluster.server(leader).pause();
    await cluster.leader([leader]);
    await trial.progress(100);
    cluster.server(leader).resume();
    await trial.progress(100);
    await expectAllIsWell(trial);
  });

  it("go on without a leader that is cut off, which says that it is not well", async () => {
    const { cluster, begin } = world;
    const trial = begin("cut-off");
    await trial.progress(50);
    const leader = await cluster.leader();
    cluster.network.part([leader], others(leader));
    await until("the leader that is cut off says so", async () =>
      (await cluster.isHealthy(leader)) === false ? true : null,
    );
    await cluster.leader([leader]);
    await trial.progress(100);
    await expectAllIsWell(trial);
  });

  it("go on without a leader that is heard and does not hear, and without one that hears and is not heard", async () => {
    const { cluster, begin } = world;
    const trial = begin("one-way");
    const deaf = await cluster.leader();
    for (const other of others(deaf)) cluster.network.set(other, deaf, { kind: "held" });
    await cluster.leader([deaf]);
    await trial.progress(50);
    await cluster.heal();
    const mute = await cluster.leader();
    for (const other of others(mute)) cluster.network.set(mute, other, { kind: "held" });
    await cluster.leader([mute]);
    await trial.progress(50);
    await expectAllIsWell(trial);
  });

  it("survive a full disk: its server stops, says why, and is back when there is room", async () => {
    const { cluster, begin } = world;
    const trial = begin("full");
    await trial.progress(50);
    const leader = cluster.server(await cluster.leader());
    leader.expectEnd();
    await leader.disturb({ ...noDisorder, disk: { kind: "full", bytesLeft: 20_000 } });
    expect(await leader.ended).toBe(SYSTEM_FAILED);
    expect(readFileSync(leader.node.logFile, "utf8")).toContain("the file system has none left (ENOSPC)");
    await trial.progress(50);
    leader.start();
    await cluster.untilHealthy(leader.node.id);
    await expectAllIsWell(trial);
  });

  it("go on when the leader's disk takes longer than an election", async () => {
    const { cluster, begin } = world;
    const trial = begin("slow");
    await trial.progress(50);
    const leader = cluster.server(await cluster.leader());
    await leader.disturb({ ...noDisorder, disk: { kind: "slow", delayMs: 1500 } });
    await trial.progress(100);
    await expectAllIsWell(trial);
  });

  it("answer reads by lease truly while clocks run at different rates, within the bound, and jump", async () => {
    const { cluster, begin } = world;
    const trial = begin("clocks");
    const rates = [0.9, 1, 1.1];
    for (const [i, id] of cluster.ids.entries()) {
      const clock = { clockRate: rates[i % rates.length] ?? 1, clockJumpMs: (i - 1) * 3_600_000 };
      await cluster.server(id).disturb({ ...noDisorder, ...clock });
    }
    await trial.progress(100);
    const leader = await cluster.leader();
    cluster.network.part([leader], others(leader));
    await cluster.leader([leader]);
    await trial.progress(100);
    await expectAllIsWell(trial);
  });

  it("are restarted one after the other under load, each ending cleanly", async () => {
    const { cluster, begin } = world;
    const trial = begin("rolling");
    for (const id of cluster.ids) {
      await trial.progress(30);
      expect(await cluster.server(id).stop()).toBe(ALL_WENT_WELL);
      cluster.server(id).start();
      await cluster.untilHealthy(id);
    }
    await expectAllIsWell(trial);
  });

  it("send a snapshot to one that was away for long, while clients write", async () => {
    const { cluster, begin } = world;
    const trial = begin("snapshot");
    const [away = ""] = others(await cluster.leader());
    const left = await until(`${away} says where it is`, () => cluster.status(away));
    await cluster.server(away).kill();
    // Beyond the entries that stay in the log for followers that lag.
    await until("nobody has in its log what the one that is away would need", async () => {
      const statuses = await cluster.statuses();
      const isGone = statuses.every(({ snapshotIndex }) => snapshotIndex > left.lastIndex + 100);
      return statuses.length === 2 && isGone ? true : null;
    });
    cluster.server(away).start();
    await until(`${away} has caught up`, async () => {
      const status = await cluster.status(away);
      return status !== null && status.snapshotIndex > left.lastIndex ? true : null;
    });
    await trial.progress(50);
    expect(await cluster.snapshotBytesReceived(away)).toBeGreaterThan(0);
    await expectAllIsWell(trial);
  });

  it("take a fourth in and let their leader go, under load", async () => {
    const { cluster, begin } = world;
    const trial = begin("members");
    await trial.progress(50);
    await cluster.startNew("n4");
    await cluster.add("n4");
    const leader = await cluster.leader();
    await cluster.remove(leader);
    await cluster.discard(leader);
    await cluster.leader([leader]);
    await trial.progress(100);
    const status = await until("somebody answers", async () => (await cluster.statuses())[0] ?? null);
    expect(status.members.map(({ id }) => id).sort()).toEqual(cluster.ids.sort());
    await expectAllIsWell(trial);
  });

  it("would be found out if they lost a write", async () => {
    const { cluster, begin } = world;
    const trial = begin("found-out");
    await trial.progress(100);
    const random = new Random(1);
    const thief = cluster.client(() => random.next(), 60_000);
    await thief.delete("found-out/own-0/0");
    thief.close();
    const { findings } = await trial.finish();
    expect(findings.map(({ what }) => what.replace(/there: .*/, "there"))).toEqual([
      "found-out/own-0/0: acknowledged and not there",
    ]);
  });
});
