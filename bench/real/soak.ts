/** `npm run soak -- --minutes 60`: real servers under random faults, until the time is over or something is found. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { RealCluster } from "./cluster.ts";
import { type Fault, faults } from "./faults.ts";
import type { Finding } from "./judge.ts";
import { Random } from "./random.ts";
import { livelySettings, Trial, type TrialReport } from "./trial.ts";
import { pause } from "./until.ts";

const usage = `npm run soak -- [options]
  --minutes <count>  how long (default: 60)
  --seed <number>    of the faults and of what clients do (default: any; it is printed). What happens when is for the
                     machine to say, so that a seed repeats the plan of a run and not its events
  --nodes <count>    servers (default: 5)
  --clients <count>  clients at work at the same time (default: 8)
Exit codes: 0 nothing was found, 1 something was, 2 a history was too hard to check.
`;

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly nodes: number;
  readonly clients: number;
}

const PROGRESS_MS = 10_000;
const FAULTS_BETWEEN_QUIET_PHASES = 5;
/** Here histories of failures go, and the folders of their servers. */
const KEPT = "traces-out";

function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "60" },
      seed: { type: "string", default: `${Math.floor(Math.random() * 2 ** 32)}` },
      nodes: { type: "string", default: "5" },
      clients: { type: "string", default: "8" },
    },
  });
  const options = {
    minutes: Number(values.minutes),
    seed: Number(values.seed),
    nodes: Number(values.nodes),
    clients: Number(values.clients),
  };
  const isFine =
    options.minutes > 0 && Number.isInteger(options.seed) && isCount(options.nodes, 3) && isCount(options.clients, 1);
  if (!isFine) throw new RangeError(`cannot take ${JSON.stringify(values)}: --nodes takes 3 at least`);
  return options;
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}

/** One long trial: its faults by kind, and what is known of its state. */
class Soak {
  readonly #options: Options;
  readonly #cluster: RealCluster;
  readonly #trial: Trial;
  readonly #random: Random;
  readonly #begunAt = performance.now();
  readonly #done = new Map<string, number>();
  #quietPhases = 0;
  #now = "start";

  constructor(options: Options, cluster: RealCluster) {
    const { seed, clients } = options;
    this.#options = options;
    this.#cluster = cluster;
    this.#random = new Random(seed);
    this.#trial = new Trial(cluster, { name: "soak", clients, reads: ["linearizable", "lease"], seed: seed + 1 });
  }

