import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client, defaultClientOptions } from "../impl/kv/index.ts";
import { exitCodes } from "./exit-codes.ts";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist", "cli", "main.js");
const folder = mkdtempSync(join(tmpdir(), "lockstep-serve-"));
const running = new Set<ChildProcess>();
let folders = 0;

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(root, "tools", "setup.mjs")], { cwd: root, encoding: "utf8" });
  expect(built.status, built.stderr).toBe(0);
});
afterEach(async () => {
  await Promise.all([...running].map((child) => ended(child, "SIGKILL")));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** For a hundred years, and for tests alone: the keys protect nothing. The certificate names n2. */
const pem = {
  authority: `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUC+/cUjGdqzc0HuMv3KzBx0naySswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2MTEyMzA2MjQ1N1oYDzIxMjYxMDMw
MDYyNDU3WjAUMRIwEAYDVQQDDAlhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARt9sp0lAj3ESTOtXUCYQ8EE+U4XoxhB+Y8PGTi7CLJHfIxiLSXgrwn
N4sMOXjDbCda3vKJjMm0Y6O6gs6XzkBgo1MwUTAdBgNVHQ4EFgQUGM5Ujsx+r9Cc
5Y5ILDH0nfRxDikwHwYDVR0jBBgwFoAUGM5Ujsx+r9Cc5Y5ILDH0nfRxDikwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBnoiAa2JcQz9i5alVOVfDU
DMPbUv1boiR3n2pq+d/ymgIgdYKr1CtRRM9aB5fmuTXi+PwXGWm1oYJ1TuPC8ik9
6oA=
-----END CERTIFICATE-----
`,
  n2Cert: `-----BEGIN CERTIFICATE-----
MIIBHDCBxAIUWzTp1pVYqAnIGyiVwfhOlW8AiigwCgYIKoZIzj0EAwIwFDESMBAG
A1UEAwwJYXV0aG9yaXR5MCAXDTI2MTEyMzA2MjQ1N1oYDzIxMjYxMDMwMDYyNDU3
WjANMQswCQYDVQQDDAJuMjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABA0Qnj4/
zoqGPmU+/nMP1TKqdO+yror4vGJQrsYNIczCaUsdH0qHVEAXQaTCbXFb5pX6RPea
T0OAaDOYlIcYKLUwCgYIKoZIzj0EAwIDRwAwRAIgLRf5HO2EFyUU9pP8RBSL3MKe
/7MQE+f9l63LhB659N8CIF2s5uD+uCMGQnoZJR08v6W37v9eumNbGF2KS6P/3Zpw
-----END CERTIFICATE-----
`,
  n2Key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIRVJFWkE5MIc/jwS
NhmJBCHWTVsivw6A8Kz7cTR8lfmhRANCAAQNEJ4+P86Khj5lPv5zD9UyqnTvsq6K
+LxiUK7GDSHMwmlLHR9Kh1RAF0Gkwm1xW+aV+kT3mk9DgGgzmJSHGCi1
-----END PRIVATE KEY-----
`,
};

interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function lockstep(...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8", cwd: folder });
  return { exit: status, stdout, stderr: stderr.replaceAll(folder, "<folder>") };
}

/** A configuration in a folder of its own. */
function configured(text: string): string {
  folders += 1;
  mkdirSync(join(folder, `${folders}`));
  const file = join(folder, `${folders}`, "node.yaml");
  writeFileSync(file, text);
  return file;
}

/** Of a cluster of one. */
function one(peers: number, clients: number, more: string): string {
  const place = `{ peers: 127.0.0.1:${peers}, clients: 127.0.0.1:${clients} }`;
  return `id: n1\ncluster: here\ndata: data\nlisten: ${place}\nmembers: { n1: ${place} }\ntickMs: 20\n${more}`;
}

/** What a server says that cannot start: its log lines are left out. */
function refused(file: string, ...args: readonly string[]): { readonly exit: number | null; readonly stderr: string } {
  const { exit, stderr } = lockstep("serve", "--config", file, ...args);
  return { exit, stderr };
}

/** Ports below those that systems give to outgoing connections. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer().once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

interface Served {
  readonly child: ChildProcess;
  /** Where it answers clients. */
  readonly endpoint: string;
  /** Everything it has printed so far. */
  readonly log: () => string;
}

/** Starts a server, and resolves when it answers and says it is well. */
async function served(file: string, clients: number, ...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [program, "serve", "--config", file, ...args]);
  running.add(child);
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (log += text));
  const endpoint = `127.0.0.1:${clients}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the server has ended:\n${log}`);
    return fetch(`http://${endpoint}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  return { child, endpoint, log: () => log };
}

function clientOf({ endpoint }: Served): Client {
  return new Client({ ...defaultClientOptions, endpoints: [endpoint], random: Math.random });
}

/** Of the one file in a folder whose name fits. */
function nameOf(data: string, pattern: RegExp): string {
  const names = readdirSync(data).filter((name) => pattern.test(name));
  expect(names).toHaveLength(1);
  return names[0] ?? "";
}

/** The test's own limit ends what never comes true. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  return exit;
}

/** The code, and everything up to the first piece of advice. */
function saidBy({ exit, stderr }: { readonly exit: number | null; readonly stderr: string }): unknown {
  return [exit, stderr.split("\n  try ")[0]];
}

const { configuration, system } = exitCodes;

describe("a server with a configuration that cannot be", () => {
  it("says that there is none, or that it is no YAML", () => {
    expect(refused(join(folder, "none.yaml"))).toEqual({
      exit: system,
      stderr: `lockstep: the configuration <folder>/none.yaml cannot be read: ENOENT: no such file or directory, open '<folder>/none.yaml' (ENOENT)
  expected  a YAML file, as lockstep serve --help shows one
  try       Give the path of a configuration.
`,
    });
    expect(saidBy(refused(configured("")))).toEqual([
      configuration,
      expect.stringMatching(/node\.yaml: must be settings, each as `name: value`$/),
    ]);
    expect(saidBy(refused(configured("id: [n1\ncluster: here\n")))).toEqual([
      configuration,
      expect.stringContaining("node.yaml: Flow sequence"),
    ]);
  });

  it("says everything that is wrong with it at once, and where", () => {
    const text =
      "id: n 1\ncluster: here\nlisten: { peers: here, clients: 127.0.0.1:99999 }\nmembers: 3\ntickMs: 0\nrafft: 3\n";
    const { exit, stderr } = refused(configured(text));
    const lines = stderr.split("\n").filter((line) => line.startsWith("lockstep: "));
    expect({ exit, lines: lines.map((line) => line.replace(/^.*node\.yaml: /, "")) }).toEqual({
      exit: configuration,
      lines: [
        "id: must be letters, digits, dots, dashes and underlines, 63 at most",
        "data: must be given: a text",
        'listen.peers: must be host:port, and is "here"',
        'listen.clients: must be host:port, and is "127.0.0.1:99999"',
        "members: must be settings, each as `name: value`",
        "tickMs: must be at least 1, and is less",
        'there is no setting "rafft" here',
      ],
    });
  });

  it("says what makes no sense together", () => {
    const raft = refused(configured(one(1, 2, "raft: { electionTicks: 3, heartbeatTicks: 2 }")));
    expect(saidBy(raft)).toEqual([
      configuration,
      expect.stringContaining("raft: electionTicks must be at least three times heartbeatTicks"),
    ]);
    const stranger = refused(configured(one(1, 2, "").replace("id: n1", "id: n9")));
    expect(saidBy(stranger)).toEqual([
      configuration,
      expect.stringMatching(/members: n9 is not among the members n1; leave "members" out to add it/),
    ]);
  });

  it("says that its certificate is not there, is none, or is another server's", () => {
    const tls = "tls: { cert: n1.pem, key: n1.key, ca: ca.pem }";
    const file = configured(one(1, 2, tls));
    expect(saidBy(refused(file, "--create"))).toEqual([
      system,
      expect.stringMatching(/the certificate file cannot be read: ENOENT: .*n1\.pem'$/),
    ]);
    const write = (name: string, text: string) => writeFileSync(join(file, "..", name), text);
    write("n1.pem", "no certificate");
    write("n1.key", pem.n2Key);
    write("ca.pem", pem.authority);
    expect(saidBy(refused(file))).toEqual([
      system,
      expect.stringContaining("certificate, key and authority do not fit together"),
    ]);
    write("n1.pem", pem.n2Cert);
    expect(saidBy(refused(file))).toEqual([system, "lockstep: the certificate does not name this server, n1"]);
  });
});

describe("a server whose folder is not as it should be", () => {
  it("takes an empty folder for lost data unless it is told that it is new", () => {
    const { exit, stderr } = refused(configured(one(1, 2, "")));
    expect(exit).toBe(system);
    expect(stderr).toMatch(/^lockstep: the data of server "n1" should be here, and the folder is empty or not there/);
    expect(stderr).toContain("\n  try       --create, for a new server\n");
  });

  it("says that it may not write there", () => {
    // Under a file: a folder that root may not write to there is none.
    const file = configured(one(1, 2, "").replace("data: data", "data: node.yaml/data"));
    expect(saidBy(refused(file, "--create"))).toEqual([
      system,
      expect.stringMatching(/^lockstep: the server should be able to write here, and may not \(ENOTDIR\) .*node\.yaml/),
    ]);
  });

  it("refuses the folder of another cluster, a damaged log and a snapshot that was cut short, and leaves them", async () => {
    const [peers, clients] = [await freePort(), await freePort()];
    const text = one(peers, clients, "snapshots: { everyEntries: 10 }\nraft: { trailingEntries: 100 }\n");
    const file = configured(text);
    const server = await served(file, clients, "--create");
    const client = clientOf(server);
    for (let i = 0; i < 30; i += 1) expect((await client.put(`key ${i}`, "x".repeat(100))).kind).toBe("done");
    client.close();
    expect(await ended(server.child, "SIGTERM")).toBe(exitCodes.ok);
    const data = join(file, "..", "data");

    writeFileSync(file, text.replace("cluster: here", "cluster: there"));
    expect(saidBy(refused(file))).toEqual([
      system,
      expect.stringContaining(
        'should belong to server "n1" of cluster "there", and belongs to server "n1" of cluster "here"',
      ),
    ]);
    writeFileSync(file, text);

    const segment = join(data, nameOf(data, /^log-.*\.wal$/));
    const whole = readFileSync(segment);
    const damaged = Buffer.from(whole);
    const middle = whole.lastIndexOf("key 9");
    damaged[middle] = 0xff;
    writeFileSync(segment, damaged);
    expect(saidBy(refused(file))).toEqual([
      system,
      expect.stringMatching(
        /^lockstep: frame \d+ should be here and does not check, and a later one is at byte \d+ \(.*0001\.wal at byte \d+\)$/,
      ),
    ]);
    expect(readFileSync(segment).equals(damaged)).toBe(true);
    writeFileSync(segment, whole);

    const snapshot = join(data, nameOf(data, /^snapshot-.*\.snap$/));
    const taken = readFileSync(snapshot);
    truncateSync(snapshot, taken.length - 1);
    expect(saidBy(refused(file))).toEqual([system, expect.stringContaining(".snap")]);
    expect(readFileSync(snapshot).equals(taken.subarray(0, -1))).toBe(true);
    writeFileSync(snapshot, taken);

    const again = clientOf(await served(file, clients));
    for (let i = 0; i < 30; i += 1) {
      const called = await again.get(`key ${i}`, "linearizable");
      expect(called.kind === "done" && called.value.item?.value).toBe("x".repeat(100));
    }
    again.close();
  });
});

describe("a server that runs", () => {
  it("keeps its folder and its ports for itself, and says so to another", async () => {
    const [peers, clients] = [await freePort(), await freePort()];
    const file = configured(one(peers, clients, ""));
    const { child } = await served(file, clients, "--create");
    expect(saidBy(refused(file))).toEqual([
      system,
      expect.stringContaining(`the folder should be free, and process ${child.pid} uses it`),
    ]);
    expect(refused(configured(one(peers, await freePort(), "")), "--create")).toEqual({
      exit: system,
      stderr: `lockstep: 127.0.0.1:${peers} is in use by another process
  try       stop whoever listens there, or give this server another address to listen on
`,
    });
    expect(refused(configured(one(await freePort(), clients, "")), "--create")).toEqual({
      exit: system,
      stderr: `lockstep: the service cannot listen on 127.0.0.1:${clients}: another program has the port
  try       stop that program, or choose another port
`,
    });
  });

  it("turns a server of another cluster away, with a line in its log", async () => {
    const [peers, clients, otherPeers, otherClients] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const server = await served(configured(one(peers, clients, "")), clients, "--create");
    const own = `{ peers: 127.0.0.1:${otherPeers}, clients: 127.0.0.1:${otherClients} }`;
    const members = `{ n1: { peers: 127.0.0.1:${peers}, clients: 127.0.0.1:${clients} }, n2: ${own} }`;
    const text = `id: n2\ncluster: there\ndata: data\nlisten: ${own}\nmembers: ${members}\n`;
    const child = spawn(process.execPath, [program, "serve", "--config", configured(text), "--create"]);
    running.add(child);
    await until(async () => server.log().includes("connection refused: foreign-cluster"));
    const line =
      server
        .log()
        .split("\n")
        .find((one) => one.includes("foreign-cluster")) ?? "";
    expect(JSON.parse(line)).toMatchObject({ peer: "n2", expected: "here", found: "there" });
  });

  it("refuses what is too large, and changes of members that cannot be, and loses nothing over it", async () => {
    const [peers, clients] = [await freePort(), await freePort()];
    const server = await served(
      configured(one(peers, clients, "raft: { proposalBytesMax: 1000 }\n")),
      clients,
      "--create",
    );
    const at = ["--endpoints", server.endpoint];
    const asked = (...args: readonly string[]): Ran => lockstep(...args, ...at);
    const add = (id: string, ...more: readonly string[]): Ran =>
      asked("cluster", "add", id, "--peers", "127.0.0.1:1", "--clients", "127.0.0.1:2", ...more);
    expect(asked("kv", "put", "greeting", "hello")).toEqual({ exit: 0, stdout: "", stderr: "" });
    expect(asked("kv", "put", "greeting", "x".repeat(2000)).stderr).toBe(
      "lockstep: putting greeting failed: the command has 2016 bytes of at most 1000 (too-large)\n  try       something smaller\n",
    );
    const client = clientOf(server);
    expect(await client.put("greeting", "x".repeat(20_000_000))).toEqual({
      kind: "failed",
      failure: { code: "too-large", message: "Request body is too large", happened: "no", details: {} },
    });
    client.close();
    expect(saidBy(asked("cluster", "remove", "n1"))).toEqual([
      system,
      "lockstep: removing n1 failed: the last voter would be removed (invalid-change)",
    ]);
    expect(saidBy(add("n1"))).toEqual([system, "lockstep: adding n1 failed: n1 is a member already (invalid-change)"]);
    expect(saidBy(asked("cluster", "remove", "n7"))).toEqual([
      system,
      "lockstep: removing n7 failed: n7 is no member (invalid-change)",
    ]);
    // Nobody is there: it never catches up, has no vote, and the change stays under way.
    expect(saidBy(add("n2", "--timeout", "1"))).toEqual([
      system,
      "lockstep: adding n2 failed: no answer in 1000 ms (lost); it may have taken effect, or take effect yet",
    ]);
    expect(saidBy(add("n3"))).toEqual([
      system,
      "lockstep: adding n3 failed: another change of members has not come to its end (change-in-progress)",
    ]);
    expect(asked("cluster", "remove", "n2")).toEqual({ exit: 0, stdout: "", stderr: "" });
    expect(asked("cluster", "status").stdout).toMatch(/^term 1 · leader n1 .*\n {2}id .*\n {2}n1 {2}leader .*\n$/);
    expect(asked("kv", "get", "greeting").stdout).toBe("hello\n");
  });
});
