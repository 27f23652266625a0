import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type Overrides, startCluster } from "../in-memory-cluster.suite.ts";
import { Client, type ClientOptions, defaultClientOptions, encodeCommand, type WatchedChange } from "../index.ts";

const endings: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

describe("A client", () => {
  it("reads and changes keys, in text and in bytes", async () => {
    const { client } = await started({});
    const bytes = Uint8Array.of(255, 0);
    expect(await client.put("a/é", "1")).toEqual({ kind: "done", value: { revision: 1 } });
    expect(await client.append("a/é", bytes)).toEqual({ kind: "done", value: { revision: 2 } });
    const item = { key: "a/é", value: Uint8Array.of(49, 255, 0), createRevision: 1, modRevision: 2 };
    expect(await client.get("a/é", "linearizable")).toEqual({ kind: "done", value: { item, revision: 2 } });
    expect(await client.compareAndSwap("a/é", { kind: "value", value: "1" }, "2")).toEqual({
      kind: "done",
      value: { revision: 3, swapped: false, found: 2 },
    });
    expect(await client.compareAndSwap("a/é", { kind: "revision", revision: 2 }, "2")).toEqual({
      kind: "done",
      value: { revision: 4, swapped: true },
    });
    expect(await client.range({ prefix: "a", from: null, limit: null }, "stale")).toEqual({
      kind: "done",
      value: { items: [{ key: "a/é", value: "2", createRevision: 1, modRevision: 4 }], next: null, revision: 4 },
    });
    expect(await client.delete("a/é")).toEqual({ kind: "done", value: { revision: 5, deleted: true } });
    expect(await client.get("a/é", "lease")).toEqual({ kind: "done", value: { item: null, revision: 5 } });
  });

  it("goes to another server when one does not answer, and on to the leader", async () => {
    const { under, client, waits } = await started({}, (addresses) => ["127.0.0.1:1", ...addresses.slice(1)]);
    expect(await client.put("a", "1")).toEqual({ kind: "done", value: { revision: 1 } });
    expect(waits).toEqual([25]);
    // It was passed on by n2, which told who leads: n2 may go now.
    await under.services.get("n2")?.close();
    expect(await client.put("a", "2")).toEqual({ kind: "done", value: { revision: 2 } });
    expect(waits).toEqual([25]);
  });

  it("waits longer from attempt to attempt, and gives up in time", async () => {
    const { under, client, waits } = await started({});
    under.cluster.leader = null;
    const message = "the cluster has no leader that this server knows of";
    expect(await client.put("a", "1")).toEqual({
      kind: "failed",
      failure: { code: "no-leader", message, happened: "no", details: { retryAfterMs: 100 } },
    });
    expect(waits).toEqual([125, 150, 200, 300]);
  });

  it("waits as long as a server asks for", async () => {
    const { under, client, waits } = await started({});
    under.cluster.refusal = { kind: "overloaded", retryAfterTicks: 30 };
    await client.get("a", "linearizable");
    expect(waits).toEqual([325, 350]);
  });

  it("says what no repetition can mend", async () => {
    const { client, waits } = await started({ limits: { valueBytesMax: 1 } });
    const message = "the value has 2 bytes of at most 1";
    expect(await client.put("a", "12")).toEqual({
      kind: "failed",
      failure: { code: "too-large", message, happened: "no", details: { size: 2, sizeMax: 1 } },
    });
    expect(waits).toEqual([]);
  });

  it("does not repeat a change that may have taken effect, and says so", async () => {
    const { under, client } = await started({ limits: { requestTimeoutMs: 20 } });
    under.cluster.silence = "after";
    const called = await client.append("a", "x");
    expect(called.kind === "failed" && [called.failure.code, called.failure.happened]).toEqual([
      "unknown-outcome",
      "maybe",
    ]);
    expect(under.cluster.server("n1").machine.get("a")?.value).toBe("x");
  });

  it("does not take an answer of another program for one", async () => {
    const address = await listen(createServer((_request, response) => response.end("hello")));
    const client = clientOf([address], []);
    const called = await client.put("a", "1");
    const message = "the answer is no error of this service: is the address right?";
    expect(called).toEqual({
      kind: "failed",
      failure: { code: "unreadable", message, happened: "maybe", details: {} },
    });
  });

  it("administers the cluster", async () => {
    const { under, client } = await started({});
    expect(await client.addMember("n9", "p:1 c:1", "voter")).toEqual({ kind: "done", value: {} });
    expect(await client.removeMember("n9")).toEqual({ kind: "done", value: {} });
    expect(await client.transferLeadership("n2")).toEqual({ kind: "done", value: {} });
    expect(await client.clusterStatus()).toMatchObject({ kind: "done", value: { leader: "n2", term: 2 } });
    expect(Object.keys(under.cluster.contacts)).toEqual(["n1", "n2"]);
  });
});