  async run(): Promise<{ readonly report: TrialReport | null; readonly findings: readonly Finding[] }> {
    const telling = setInterval(() => process.stdout.write(`${this.#line()}\n`), PROGRESS_MS);
    try {
      while (this.#hasTime && this.#trial.judge.findings.length === 0) await this.#round();
      this.#now = "the end";
      const report = await this.#trial.finish();
      return { report, findings: report.findings };
    } catch (error) {
      // A condition that did not come true: the cluster did not commit again.
      const what = `while ${this.#now}: ${error instanceof Error ? error.message : String(error)}`;
      return { report: null, findings: [...this.#trial.judge.findings, { what, history: null }] };
    } finally {
      clearInterval(telling);
    }
  }

  get #hasTime(): boolean {
    return performance.now() - this.#begunAt < this.#options.minutes * 60_000;
  }

  /** Some faults, one or two at a time, and then a quiet phase at whose end the cluster must have committed again. */
  async #round(): Promise<void> {
    for (let i = 0; i < FAULTS_BETWEEN_QUIET_PHASES && this.#hasTime; i += 1) await this.#disturb();
    this.#now = "quiet";
    await this.#cluster.heal();
    await this.#cluster.leader();
    await this.#trial.progress(20);
    this.#quietPhases += 1;
  }

  async #disturb(): Promise<void> {
    const first = this.#random.pick(faults);
    const second = this.#random.pick(faults);
    const isPair = first !== second && first.company === "any" && second.company === "any";
    const chosen = isPair && this.#random.below(2) === 0 ? [first, second] : [first];
    const heals = [];
    this.#now = chosen.map(({ name }) => name).join(" and ");
    for (const fault of chosen) heals.push(await this.#begin(fault));
    await pause(this.#random.between(200, 5000));
    for (const heal of heals) await heal?.();
    await pause(this.#random.between(0, 1500));
  }

  async #begin(fault: Fault): Promise<(() => Promise<void>) | null> {
    const heal = await fault.begin(this.#cluster, this.#random);
    if (heal !== null) this.#done.set(fault.name, (this.#done.get(fault.name) ?? 0) + 1);
    return heal;
  }

  #line(): string {
    const seconds = Math.round((performance.now() - this.#begunAt) / 1000);
    const { workload, judge } = this.#trial;
    const { ok, unequal, failed, doubtful } = workload.counts;
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    return `${seconds} s · ${ok + unequal} done, ${failed} failed, ${doubtful} in doubt · ${this.faultCount} faults · ${judge.checkedEpochs} histories checked · ${judge.findings.length} findings · ${memory} MiB · now: ${this.#now}`;
  }

  get faultCount(): number {
    return [...this.#done.values()].reduce((sum, count) => sum + count, 0);
  }

  summary({ counts, slowestMs, checkedEpochs, logs, undecided }: TrialReport): string {
    const { ok, unequal, failed, doubtful } = counts;
    const own = this.#trial.workload.owners.reduce((sum, one) => sum + one.acknowledgedCount, 0);
    const byCode = [...this.#trial.workload.failures].map(([code, count]) => `${code} ${count}`).join(", ");
    const kinds = [...this.#done].sort().map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`);
    return [
      "",
      `${ok + unequal + failed + doubtful} operations: ${ok + unequal} done, ${failed} failed, ${doubtful} in doubt (${byCode || "no failures"})`,
      `${checkedEpochs} histories checked, ${undecided.length} too hard; ${own} appends acknowledged to keys with one writer, all looked for`,
      `the slowest operation took ${Math.round(slowestMs)} ms, faults and repetitions included`,
      `${logs.candidacies} candidacies, ${logs.leaderships} leaderships, last term ${logs.termMax}; after ${this.#quietPhases} quiet phases the cluster committed again`,
      `${this.faultCount} faults:`,
      ...kinds,
      "",
    ].join("\n");
  }
}

/** Histories and server folders of a run that found something. */
function keep(seed: number, folder: string, findings: readonly Finding[]): void {
  const kept = join(KEPT, `soak-${seed}`);
  mkdirSync(kept, { recursive: true });
  for (const [i, { what, history }] of findings.entries()) {
    process.stdout.write(`FOUND: ${what}\n`);
    if (history === null) continue;
    const file = join(kept, `history-${i + 1}.ndjson`);
    writeFileSync(file, history);
    process.stdout.write(`  its history: ${file} (lockstep history check ${file} --model kv-cas)\n`);
  }
  process.stdout.write(`  the folders of the servers, with their logs: ${folder}\n`);
}

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  const { minutes, seed, nodes, clients } = options;
  const root = process.cwd();
  if (!existsSync(join(root, "dist", "cli", "main.js")))
    throw new Error("run it with npm run soak, which builds first");
  process.stdout.write(`soak: ${minutes} minutes, seed ${seed}, ${nodes} servers, ${clients} clients\n`);
  const folder = mkdtempSync(join(tmpdir(), "lockstep-soak-"));
  const cluster = await RealCluster.start({ folder, root, nodes, settings: livelySettings });
  const soak = new Soak(options, cluster);
  const { report, findings } = await soak.run();
  await cluster.close();
  if (report !== null) process.stdout.write(soak.summary(report));
  const undecided = report?.undecided ?? [];
  if (findings.length + undecided.length > 0) {
    keep(seed, folder, [...findings, ...undecided]);
    process.stdout.write(findings.length > 0 ? "VIOLATED\n" : "INCOMPLETE: histories too hard to check\n");
    return findings.length > 0 ? 1 : 2;
  }
  rmSync(folder, { recursive: true });
  process.stdout.write("HOLDS: nothing acknowledged was lost, and every history is linearizable\n");
  return 0;
}

if (process.argv.includes("--help")) process.stdout.write(usage);
// A client that was given up may still wait for an answer: nothing waits for it.
else process.exit(await main());
