import { describe, it } from "vitest";
import { expectAllIsWell, realWorld } from "./real.suite.ts";
import { until } from "./until.ts";

describe("five servers with real files", () => {
  const world = realWorld(5);
  const others = (...ids: readonly string[]): string[] => world.cluster.ids.filter((id) => !ids.includes(id));

  it("commit when the leader and one follower do not reach each other, and the rest reach both", async () => {
    // What etcd met at Cloudflare in November 2020.
    const { cluster, begin } = world;
    const trial = begin("partial");
    await trial.progress(30);
    const leader = await cluster.leader();
    const [follower = ""] = others(leader);
    cluster.network.setBoth(leader, follower, { kind: "held" });
    await trial.progress(200);
    await expectAllIsWell(trial);
  });

  it("find the one leader that can commit when only one server reaches the others", async () => {
    const { cluster, begin } = world;
    const trial = begin("hub");
    await trial.progress(30);
    const leader = await cluster.leader();
    const [hub = ""] = others(leader);
    const rim = others(hub);
    for (const one of rim) cluster.network.part([one], others(one, hub));
    // The old leader is reached by one follower only, and so is everybody but the hub.
    await cluster.leader(rim);
    await trial.progress(100);
    await expectAllIsWell(trial);
  });

  it("commit with two killed; with a third paused nothing is acknowledged, and none says it is well", async () => {
    const { cluster, begin } = world;
    const trial = begin("minority");
    await trial.progress(30);
    const leader = await cluster.leader();
    const [second = "", third = ""] = others(leader);
    await Promise.all([cluster.server(leader).kill(), cluster.server(second).kill()]);
    await trial.progress(100);
    cluster.server(third).pause();
    await until("the two that are left say that they are not well", async () => {
      const healths = await Promise.all(others(leader, second, third).map((id) => cluster.isHealthy(id)));
      return healths.every((isHealthy) => isHealthy === false) ? true : null;
    });
    await expectAllIsWell(trial);
  });

  it("survive connections that break again and again, and long ways", async () => {
    const { cluster, begin } = world;
    const trial = begin("resets");
    for (let round = 0; round < 5; round += 1) {
      cluster.network.reset();
      await trial.progress(30);
    }
    const leader = await cluster.leader();
    for (const other of others(leader)) cluster.network.setBoth(leader, other, { kind: "delayed", ms: 60 });
    await trial.progress(60);
    await expectAllIsWell(trial);
  });
});
