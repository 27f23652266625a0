/** etcd as Debian packages it (`apt-get install etcd-server`), asked over its JSON gateway. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { requestText } from "./connection.ts";
import { type Cluster, eventually, type Subject } from "./subject.ts";

const LOOPBACK = "127.0.0.1";
const NODES = 3;

export const etcd: Subject = {
  name: "etcd",
  start,
  put: (host, key, value) =>
    requestText("POST", "/v3/kv/put", host, JSON.stringify({ key: base64(key), value: base64(value) })),
  gets: { quorum: (host, key) => requestText("POST", "/v3/kv/range", host, JSON.stringify({ key: base64(key) })) },
  isFine: ({ status, body }) => status === 200 && body.includes('"header"'),
};

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

async function start(folder: string, port: number): Promise<Cluster | null> {
  if (spawnSync("etcd", ["--version"]).error !== undefined) return null;
  const ids = Array.from({ length: NODES }, (_, i) => `e${i + 1}`);
  const processes = new Map<string, ChildProcess>();
  for (const [i, id] of ids.entries()) processes.set(id, spawnNode(folder, ids, i, port));
  const urls = new Map(ids.map((id, i) => [id, port + 2 * i + 1]));
  const cluster: Cluster = {
    leader: () => eventually("etcd's election", () => leaderOf(urls, processes)),
    kill: (id) => ended(processes.get(id), "SIGKILL"),
    stop: async () => {
      await Promise.all([...processes.values()].map((one) => ended(one, "SIGTERM")));
    },
  };
  await cluster.leader();
  return cluster;
}

function spawnNode(folder: string, ids: readonly string[], i: number, port: number): ChildProcess {
  const id = ids[i] ?? "";
  const peer = (j: number): string => `http://${LOOPBACK}:${port + 2 * j}`;
  const client = `http://${LOOPBACK}:${port + 2 * i + 1}`;
  const args = [
    ["--name", id],
    ["--data-dir", join(folder, id)],
    ["--listen-peer-urls", peer(i)],
    ["--initial-advertise-peer-urls", peer(i)],
    ["--listen-client-urls", client],
    ["--advertise-client-urls", client],
    ["--initial-cluster", ids.map((one, j) => `${one}=${peer(j)}`).join(",")],
    ["--log-level", "error"],
  ];
  return spawn("etcd", args.flat(), { stdio: "ignore" });
}

async function leaderOf(ports: ReadonlyMap<string, number>, processes: ReadonlyMap<string, ChildProcess>) {
  for (const [id, port] of ports) {
    if (processes.get(id)?.exitCode !== null || processes.get(id)?.signalCode !== null) continue;
    const reply = await fetch(`http://${LOOPBACK}:${port}/v3/maintenance/status`, { method: "POST", body: "{}" });
    const status: unknown = await reply.json();
    if (isLeader(status)) return { id, host: LOOPBACK, port };
  }
  return null;
}

function isLeader(status: unknown): boolean {
  if (typeof status !== "object" || status === null || !("leader" in status) || !("header" in status)) return false;
  const { header, leader } = status;
  return typeof header === "object" && header !== null && "member_id" in header && header.member_id === leader;
}

/** Sends the signal and waits for the end of the process. */
export function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
