import { afterEach, describe, expect, it } from "vitest";
import { type ClusterUnderTest, type Overrides, startCluster } from "../in-memory-cluster.suite.ts";

const running: ClusterUnderTest[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

describe("A key", () => {
  it("is put, read, appended to and deleted", async () => {
    const { send } = await oneServer({});
    expect(await send("PUT", "/v1/kv/a%2Fb", { value: "é" })).toEqual([200, { revision: 1 }]);
    expect(await send("POST", "/v1/kv/a%2Fb/append", { value: "!" })).toEqual([200, { revision: 2 }]);
    const item = { key: "a/b", value: "é!", encoding: "utf8", createRevision: 1, modRevision: 2, revision: 2 };
    expect(await send("GET", "/v1/kv/a%2Fb")).toEqual([200, item]);
    expect(await send("GET", "/v1/kv/a%2Fb?consistency=lease")).toEqual([200, item]);
    expect(await send("DELETE", "/v1/kv/a%2Fb")).toEqual([200, { revision: 3, deleted: true }]);
    expect(await send("DELETE", "/v1/kv/a%2Fb")).toEqual([200, { revision: 4, deleted: false }]);
    expect(await send("GET", "/v1/kv/a%2Fb")).toEqual([
      404,
      { error: { code: "key-not-found", message: "there is no such key", key: "a/b", revision: 4 } },
    ]);
  });

  it("takes bytes in base64, and gives back as text what is UTF-8 unless asked for base64", async () => {
    const { send } = await oneServer({});
    const read = async (path: string) => {
      const [, { value, encoding }] = await send("GET", path);
      return [value, encoding];
    };
    await send("PUT", "/v1/kv/a", { value: "/w==", encoding: "base64" });
    expect(await read("/v1/kv/a")).toEqual(["/w==", "base64"]);
    await send("PUT", "/v1/kv/a", { value: "aGk=", encoding: "base64" });
    expect(await read("/v1/kv/a")).toEqual(["hi", "utf8"]);
    expect(await read("/v1/kv/a?encoding=base64")).toEqual(["aGk=", "base64"]);
  });

  it("is swapped only if it is as expected", async () => {
    const { send } = await oneServer({});
    const swap = (expected: unknown, value: unknown) => send("POST", "/v1/kv/a/compare-and-swap", { expected, value });
    expect(await swap({ absent: true }, "1")).toEqual([200, { revision: 1, swapped: true }]);
    expect(await swap({ absent: true }, "2")).toEqual([200, { revision: 2, swapped: false, found: 1 }]);
    expect(await swap({ value: "MQ==", encoding: "base64" }, "2")).toEqual([200, { revision: 3, swapped: true }]);
    expect(await swap({ revision: 3 }, null)).toEqual([200, { revision: 4, swapped: true }]);
    expect(await swap({ revision: 3 }, "3")).toEqual([200, { revision: 5, swapped: false, found: null }]);
    expect(await swap({ revision: 3, absent: true }, "3")).toEqual([
      400,
      { error: { code: "invalid-request", message: "expected must have one of absent, value and revision" } },
    ]);
  });
});

it("A range is given page by page, in order", async () => {
  const { send } = await oneServer({});
  for (const key of ["b2", "a", "b1", "b3"]) await send("PUT", `/v1/kv/${key}`, { value: key });
  const item = (key: string, revision: number) => ({
    key,
    value: key,
    encoding: "utf8",
    createRevision: revision,
    modRevision: revision,
  });
  expect(await send("GET", "/v1/range?prefix=b&limit=2")).toEqual([
    200,
    { items: [item("b1", 3), item("b2", 1)], next: "b3", revision: 4 },
  ]);
  expect(await send("GET", "/v1/range?prefix=b&from=b3")).toEqual([
    200,
    { items: [item("b3", 4)], next: null, revision: 4 },
  ]);
  expect(await send("GET", "/v1/range?limit=0")).toEqual([
    400,
    { error: { code: "invalid-request", message: "limit must be from 1 to 10000, and is 0" } },
  ]);
});

describe("A session", () => {
  it("makes a command take effect once", async () => {
    const { send } = await oneServer({});
    expect(await send("POST", "/v1/sessions")).toEqual([201, { session: 1 }]);
    const append = () => send("POST", "/v1/kv/a/append", { value: "x", session: 1, sequence: 1, acknowledged: 0 });
    expect([await append(), await append()]).toEqual([
      [200, { revision: 2 }],
      [200, { revision: 2 }],
    ]);
    expect((await send("GET", "/v1/kv/a"))[1].value).toBe("x");
    const deletion = "/v1/kv/a?session=1&sequence=2&acknowledged=1";
    expect(await send("DELETE", deletion)).toEqual([200, { revision: 4, deleted: true }]);
    expect(await send("DELETE", deletion)).toEqual([200, { revision: 4, deleted: true }]);
    expect(await append()).toEqual([
      409,
      {
        error: {
          code: "already-acknowledged",
          message: "sequence 1 was acknowledged before, up to 1, and its answer is not kept",
          sequence: 1,
          acknowledged: 1,
        },
      },
    ]);
    expect(await send("DELETE", "/v1/sessions/1")).toEqual([200, {}]);
    expect(await append()).toEqual([
      409,
      {
        error: {
          code: "unknown-session",
          message:
            "session 1 was never opened, or is closed, or has expired: whether an earlier attempt of this request took effect cannot be said",
          session: 1,
        },
      },
    ]);
  });

  it("has no room for more answers than allowed", async () => {
    const { send } = await oneServer({ limits: { unacknowledgedMax: 1 } });
    await send("POST", "/v1/sessions");
    await send("PUT", "/v1/kv/a", { value: "x", session: 1, sequence: 1 });
    expect(await send("PUT", "/v1/kv/a", { value: "x", session: 1, sequence: 2 })).toEqual([
      409,
      {
        error: {
          code: "too-many-unacknowledged",
          message: "the session has 1 answers that are not acknowledged, and room for no more",
          unacknowledgedMax: 1,
        },
      },
    ]);
  });
});

describe("Bad input is answered with what is wrong:", () => {
  const cases: readonly [name: string, method: string, path: string, body: unknown, status: number, error: object][] = [
    [
      "a value that is no text",
      "PUT",
      "/v1/kv/a",
      { value: 5 },
      400,
      { code: "invalid-request", message: "body/value must be string" },
    ],
    [
      "an unknown field",
      "PUT",
      "/v1/kv/a",
      { value: "", ttl: 5 },
      400,
      { code: "invalid-request", message: "body must NOT have additional properties" },
    ],
    ["no body", "PUT", "/v1/kv/a", undefined, 400, { code: "invalid-request", message: "body must be object" }],
    [
      "an unknown parameter",
      "GET",
      "/v1/kv/a?quick=1",
      undefined,
      400,
      { code: "invalid-request", message: "querystring must NOT have additional properties" },
    ],
    [
      "half a stamp",
      "PUT",
      "/v1/kv/a",
      { value: "", sequence: 1 },
      400,
      { code: "invalid-request", message: "session and sequence belong together, and acknowledged to both" },
    ],
    [
      "base64 that is none",
      "PUT",
      "/v1/kv/a",
      { value: "a", encoding: "base64" },
      400,
      { code: "invalid-value", message: "the value is not base64 with its padding" },
    ],
    [
      "half a surrogate pair",
      "PUT",
      "/v1/kv/a",
      { value: "\ud800" },
      400,
      { code: "invalid-value", message: "the value has half of a surrogate pair, and so no UTF-8: send it in base64" },
    ],
    [
      "a long key",
      "GET",
      "/v1/kv/123456789",
      undefined,
      400,
      { code: "invalid-key", message: "the key has 9 bytes of at most 8" },
    ],
    [
      "a large value",
      "PUT",
      "/v1/kv/a",
      { value: "x".repeat(17) },
      413,
      { code: "too-large", message: "the value has 17 bytes of at most 16", size: 17, sizeMax: 16 },
    ],
    [
      "a large body",
      "PUT",
      "/v1/kv/a",
      { value: "x".repeat(200) },
      413,
      { code: "too-large", message: "Request body is too large" },
    ],
    [
      "a path that leads nowhere",
      "GET",
      "/v2/kv/a?x=1",
      undefined,
      404,
      { code: "route-not-found", message: "there is no GET /v2/kv/a" },
    ],
  ];
  for (const [name, method, path, body, status, error] of cases) {
    it(name, async () => {
      const { send } = await oneServer({ limits: { keyBytesMax: 8, valueBytesMax: 16, requestBytesMax: 100 } });
      expect(await send(method, path, body)).toEqual([status, { error }]);
    });
  }

  it("a body that is no JSON, or of another type", async () => {
    const { url } = await oneServer({});
    const put = async (type: string) => {
      const response = await fetch(`${url}/v1/kv/a`, { method: "PUT", headers: { "content-type": type }, body: "{" });
      return [response.status, (await bodyOf(response)).error.code];
    };
    expect(await put("application/json")).toEqual([400, "invalid-request"]);
    expect(await put("application/xml")).toEqual([415, "unsupported-media-type"]);
  });

  it("an append that would make the value too large", async () => {
    const { send } = await oneServer({ limits: { valueBytesMax: 3 } });
    await send("PUT", "/v1/kv/a", { value: "ab" });
    expect(await send("POST", "/v1/kv/a/append", { value: "cd" })).toEqual([
      413,
      { error: { code: "too-large", message: "the value would have 4 bytes of at most 3", size: 4, sizeMax: 3 } },
    ]);
  });
});

describe("With tokens", () => {
  it("whoever brings none of them is refused, but for what shows whether the server lives", async () => {
    const { url } = await oneServer({ tokens: ["one", "two"] });
    const status = async (path: string, authorization: string) =>
      (await fetch(`${url}${path}`, { headers: authorization === "" ? {} : { authorization } })).status;
    const path = "/v1/cluster";
    expect(await Promise.all(["", "Bearer three", "Basic one", "Bearer"].map((one) => status(path, one)))).toEqual([
      401, 401, 401, 401,
    ]);
    expect(await Promise.all(["Bearer one", "bearer two"].map((one) => status(path, one)))).toEqual([200, 200]);
    expect(await Promise.all(["/live", "/health", "/openapi.json", "/metrics"].map((one) => status(one, "")))).toEqual([
      200, 200, 200, 401,
    ]);
    const refused = await fetch(`${url}${path}`);
    expect([refused.headers.get("www-authenticate"), await bodyOf(refused)]).toEqual([
      "Bearer",
      { error: { code: "unauthorized", message: "the request brings no token that this server knows" } },
    ]);
  });
});

it("A port that is taken is one clear error", async () => {
  const { addressOf } = await started(["n1"], {});
  const port = Number(addressOf("n1").split(":")[1]);
  await expect(startCluster(["n1"], { port })).rejects.toMatchObject({
    message: `the service cannot listen on 127.0.0.1:${port}: another program has the port: stop that program, or choose another port`,
    problem: { code: "port-in-use" },
  });
});

async function started(ids: readonly string[], overrides: Overrides): Promise<ClusterUnderTest> {
  const one = await startCluster(ids, overrides);
  running.push(one);
  return one;
}

async function oneServer(overrides: Overrides) {
  const { cluster, addressOf } = await started(["n1"], overrides);
  const url = `http://${addressOf("n1")}`;
  const send = async (method: string, path: string, body?: unknown) => {
    const content =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${url}${path}`, { method, ...content });
    return [response.status, await bodyOf(response)] as const;
  };
  return { cluster, url, send };
}

/** Of any shape: tests compare the whole. */
async function bodyOf(response: Response) {
  return JSON.parse(await response.text());
}