describe("In a session", () => {
  it("a change whose answer is lost takes effect once", async () => {
    const { under, client } = await started({ limits: { requestTimeoutMs: 20 } });
    const session = client.session();
    expect(await session.append("a", "x")).toEqual({ kind: "done", value: { revision: 2 } });
    under.cluster.silence = "after";
    const called = session.append("a", "y");
    await untilTrue(() => under.cluster.lastIndex >= 4);
    under.cluster.silence = "none";
    expect(await called).toEqual({ kind: "done", value: { revision: 3 } });
    expect(under.cluster.server("n1").machine.get("a")?.value).toBe("xy");
    await session.close();
    expect(under.cluster.server("n1").machine.sessionCount).toBe(0);
  });

  it("many changes may be under way", async () => {
    const { under, client } = await started({});
    const session = client.session();
    await Promise.all(Array.from({ length: 50 }, () => session.append("a", "x")));
    expect(under.cluster.server("n1").machine.get("a")?.size).toBe(50);
    expect(under.cluster.server("n1").machine.sessionCount).toBe(1);
  });

  it("that has expired, a change that cannot have taken effect is made in a new one", async () => {
    const { under, client } = await started({});
    const session = client.session();
    await session.put("a", "1");
    under.cluster.apply("n1", encodeCommand({ kind: "close-session", session: 1 }));
    expect(await session.put("a", "2")).toEqual({ kind: "done", value: { revision: 6 } });
  });

  it("that has expired, a change that may have taken effect is not made again", async () => {
    const { under, client } = await started({ limits: { requestTimeoutMs: 20 } });
    const session = client.session();
    await session.append("a", "x");
    under.cluster.silence = "after";
    const called = session.append("a", "y");
    await untilTrue(() => under.cluster.lastIndex >= 3);
    under.cluster.apply("n1", encodeCommand({ kind: "close-session", session: 1 }));
    under.cluster.silence = "none";
    const result = await called;
    expect(result.kind === "failed" && [result.failure.code, result.failure.happened]).toEqual([
      "unknown-session",
      "maybe",
    ]);
    expect(under.cluster.server("n1").machine.get("a")?.value).toBe("xy");
  });
});

describe("A watch", () => {
  it("goes on where it was when its server goes away", async () => {
    const { under, client } = await started({});
    const stop = new AbortController();
    const changes = client.watch({ kind: "prefix", prefix: "" }, 1, stop.signal);
    await client.put("a", "1");
    expect((await changes.next()).value).toEqual({ kind: "put", key: "a", value: "1", createRevision: 1, revision: 1 });
    await under.services.get("n1")?.close();
    for (const value of ["2", "3"]) {
      under.cluster.apply("n1", encodeCommand({ kind: "put", stamp: null, key: "a", value }));
    }
    under.cluster.apply("n1", encodeCommand({ kind: "delete", stamp: null, key: "a" }));
    expect(await take(changes, 3)).toEqual([
      { kind: "put", key: "a", value: "2", createRevision: 1, revision: 2 },
      { kind: "put", key: "a", value: "3", createRevision: 1, revision: 3 },
      { kind: "delete", key: "a", revision: 4 },
    ]);
    stop.abort();
    expect(await changes.next()).toEqual({ done: true, value: undefined });
  });

  it("throws when what comes next is not kept any more", async () => {
    const { client } = await started({ watchLimits: { historyMax: 1 } });
    for (const value of ["1", "2", "3"]) await client.put("a", value);
    const changes = client.watch({ kind: "key", key: "a" }, 1, new AbortController().signal);
    await expect(changes.next()).rejects.toMatchObject({
      name: "WatchError",
      failure: { code: "revision-too-old", details: { oldest: 3 } },
    });
  });
});

async function started(overrides: Overrides, choose = (addresses: string[]) => addresses) {
  const under = await startCluster(["n1", "n2"], overrides);
  endings.push(() => under.close());
  const waits: number[] = [];
  const client = clientOf(choose(["n1", "n2"].map((id) => under.addressOf(id))), waits);
  return { under, client, waits };
}

/** Its clock goes on by what it waits for, so that no test has to wait. */
function clientOf(endpoints: readonly string[], waits: number[]): Client {
  let now = 0;
  const options: ClientOptions = {
    ...defaultClientOptions,
    endpoints,
    deadlineMs: 1000,
    random: () => 0.5,
    now: () => now,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  };
  const client = new Client(options);
  endings.push(() => client.close());
  return client;
}

async function take(changes: AsyncGenerator<WatchedChange>, count: number): Promise<WatchedChange[]> {
  const taken: WatchedChange[] = [];
  while (taken.length < count) taken.push((await changes.next()).value);
  return taken;
}

function listen(server: Server): Promise<string> {
  endings.push(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`);
    });
  });
}

async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
