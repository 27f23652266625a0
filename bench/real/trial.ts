import type { Consistency } from "../../impl/kv/index.ts";
import type { ClusterOptions, RealCluster } from "./cluster.ts";
import { type Finding, Judge } from "./judge.ts";
import { Random } from "./random.ts";
import { readServerLogs, type ServerLogs } from "./server-logs.ts";
import { until } from "./until.ts";
import { type Counts, Workload } from "./workload.ts";

export interface TrialOptions {
  readonly name: string;
  readonly clients: number;
  readonly reads: readonly Consistency[];
  readonly seed: number;
}

export interface TrialReport {
  readonly counts: Counts;
  readonly slowestMs: number;
  readonly checkedEpochs: number;
  readonly logs: ServerLogs;
  /** What must not be: nothing in a run that went well. */
  readonly findings: readonly Finding[];
  readonly undecided: readonly Finding[];
}

/** Settings under which everything happens often: short logs, small snapshots, short timeouts. */
export const livelySettings = {
  tickMs: 50,
  raft: { trailingEntries: 50, clockDriftMax: 0.25 },
  snapshots: { everyEntries: 300 },
} as const satisfies ClusterOptions["settings"];

/** How long a client tries before it says that it does not know. */
const CALL_MS_MAX = 8000;

/** Clients at work on a cluster, while somebody does their worst to it, and the judgement afterwards. */
export class Trial {
  readonly cluster: RealCluster;
  readonly workload: Workload;
  readonly judge: Judge;

  constructor(cluster: RealCluster, { name, clients, reads, seed }: TrialOptions) {
    this.cluster = cluster;
    const random = new Random(seed);
    const connect = () => cluster.client(() => random.next(), CALL_MS_MAX);
    this.workload = new Workload({
      name,
      clients,
      reads,
      random,
      connect,
      onOver: (epoch) => this.judge.take(epoch),
    });
    this.judge = new Judge(connect, () => this.workload.newProcess());
  }

  /** Resolves when the service has done so many more operations. */
  async progress(count: number): Promise<void> {
    const from = this.workload.acknowledged;
    const look = () => (this.workload.acknowledged >= from + count ? true : null);
    await until(`${count} more operations are acknowledged`, look);
  }

  /** Ends all disorder, sees that the cluster commits again, stops the clients, and judges what they saw. */
  async finish(): Promise<TrialReport> {
    await this.cluster.heal();
    await this.cluster.leader();
    await this.progress(20);
    await this.workload.stop();
    await this.judge.finish(this.workload.owners);
    const logs = readServerLogs(this.cluster.allServers);
    const { counts, slowestMs } = this.workload;
    const { checkedEpochs, undecided, findings } = this.judge;
    const ofServers = logs.findings.map((what) => ({ what, history: null }));
    return { counts, slowestMs, checkedEpochs, logs, findings: [...findings, ...ofServers], undecided };
  }
}
