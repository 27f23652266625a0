/** Three servers of ours, started as a user starts them, asked over their HTTP API. */
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { clientUrl, type LocalNode, launchNode, prepareCluster } from "../../impl/server/index.ts";
import { requestText } from "./connection.ts";
import { ended } from "./etcd.ts";
import { type Cluster, eventually, type Subject } from "./subject.ts";

const NODES = 3;
const PROGRAM = join(process.cwd(), "dist", "cli", "main.js");

const asked: Omit<Subject, "name" | "start"> = {
  put: (host, key, value) => requestText("PUT", `/v1/kv/${key}`, host, JSON.stringify({ value })),
  gets: {
    quorum: (host, key) => requestText("GET", `/v1/kv/${key}`, host, null),
    lease: (host, key) => requestText("GET", `/v1/kv/${key}?consistency=lease`, host, null),
  },
  isFine: ({ status, body }) => status === 200 && body.includes('"revision"'),
};

/** By name: as it is by default, and with every protocol step written to a trace. */
export const lockstep = subject("lockstep", {});
export const tracedLockstep = subject("lockstep, traced", { trace: "trace.ndjson" });

function subject(name: string, settings: Readonly<Record<string, unknown>>): Subject {
  return { name, start: (folder, port) => start(folder, port, settings), ...asked };
}

async function start(folder: string, port: number, settings: Readonly<Record<string, unknown>>): Promise<Cluster> {
  const nodes = prepareCluster({
    folder,
    nodes: NODES,
    port,
    settings: { raft: { clockDriftMax: 0.01 }, ...settings },
  });
  const processes = new Map<LocalNode, ChildProcess>();
  for (const node of nodes) processes.set(node, launchNode(node, PROGRAM, "with-us"));
  const cluster: Cluster = {
    leader: () => eventually("our election", () => leaderOf(processes)),
    kill: async (id) => {
      for (const [node, child] of processes) if (node.id === id) await ended(child, "SIGKILL");
    },
    stop: async () => {
      await Promise.all([...processes.values()].map((one) => ended(one, "SIGTERM")));
    },
  };
  await cluster.leader();
  return cluster;
}

async function leaderOf(processes: ReadonlyMap<LocalNode, ChildProcess>) {
  for (const [node, child] of processes) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const reply = await fetch(`${clientUrl(node)}/v1/cluster`);
    const status: unknown = await reply.json();
    const leads = typeof status === "object" && status !== null && "role" in status && status.role === "leader";
    if (leads) return { id: node.id, ...node.clients };
  }
  return null;
}
