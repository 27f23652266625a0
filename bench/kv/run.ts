/** `npm run bench:kv`: throughput and latency of the key-value service and of etcd, in one run, and recovery. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Line, svg } from "../plot.ts";
import { formatCount, formatTable, spreadOf } from "../statistics.ts";
import type { Reply } from "./connection.ts";
import { etcd } from "./etcd.ts";
import { type Measured, putUnder } from "./load.ts";
import { lockstep, tracedLockstep } from "./lockstep.ts";
import { measureRecovery } from "./recovery.ts";
import type { Cluster, Subject } from "./subject.ts";

const usage = `npm run bench:kv -- [options]
  --seconds <count>   of each measurement (default: 5; a second more to warm up)
  --rounds <count>    how often each is measured, all in turn (default: 3)
  --clients <n,...>   (default: 1,16,64,256)
  --kills <count>     leaders killed to measure recovery (default: 10; 0 for none)
  --port <port>       the first of those that are used (default: 27100)
  --out <folder>      where results go (default: bench/results)
`;

interface Options {
  readonly seconds: number;
  readonly rounds: number;
  readonly clients: readonly number[];
  readonly kills: number;
  readonly port: number;
  readonly out: string;
}

interface Row {
  readonly workload: string;
  readonly clients: number;
  readonly subject: string;
  readonly rounds: readonly Measured[];
}

const KEYS = 10_000;
const VALUE = "v".repeat(128);

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), "lockstep-bench-kv-"));
  const running = new Map<Subject, Cluster>();
  try {
    for (const [i, subject] of [lockstep, etcd, tracedLockstep].entries()) {
      const cluster = await subject.start(join(folder, subject.name), options.port + 10 * i);
      if (cluster === null) process.stdout.write(`${subject.name} is not installed, and is left out\n`);
      else running.set(subject, cluster);
    }
    const rows = await measureAll(running, options);
    const recovery = options.kills === 0 ? [] : await recoveries(running, folder, options);
    report(rows, recovery, options);
  } finally {
    for (const cluster of running.values()) await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "5" },
      rounds: { type: "string", default: "3" },
      clients: { type: "string", default: "1,16,64,256" },
      kills: { type: "string", default: "10" },
      port: { type: "string", default: "27100" },
      out: { type: "string", default: join("bench", "results") },
    },
  });
  const clients = values.clients.split(",").map(Number);
  const numbers = [Number(values.seconds), Number(values.rounds), Number(values.port), ...clients];
  if (!numbers.every((value) => value > 0) || !(Number(values.kills) >= 0)) {
    process.stderr.write(usage);
    throw new RangeError("an option is no positive number");
  }
  return {
    seconds: numbers[0] ?? 5,
    rounds: numbers[1] ?? 3,
    port: numbers[2] ?? 0,
    clients,
    kills: Number(values.kills),
    out: values.out,
  };
}

type Ask = (client: number, turn: number) => string;

/** What the clients do, by name, as far as the subject can. */
function workloadsOf(subject: Subject, host: string): Map<string, Ask> {
  const key = (client: number, turn: number): string => `k${(client * 7919 + turn * 104_729) % KEYS}`;
  const put: Ask = (client, turn) => subject.put(host, key(client, turn), VALUE);
  const workloads = new Map<string, Ask>([["put", put]]);
  for (const [way, get] of Object.entries(subject.gets)) {
    workloads.set(`get by ${way}`, (client, turn) => get(host, key(client, turn)));
  }
  const quorum = subject.gets["quorum"];
  if (quorum !== undefined) {
    workloads.set("90 % get, 10 % put", (client, turn) =>
      turn % 10 === 0 ? put(client, turn) : quorum(host, key(client, turn)),
    );
  }
  return workloads;
}

