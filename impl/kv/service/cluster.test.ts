import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type ClusterUnderTest, type Overrides, startCluster } from "../in-memory-cluster.suite.ts";

const running: ClusterUnderTest[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

describe("A server that does not lead", () => {
  it("passes requests on to the leader, and says where it is", async () => {
    const { under, send } = await started({ tokens: ["secret"] });
    const leader = under.addressOf("n1");
    expect(await send("n2", "PUT", "/v1/kv/a", { value: "1" })).toEqual({ status: 200, leader, body: { revision: 1 } });
    expect(await send("n2", "POST", "/v1/sessions")).toEqual({ status: 201, leader, body: { session: 2 } });
    const item = { key: "a", value: "1", encoding: "utf8", createRevision: 1, modRevision: 1, revision: 2 };
    expect(await send("n2", "GET", "/v1/kv/a")).toEqual({ status: 200, leader, body: item });
    const missing = { code: "key-not-found", message: "there is no such key", key: "b", revision: 2 };
    expect(await send("n2", "GET", "/v1/kv/b")).toEqual({ status: 404, leader, body: { error: missing } });
  });

  it("answers stale reads itself", async () => {
    const { send } = await started({});
    await send("n1", "PUT", "/v1/kv/a", { value: "1" });
    const item = { key: "a", value: "1", encoding: "utf8", createRevision: 1, modRevision: 1, revision: 1 };
    expect(await send("n2", "GET", "/v1/kv/a?consistency=stale")).toEqual({ status: 200, leader: null, body: item });
  });

  it("redirects instead if it is told to", async () => {
    const { under, send } = await started({ whenNotLeader: "redirect" });
    const address = under.addressOf("n1");
    const response = await fetch(`http://${under.addressOf("n2")}/v1/kv/a?encoding=base64`, { redirect: "manual" });
    expect([response.status, response.headers.get("location"), await bodyOf(response)]).toEqual([
      307,
      `http://${address}/v1/kv/a?encoding=base64`,
      { error: { code: "not-leader", message: "n1 leads", leader: "n1", address } },
    ]);
    expect((await send("n2", "PUT", "/v1/kv/a", { value: "followed" })).status).toBe(200);
  });

  it("passes nothing on that was passed on to it", async () => {
    const { under } = await started({});
    const response = await fetch(`http://${under.addressOf("n2")}/v1/kv/a`, {
      headers: { "lockstep-forwarded-by": "n3" },
    });
    const message = "this server does not lead, and passes no request on that was passed on to it";
    const address = under.addressOf("n1");
    expect([response.status, response.headers.get("retry-after"), await bodyOf(response)]).toEqual([
      503,
      "1",
      { error: { code: "not-leader", message, leader: "n1", address, retryAfterMs: 100 } },
    ]);
  });

  it("says that a request has not left it when nobody listens at the leader's address", async () => {
    const { under, send } = await started({});
    const address = `127.0.0.1:${await freePort()}`;
    under.cluster.contacts["n1"] = `peer:1 ${address}`;
    expect(await send("n2", "PUT", "/v1/kv/a", { value: "1" })).toEqual({
      status: 503,
      leader: null,
      body: {
        error: {
          code: "leader-unreachable",
          message: `the leader at ${address}: connect ECONNREFUSED ${address}`,
          address,
          retryAfterMs: 100,
        },
      },
    });
  });

  it("says that nothing is known when the leader does not answer in time", async () => {
    const { under, send } = await started({ limits: { requestTimeoutMs: 50 } });
    under.cluster.silence = "after";
    const { status, body } = await send("n1", "PUT", "/v1/kv/a", { value: "1" });
    const again = "it may have taken effect, or may yet; repeat it with the same session and sequence";
    expect([status, body]).toEqual([
      504,
      { error: { code: "unknown-outcome", message: `${again}: this server led no longer, or not in time` } },
    ]);
    expect(under.cluster.server("n2").machine.get("a")?.value).toBe("1");
    expect((await send("n1", "GET", "/v1/kv/a")).body.error.code).toBe("not-confirmed");
  });
});

describe("A refusal of the replica", () => {
  it("comes with the time after which to try again", async () => {
    const { under, send } = await started({});
    under.cluster.refusal = { kind: "overloaded", retryAfterTicks: 150 };
    const response = await fetch(`http://${under.addressOf("n1")}/v1/sessions`, { method: "POST" });
    expect([response.status, response.headers.get("retry-after"), await bodyOf(response)]).toEqual([
      503,
      "2",
      { error: { code: "overloaded", message: "too much is under way, and nothing was queued", retryAfterMs: 1500 } },
    ]);
    under.cluster.refusal = { kind: "change-in-progress" };
    expect((await send("n1", "DELETE", "/v1/cluster/members/n2")).body).toEqual({
      error: { code: "change-in-progress", message: "another change of members has not come to its end" },
    });
    under.cluster.refusal = null;
    under.cluster.leader = null;
    expect((await send("n1", "GET", "/v1/kv/a")).body).toEqual({
      error: {
        code: "no-leader",
        message: "the cluster has no leader that this server knows of",
        retryAfterMs: 100,
      },
    });
  });

  it("comes from the service itself when too many requests are under way, but health is still told", async () => {
    const { under, send } = await started({ limits: { requestsMax: 1, requestTimeoutMs: 300 } });
    under.cluster.silence = "before";
    const [first, second, health] = await Promise.all([
      send("n1", "PUT", "/v1/kv/a", { value: "1" }),
      send("n1", "PUT", "/v1/kv/a", { value: "1" }),
      send("n1", "GET", "/health"),
    ]);
    expect([first.body.error.code, second.body.error.code].sort()).toEqual(["overloaded", "unknown-outcome"]);
    expect(health.status).toBe(200);
  });
});

describe("The cluster", () => {
  it("shows its members and who leads", async () => {
    const { under, send } = await started({});
    const [n1, n2] = [under.addressOf("n1"), under.addressOf("n2")];
    expect((await send("n1", "GET", "/v1/cluster")).body).toEqual({
      id: "n1",
      role: "leader",
      term: 1,
      leader: "n1",
      commit: 0,
      applied: 0,
      leaderAddress: n1,
      lastIndex: 0,
      snapshotIndex: 0,
      ticksWithoutQuorum: 0,
      stopped: null,
      isChanging: false,
      members: [
        { id: "n1", role: "voter", contact: `peer-of-n1:1 ${n1}`, address: n1, match: null, state: null },
        { id: "n2", role: "voter", contact: `peer-of-n2:1 ${n2}`, address: n2, match: 0, state: "replicate" },
      ],
    });
  });

  it("gives leadership to another member, takes new ones and lets them go", async () => {
    const { under, send } = await started({});
    const members = () => Object.keys(under.cluster.contacts);
    expect((await send("n2", "POST", "/v1/cluster/members", { id: "n3", contact: "p:1 c:1" })).status).toBe(200);
    expect(members()).toEqual(["n1", "n2", "n3"]);
    expect((await send("n1", "DELETE", "/v1/cluster/members/n3")).status).toBe(200);
    expect(members()).toEqual(["n1", "n2"]);
    expect((await send("n1", "POST", "/v1/cluster/transfer", { to: "n2" })).body).toEqual({});
    expect(under.cluster.leader).toBe("n2");
  });
});

describe("Health", () => {
  it("is about progress, and life is not", async () => {
    const { under, send } = await started({});
    const brief = { id: "n2", role: "follower", term: 1, leader: "n1", commit: 0, applied: 0 };
    const health = async () => {
      const { status, body } = await send("n2", "GET", "/health");
      return [status, body];
    };
    expect(await health()).toEqual([200, { healthy: true, why: null, ...brief, ticksWithoutQuorum: 0 }]);
    under.cluster.ticksWithoutQuorum = 21;
    const why = "for 21 ticks there was no sign of a quorum, and 20 are allowed";
    expect(await health()).toEqual([503, { healthy: false, why, ...brief, ticksWithoutQuorum: 21 }]);
    under.cluster.leader = null;
    expect((await health())[1].why).toBe("no leader is known");
    await under.cluster.server("n2").stop();
    expect((await health())[1].why).toBe("the server has stopped for good: it was asked to");
    expect((await send("n2", "GET", "/live")).status).toBe(200);
  });
});

describe("Metrics", () => {
  it("tell what the server was told of", async () => {
    const { under, send } = await started({});
    const hooks = under.metrics.get("n1")?.hooks;
    hooks?.electionStarted(1);
    hooks?.roleChanged("candidate", "leader", 1);
    hooks?.termChanged(1);
    hooks?.proposalDone(3);
    hooks?.readDone(1);
    hooks?.applied(5, 0.2);
    hooks?.written(20);
    hooks?.refused("propose", "overloaded");
    hooks?.messageDropped();
    hooks?.snapshotBytes("sent", 1000);
    await send("n1", "PUT", "/v1/kv/a", { value: "12" });
    const text = await (await fetch(`http://${under.addressOf("n1")}/metrics`)).text();
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#") && !line.includes("_bucket"));
    const timeless = lines.filter((line) => !line.startsWith("lockstep_http_request_seconds_sum"));
    expect(timeless.sort()).toEqual([
      "lockstep_applied_entries_total 5",
      "lockstep_applied_index 1",
      "lockstep_apply_seconds_count 1",
      "lockstep_apply_seconds_sum 0.0002",
      "lockstep_commit_index 1",
      "lockstep_commit_seconds_count 1",
      "lockstep_commit_seconds_sum 0.003",
      "lockstep_elections_total 1",
      "lockstep_fsync_seconds_count 1",
      "lockstep_fsync_seconds_sum 0.02",
      "lockstep_has_leader 1",
      'lockstep_http_request_seconds_count{operation="putKey"} 1',
      'lockstep_http_requests_total{operation="putKey",status="200"} 1',
      "lockstep_is_leader 1",
      "lockstep_keys 1",
      "lockstep_last_index 1",
      "lockstep_messages_dropped_total 1",
      'lockstep_queue_length{queue="events"} 0',
      'lockstep_queue_length{queue="outstanding"} 0',
      'lockstep_queue_length{queue="proposalBytes"} 0',
      'lockstep_queue_length{queue="proposals"} 0',
      'lockstep_queue_length{queue="unapplied"} 0',
      'lockstep_queue_length{queue="writes"} 0',
      "lockstep_read_seconds_count 1",
      "lockstep_read_seconds_sum 0.001",
      'lockstep_refused_total{request="propose",reason="overloaded"} 1',
      'lockstep_role_changes_total{role="leader"} 1',
      "lockstep_sessions 0",
      'lockstep_snapshot_bytes_total{direction="sent"} 1000',
      "lockstep_snapshot_index 0",
      "lockstep_stopped_total 0",
      "lockstep_term 1",
      "lockstep_term_changes_total 1",
      "lockstep_watchers 0",
    ]);
  });
});

async function started(overrides: Overrides) {
  const under = await startCluster(["n1", "n2"], overrides);
  running.push(under);
  const { tokens = [] } = overrides;
  const send = async (id: string, method: string, path: string, body?: unknown) => {
    const headers: Record<string, string> = tokens[0] === undefined ? {} : { authorization: `Bearer ${tokens[0]}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`http://${under.addressOf(id)}${path}`, { method, headers, ...content });
    return { status: response.status, leader: response.headers.get("lockstep-leader"), body: await bodyOf(response) };
  };
  return { under, send };
}

async function bodyOf(response: Response) {
  return JSON.parse(await response.text());
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
