import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { RealCluster } from "./cluster.ts";
import { livelySettings, Trial, type TrialReport } from "./trial.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CLIENTS = 6;

export interface RealWorld {
  readonly cluster: RealCluster;
  /** Clients begin to work, under a name that no other trial has. */
  readonly begin: (name: string) => Trial;
}

/** A cluster of processes for the tests of one file, which begin and end with all servers well. */
export function realWorld(nodes: number): RealWorld {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-real-"));
  let cluster: RealCluster | null = null;
  beforeAll(async () => {
    const built = spawnSync(process.execPath, [join(ROOT, "tools", "setup.mjs")], { cwd: ROOT, encoding: "utf8" });
    expect(built.status, built.stderr).toBe(0);
    cluster = await RealCluster.start({ folder, root: ROOT, nodes, settings: livelySettings });
  });
  afterAll(async () => {
    await cluster?.close();
    rmSync(folder, { recursive: true });
  });
  const started = (): RealCluster => {
    if (cluster === null) throw new Error("the cluster is there when the tests begin");
    return cluster;
  };
  return {
    get cluster() {
      return started();
    },
    begin: (name) =>
      new Trial(started(), { name, clients: CLIENTS, reads: ["linearizable", "lease"], seed: name.length }),
  };
}

/** Every acknowledged write is there, and what the clients saw can have happened. */
export async function expectAllIsWell(trial: Trial): Promise<TrialReport> {
  const report = await trial.finish();
  const { findings, undecided, checkedEpochs } = report;
  expect({ findings, undecided }).toEqual({ findings: [], undecided: [] });
  expect(checkedEpochs).toBeGreaterThan(0);
  return report;
}