/** In each round every subject has its turn at every workload, so that a slow moment of the machine meets them all. */
async function measureAll(running: ReadonlyMap<Subject, Cluster>, options: Options): Promise<Row[]> {
  const rows = new Map<string, Row & { rounds: Measured[] }>();
  for (const [subject, cluster] of running) await fill(subject, cluster);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const clients of options.clients) {
      for (const [subject, cluster] of running) {
        const { host, port } = await cluster.leader();
        for (const [workload, request] of workloadsOf(subject, `${host}:${port}`)) {
          const load = {
            host,
            port,
            clients,
            request,
            isFine: isFineOf(subject),
            seconds: options.seconds,
            warmUpSeconds: 1,
          };
          const measured = await putUnder(load);
          const name = `${workload} ${clients} ${subject.name}`;
          const row = rows.get(name) ?? { workload, clients, subject: subject.name, rounds: [] };
          row.rounds.push(measured);
          rows.set(name, row);
          process.stdout.write(
            `${name}: ${formatCount(measured.perSecond)}/s, p99 ${measured.p99.toFixed(1)} ms, ${measured.failures} failures\n`,
          );
        }
      }
    }
  }
  return [...rows.values()];
}

/** A key that is not there yet answers with 404 in ours and with an empty list in etcd: keys are put before reads. */
function isFineOf(subject: Subject): (reply: Reply) => boolean {
  return subject.isFine;
}

async function fill(subject: Subject, cluster: Cluster): Promise<void> {
  const { host, port } = await cluster.leader();
  const clients = 64;
  let next = 0;
  const request: Ask = () => {
    const at = next % KEYS;
    next += 1;
    return subject.put(`${host}:${port}`, `k${at}`, VALUE);
  };
  while (next < KEYS) {
    await putUnder({ host, port, clients, seconds: 1, warmUpSeconds: 0, request, isFine: subject.isFine });
  }
}

async function recoveries(running: Map<Subject, Cluster>, folder: string, options: Options): Promise<string[][]> {
  const rows: string[][] = [];
  for (const subject of [...running.keys()]) {
    await running.get(subject)?.stop();
    running.delete(subject);
    const times = await measureRecovery(
      subject,
      join(folder, `${subject.name}-recovery`),
      options.port + 40,
      options.kills,
    );
    const { median, min, max } = spreadOf(times);
    rows.push([subject.name, formatCount(median), formatCount(min), formatCount(max)]);
  }
  return rows;
}

function report(rows: readonly Row[], recovery: readonly string[][], { out }: Options): void {
  const cells = rows.map(({ workload, clients, subject, rounds }) => {
    const median = (of: (one: Measured) => number): number => spreadOf(rounds.map(of)).median;
    const rate = spreadOf(rounds.map((one) => one.perSecond));
    return [
      workload,
      `${clients}`,
      subject,
      `${formatCount(rate.median)} (${formatCount(rate.min)}..${formatCount(rate.max)})`,
      median((one) => one.p50).toFixed(1),
      median((one) => one.p99).toFixed(1),
      median((one) => one.p999).toFixed(1),
      `${rounds.reduce((sum, one) => sum + one.failures, 0)}`,
    ];
  });
  cells.sort(
    (one, other) => (one.slice(0, 1).join() < other.slice(0, 1).join() ? -1 : 1) || Number(one[1]) - Number(other[1]),
  );
  const table = formatTable([
    ["workload", "clients", "subject", "per second", "p50 ms", "p99 ms", "p99.9 ms", "failures"],
    ...cells,
  ]);
  process.stdout.write(`\n${table}\n`);
  if (recovery.length > 0) {
    process.stdout.write(
      formatTable([["kill -9 of the leader to the next answer", "median ms", "min", "max"], ...recovery]),
    );
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "kv.json"), `${JSON.stringify({ rows, recovery }, null, 2)}\n`);
  writeFileSync(
    join(out, "kv-throughput.svg"),
    plotOf(rows, "answers a second", (one) => one.perSecond),
  );
  writeFileSync(
    join(out, "kv-latency.svg"),
    plotOf(rows, "p99 latency in milliseconds", (one) => one.p99),
  );
}

function plotOf(rows: readonly Row[], y: string, of: (measured: Measured) => number): string {
  const lines = new Map<string, Line & { points: { x: number; y: number }[] }>();
  for (const { workload, clients, subject, rounds } of rows) {
    if (workload !== "put" && workload !== "get by quorum") continue;
    const name = `${subject}: ${workload}`;
    const line = lines.get(name) ?? { name, points: [] };
    line.points.push({ x: clients, y: spreadOf(rounds.map(of)).median });
    lines.set(name, line);
  }
  return svg({ title: "Three servers on two cores, with their clients", x: "clients", y, lines: [...lines.values()] });
}

await main();
