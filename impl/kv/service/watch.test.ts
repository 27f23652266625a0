import { type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type ClusterUnderTest, type Overrides, startCluster } from "../in-memory-cluster.suite.ts";
import { encodeCommand, KvMachine, WatchFeed } from "../index.ts";

const running: ClusterUnderTest[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

describe("A watch", () => {
  it("tells of past and coming changes of its prefix, in order", async () => {
    const { put, remove, watch } = await started({});
    put("b/1", "x");
    put("a", "x");
    const events = await watch("?prefix=b%2F&from=1");
    put("b/2", "é");
    remove("b/1");
    expect(await events.take(4)).toEqual([
      ": watching",
      'event: change\nid: 1\ndata: {"kind":"put","key":"b/1","value":"x","encoding":"utf8","createRevision":1,"revision":1}',
      'event: change\nid: 3\ndata: {"kind":"put","key":"b/2","value":"é","encoding":"utf8","createRevision":3,"revision":3}',
      'event: change\nid: 4\ndata: {"kind":"delete","key":"b/1","revision":4}',
    ]);
  });

  it("of one key tells of that key only, and begins with how far things are", async () => {
    const { put, watch } = await started({});
    put("b", "x");
    const events = await watch("?key=b");
    put("b/1", "x");
    put("b", "y");
    expect(await events.take(2)).toEqual([
      'event: progress\nid: 1\ndata: {"revision":1}',
      'event: change\nid: 3\ndata: {"kind":"put","key":"b","value":"y","encoding":"utf8","createRevision":1,"revision":3}',
    ]);
  });

  it("goes on after the last event that its client has seen", async () => {
    const { put, watch } = await started({});
    for (const value of ["1", "2", "3"]) put("a", value);
    const events = await watch("?from=1", { "last-event-id": "2" });
    expect((await events.take(2))[1]).toContain("id: 3\n");
  });

  it("is told from time to time how far it is, whether or not something changes in its prefix", async () => {
    const { put, watch } = await started({ watchProgressMs: 5 });
    put("a", "1");
    const events = await watch("?prefix=b&from=1");
    const [, progress] = await events.take(2);
    expect(progress).toBe('event: progress\nid: 1\ndata: {"revision":1}');
  });

  it("of changes that are not kept any more is refused, and told from where it may begin", async () => {
    const { put, under } = await started({ watchLimits: { historyMax: 2 } });
    for (const value of ["1", "2", "3", "4"]) put("a", value);
    const response = await fetch(`http://${under.addressOf("n1")}/v1/watch?from=2`);
    const message = "the changes from revision 2 on are not kept any more, and those from 3 on are";
    expect([response.status, JSON.parse(await response.text())]).toEqual([
      410,
      { error: { code: "revision-too-old", message, oldest: 3 } },
    ]);
  });

  it("ends with an event when an image takes the place of what it watched", async () => {
    const { put, watch, under } = await started({});
    put("a", "1");
    const events = await watch("?from=2");
    const other = new KvMachine(null);
    other.apply(9, encodeCommand({ kind: "put", stamp: null, key: "a", value: "2" }));
    under.cluster.server("n1").machine.restore(other.image());
    expect(await events.take(2)).toEqual([
      ": watching",
      'event: cut-off\ndata: {"code":"history-lost","next":2,"oldest":10}',
    ]);
    expect(await events.isAtEnd()).toBe(true);
  });

  it("ends with an event when the server stops", async () => {
    const { watch, under } = await started({});
    const events = await watch("?from=1");
    await events.take(1);
    running.splice(0);
    await under.close();
    expect(await events.take(1)).toEqual(['event: cut-off\ndata: {"code":"stopping","next":1,"oldest":1}']);
  });

  it("beyond those that are allowed is refused, and one that ends makes room", async () => {
    const { watch, under } = await started({ watchLimits: { watchersMax: 1 } });
    const events = await watch("");
    const another = await fetch(`http://${under.addressOf("n1")}/v1/watch`);
    const message = "there are 1 watches, and no more are allowed";
    expect([another.status, JSON.parse(await another.text())]).toEqual([
      503,
      { error: { code: "overloaded", message, retryAfterMs: 1000 } },
    ]);
    events.destroy();
    await untilTrue(() => under.cluster.server("n1").feed.watcherCount === 0);
    expect((await (await watch("")).take(1))[0]).toContain("event: progress");
  });
});

describe("A watcher that does not keep up", () => {
  it("is passed over until it is dry, and cut off when its place is dropped", async () => {
    const feed = new WatchFeed({ historyMax: 3, historyBytesMax: 1000, watchersMax: 10 });
    const written: string[] = [];
    const sink = {
      write: (text: string) => {
        written.push(...text.split("\n").filter((line) => line.startsWith("id: ")));
        return false;
      },
      end: (text: string) => {
        written.push(text);
      },
    };
    const subscription = feed.subscribe("", false, 1, sink);
    const change = async (revision: number) => {
      feed.changed({ key: "a", value: "", revision, created: 1 });
      await nextTurn();
    };
    for (const revision of [1, 2, 3]) await change(revision);
    expect(written).toEqual(["id: 1"]);
    if (subscription.kind === "watching") feed.drained(subscription.watcher);
    await nextTurn();
    expect(written).toEqual(["id: 1", "id: 2", "id: 3"]);
    for (const revision of [4, 5, 6]) await change(revision);
    expect([written.length, feed.watcherCount]).toEqual([3, 1]);
    await change(7);
    expect([written[3], feed.watcherCount]).toEqual([
      'event: cut-off\ndata: {"code":"too-slow","next":4,"oldest":5}\n\n',
      0,
    ]);
  });

  it("takes no memory beyond the history, which is bounded in bytes too", async () => {
    const feed = new WatchFeed({ historyMax: 100, historyBytesMax: 10, watchersMax: 10 });
    for (let revision = 1; revision <= 5; revision += 1) {
      feed.changed({ key: "k", value: "1234", revision, created: 1 });
    }
    const sink = { write: () => true, end: () => {} };
    expect(feed.subscribe("", false, 3, sink)).toEqual({ kind: "too-old", oldest: 4 });
    expect(feed.subscribe("", false, 4, sink).kind).toBe("watching");
  });
});

async function started(overrides: Overrides) {
  const under = await startCluster(["n1"], overrides);
  running.push(under);
  const apply = (command: Parameters<typeof encodeCommand>[0]) => under.cluster.apply("n1", encodeCommand(command));
  const put = (key: string, value: string) => apply({ kind: "put", stamp: null, key, value });
  const remove = (key: string) => apply({ kind: "delete", stamp: null, key });
  const watch = (query: string, headers: Record<string, string> = {}) =>
    new Promise<Events>((resolve, reject) => {
      const asked = request(`http://${under.addressOf("n1")}/v1/watch${query}`, { headers, agent: false }, (response) =>
        resolve(eventsOf(response)),
      );
      asked.on("error", reject);
      asked.end();
    });
  return { under, put, remove, watch };
}

interface Events {
  /** The next events, as text. */
  take(count: number): Promise<string[]>;
  isAtEnd(): Promise<boolean>;
  destroy(): void;
}

function eventsOf(response: IncomingMessage): Events {
  const blocks = (async function* () {
    let rest = "";
    for await (const piece of response) {
      const parts = (rest + String(piece)).split("\n\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  })();
  return {
    take: async (count) => {
      const taken: string[] = [];
      while (taken.length < count) {
        const { value, done } = await blocks.next();
        if (done === true) break;
        taken.push(value);
      }
      return taken;
    },
    isAtEnd: async () => (await blocks.next()).done === true,
    destroy: () => response.destroy(),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}
