import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initialConfiguration } from "../core/configuration.ts";
import { defaultSettings, type NodeId, type StateMachine } from "../core/index.ts";
import { MemoryDisk, memoryStorage } from "../storage/memory-storage.ts";
import { HandNetwork } from "./cluster.suite.ts";
import { type Host, nodeHost } from "./host.ts";
import { type RunningReplica, startReplica } from "./replica.ts";
import { openTraceFile, type TraceFile } from "./trace-file.ts";

/**
 * How many proposals of 128 bytes a second go through three replicas of one process, with disks in memory and no
 * network between them: what the core and the runtime cost. One question, three answers to compare: events of a turn
 * in one go (`immediate`), each at once (`microtask`), and with a trace written (`traced`). Clients call the replica,
 * or reach it through sockets of the loopback interface, where requests come one by one. The CPU time of a proposal
 * is that of all three servers, the clients and the trace.
 */
const IDS = ["a", "b", "c"];
const BYTES = 128;
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "3");

type Way = "immediate" | "microtask" | "traced";

class Digest implements StateMachine<number> {
  count = 0;
  sum = 0;

  apply(_index: number, command: Uint8Array): number {
    this.count += 1;
    this.sum = (Math.imul(this.sum, 31) + (command[0] ?? 0)) | 0;
    return this.count;
  }

  image(): Uint8Array {
    return new Uint8Array(new Int32Array([this.count, this.sum]).buffer);
  }

  restore(): void {
    throw new Error("no server of this benchmark lags behind");
  }
}

interface Cluster {
  readonly leader: RunningReplica<number>;
  readonly machines: readonly Digest[];
  readonly traces: readonly TraceFile[];
  stop(): Promise<void>;
}

async function startCluster(way: Way, folder: string): Promise<Cluster> {
  const host: Host = way === "microtask" ? { ...nodeHost, soon: queueMicrotask } : nodeHost;
  const network = new HandNetwork();
  const initial = initialConfiguration(Object.fromEntries(IDS.map((id) => [id, id])));
  const replicas: RunningReplica<number>[] = [];
  const machines: Digest[] = [];
  const traces: TraceFile[] = [];
  for (const id of IDS) {
    const machine = new Digest();
    const trace = way === "traced" ? await openTraceFile(join(folder, `${id}.ndjson`)) : null;
    if (trace !== null) traces.push(trace);
    machines.push(machine);
    replicas.push(
      startReplica<number>({
        id,
        machine,
        host,
        trace,
        settings: defaultSettings,
        storage: memoryStorage(new MemoryDisk(initial)),
        transport: (receive) => network.transport(id, receive),
        tickMs: 100,
        seed: id.charCodeAt(0),
      }),
    );
  }
  const leader = await leaderOf(replicas);
  const stop = async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await Promise.all(traces.map((trace) => trace.close()));
  };
  return { leader, machines, traces, stop };
}

async function leaderOf(replicas: readonly RunningReplica<number>[]): Promise<RunningReplica<number>> {
  for (;;) {
    const leader = replicas.find((replica) => replica.status().role === "leader");
    if (leader !== undefined) return leader;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

type Ask = () => Promise<void>;

interface Load {
  readonly asks: readonly Ask[];
  end(): void;
}

function callers({ leader }: Cluster, count: number): Load {
  const ask = async () => {
    const command = new Uint8Array(BYTES);
    command[0] = 1;
    const outcome = await leader.propose(command);
    if (outcome.kind !== "done") throw new Error(`a proposal was not done: ${JSON.stringify(outcome)}`);
  };
  return { asks: Array.from({ length: count }, () => ask), end: () => {} };
}

/** Each request is 128 bytes, each answer one. */
async function sockets(cluster: Cluster, count: number): Promise<Load> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("data", (data) => {
      cluster.leader.propose(new Uint8Array(data)).then(
        (outcome) => {
          if (outcome.kind === "done") socket.write("1");
        },
        (error: Error) => socket.destroy(error),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  const clients: Socket[] = [];
  for (let i = 0; i < count; i += 1) {
    const client = connect(address.port, "127.0.0.1");
    client.setNoDelay(true);
    await new Promise<void>((resolve) => client.once("connect", resolve));
    clients.push(client);
  }
  const request = new Uint8Array(BYTES).fill(1, 0, 1);
  const asks = clients.map((client) => () => {
    const answered = new Promise<void>((resolve) => client.once("data", () => resolve()));
    client.write(request);
    return answered;
  });
  const end = () => {
    for (const client of clients) client.destroy();
    server.close();
  };
  return { asks, end };
}

async function measure(way: Way, kind: "callers" | "sockets", clients: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "throughput-"));
  const cluster = await startCluster(way, folder);
  const load = kind === "callers" ? callers(cluster, clients) : await sockets(cluster, clients);
  const times: number[] = [];
  const begin = performance.now();
  const cpuBefore = process.cpuUsage();
  const warm = begin + 500;
  const until = warm + SECONDS * 1000;
  await Promise.all(
    load.asks.map(async (ask) => {
      for (let since = performance.now(); since < until; ) {
        await ask();
        const now = performance.now();
        if (since >= warm) times.push(now - since);
        since = now;
        // Callers that never let go of the microtasks would leave no turn to timers and sockets.
        if (times.length % 512 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  );
  const cpu = process.cpuUsage(cpuBefore);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const hashes = cluster.machines.map((machine) => createHash("sha256").update(machine.image()).digest("hex"));
  if (new Set(hashes).size !== 1) throw new Error("the replicas differ");
  load.end();
  await cluster.stop();
  const traced = cluster.traces.length === 0 ? "" : `  ${traceSize(folder)} bytes of trace a proposal`;
  rmSync(folder, { recursive: true });
  const cpuEach = ((cpu.user + cpu.system) / Math.max(1, cluster.machines[0]?.count ?? 1)).toFixed(1).padStart(6);
  times.sort((one, other) => one - other);
  const at = (part: number) => (times[Math.floor(part * (times.length - 1))] ?? 0).toFixed(3).padStart(8);
  const rate = Math.round(times.length / SECONDS);
  process.stdout.write(
    `${kind} ${String(clients).padStart(5)}  ${way.padEnd(10)} ${String(rate).padStart(8)}/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  ${cpuEach} µs of CPU each${traced}\n`,
  );

  function traceSize(of: string): string {
    const bytes = IDS.map((id: NodeId) => statSync(join(of, `${id}.ndjson`)).size).reduce((one, other) => one + other);
    return (bytes / Math.max(1, cluster.machines[0]?.count ?? 1)).toFixed(0);
  }
}

for (const kind of ["callers", "sockets"] as const) {
  for (const clients of [1, 16, 64, 256, ...(kind === "callers" ? [4096] : [])]) {
    for (const way of ["immediate", "microtask", "traced"] as const) await measure(way, kind, clients);
  }
}
