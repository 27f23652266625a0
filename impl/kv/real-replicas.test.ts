import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Configuration, initialConfiguration } from "../core/configuration.ts";
import type { NodeId } from "../core/entry.ts";
import { defaultSettings } from "../core/settings.ts";
import { type RunningReplica, startReplica } from "../runtime/index.ts";
import { MemoryDisk, memoryStorage } from "../storage/memory-storage.ts";
import { MemoryNetwork } from "../transport/memory-transport.ts";
import { startServiceOn } from "./in-memory-cluster.suite.ts";
import { Client, defaultClientOptions, defaultWatchLimits, KvMachine, type KvResult, WatchFeed } from "./index.ts";
import { replicaLaws } from "./replica.suite.ts";

const TICK_MS = 5;
const IDS = ["n1", "n2", "n3"];

interface Running {
  readonly id: NodeId;
  readonly replica: RunningReplica<KvResult>;
  readonly machine: KvMachine;
  readonly feed: WatchFeed;
}

replicaLaws("Replicas of the runtime", async () => {
  const servers = await started(initialConfiguration({ n1: "", n2: "", n3: "" }));
  const [leader, follower] = [leading(servers), servers.find(({ replica }) => replica.status().role === "follower")];
  if (leader === undefined || follower === undefined) throw new Error("there is no leader");
  await untilTrue(() => follower.replica.status().leader === leader.id);
  return { leader, follower, close: () => stop(servers) };
});

describe("The service over replicas of the runtime", () => {
  const endings: (() => Promise<void> | void)[] = [];

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  it("makes every change of a session once, while leadership goes from server to server", async () => {
    const ports = new Map<NodeId, number>();
    for (const id of IDS) ports.set(id, await freePort());
    const contacts = Object.fromEntries(IDS.map((id) => [id, `${id}:1 127.0.0.1:${ports.get(id)}`]));
    const servers = await started(initialConfiguration(contacts));
    endings.push(() => stop(servers));
    for (const { id, replica, machine, feed } of servers) {
      const { service } = await startServiceOn(
        { replica, machine, feed },
        { port: ports.get(id) ?? 0, tickMs: TICK_MS },
      );
      endings.push(() => service.close());
    }
    const endpoints = IDS.map((id) => `127.0.0.1:${ports.get(id)}`);
    const clients = endpoints.map((_, i) => {
      const turned = [...endpoints.slice(i), ...endpoints.slice(0, i)];
      return new Client({ ...defaultClientOptions, endpoints: turned, random: () => 0.5, waitFirstMs: 5 });
    });
    endings.push(() => {
      for (const client of clients) client.close();
    });

    let isWriting = true;
    const transfers = (async () => {
      for (let turn = 0; isWriting; turn += 1) {
        await leading(servers)?.replica.transfer(IDS[turn % IDS.length] ?? "n1");
        await new Promise((resolve) => setTimeout(resolve, 10 * TICK_MS));
      }
    })();
    const results = await Promise.all(
      clients.map(async (client, who) => {
        const session = client.session();
        const kinds = new Set<string>();
        for (let i = 0; i < 20; i += 1) kinds.add((await session.append("log", `${who}.${i},`)).kind);
        return [...kinds];
      }),
    );
    isWriting = false;
    await transfers;
    expect(results).toEqual([["done"], ["done"], ["done"]]);
    const read = await clients[0]?.get("log", "linearizable");
    const log = read?.kind === "done" ? String(read.value.item?.value) : "";
    const written = log.split(",").slice(0, -1);
    const expected = [0, 1, 2].map((who) => Array.from({ length: 20 }, (_, i) => `${who}.${i}`));
    // Each client's own changes are there once and in their order, however those of others lie between.
    expect([0, 1, 2].map((who) => written.filter((one) => one.startsWith(`${who}.`)))).toEqual(expected);
  });
});

/** With a leader that has committed the beginning of its term. */
async function started(configuration: Configuration): Promise<readonly Running[]> {
  const network = new MemoryNetwork((call) => setImmediate(call));
  const servers = IDS.map((id, i) => {
    const feed = new WatchFeed(defaultWatchLimits);
    const machine = new KvMachine(feed);
    const replica = startReplica({
      id,
      settings: defaultSettings,
      storage: memoryStorage(new MemoryDisk(configuration)),
      transport: (receive) => network.open(id, configuration.contacts, receive),
      machine,
      tickMs: TICK_MS,
      seed: i + 1,
    });
    return { id, replica, machine, feed };
  });
  await untilTrue(() => (leading(servers)?.replica.status().commit ?? 0) > 0);
  return servers;
}

function leading(servers: readonly Running[]): Running | undefined {
  return servers.find(({ replica }) => replica.status().role === "leader");
}

async function stop(servers: readonly Running[]): Promise<void> {
  for (const { replica } of servers) await replica.stop();
}

async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** One that nobody listens on: it was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
