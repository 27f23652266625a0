import { describe, expect, it } from "vitest";
import { checkHistory, historyModels, readHistory } from "../../checker/history/index.ts";
import { type FaultKind, faultKinds, type Report, simulate } from "./index.ts";

const model = historyModels.find(({ name }) => name === "kv-cas");
const EVENTS = 12_000;
const SEEDS = 24;

function simulated(seed: number): { readonly report: Report; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const report = simulate({ seed, servers: 5, spares: 2, steps: 4000, faults: null, log: (line) => lines.push(line) });
  return { report, lines };
}

function verdictOf({ history }: Report): string {
  if (model === undefined) throw new Error("there is no model kv-cas");
  const read = readHistory(history, model);
  if (!read.ok) return JSON.stringify(read.fault);
  return checkHistory(model, read.operations, { isOver: () => false, configurationCountMax: 1_000_000 }).kind;
}

describe("a simulated cluster", () => {
  it("does the same, to the byte, for the same seed", () => {
    const [one, other] = [simulated(7), simulated(7)];
    expect(other.lines).toEqual(one.lines);
    expect(other.report).toEqual(one.report);
    expect(one.lines.length).toBe(one.report.events);
  });

  it("does something else for another seed", () => {
    expect(simulated(8).report.digest).not.toBe(simulated(7).report.digest);
  });

  it("does the same whether its events are written down or not", () => {
    const { report } = simulated(7);
    const silent = simulate({ seed: 7, servers: 5, spares: 2, steps: 4000, faults: null, log: null });
    expect(silent.digest).toBe(report.digest);
  });

  it("does the same where the faults that its seed gave are listed", () => {
    const { report } = simulated(9);
    const listed = simulate({ seed: 9, servers: 5, spares: 2, steps: 4000, faults: report.faults, log: null });
    expect(listed.digest).toBe(report.digest);
  });

  it("keeps every property and a linearizable history, under every kind of fault", () => {
    const seen = new Map<FaultKind, number>();
    const sums = { lost: 0, duplicated: 0, reordered: 0, blocked: 0, lostWrites: 0, failedSyncs: 0, installed: 0 };
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const report = simulate({ seed, servers: 5, spares: 2, steps: EVENTS, faults: null, log: null });
      expect({ seed, failure: report.failure, verdict: verdictOf(report) }).toEqual({
        seed,
        failure: null,
        verdict: "linearizable",
      });
      for (const [kind, count] of report.counts.faults) seen.set(kind, (seen.get(kind) ?? 0) + count);
      sums.lost += report.network.lost;
      sums.duplicated += report.network.duplicated;
      sums.reordered += report.network.reordered;
      sums.blocked += report.network.blocked;
      sums.lostWrites += report.counts.lostWrites;
      sums.failedSyncs += report.counts.failedSyncs;
      sums.installed += report.counts.snapshotsInstalled;
    }
    expect(faultKinds.filter((kind) => !seen.has(kind))).toEqual([]);
    expect(Object.entries(sums).filter(([, count]) => count === 0)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 7])("keeps every property with %i servers at first", (servers) => {
    const report = simulate({ seed: 3, servers, spares: 1, steps: 5000, faults: null, log: null });
    expect({ failure: report.failure, verdict: verdictOf(report) }).toEqual({ failure: null, verdict: "linearizable" });
  });
});

describe("a disk that lies", () => {
  it("keeps its server from starting again, once it has lost what it had called durable", () => {
    let condemned = 0;
    for (let seed = 1; seed <= 12; seed += 1) {
      const faults = [
        { at: 400_000, kind: "disk-lie", target: "leader", for: 500_000 },
        { at: 700_000, kind: "power-cut", target: "leader", torn: true, for: 50_000 },
      ] as const;
      const report = simulate({ seed, servers: 5, spares: 0, steps: 6000, faults, log: null });
      expect(report.failure).toBeNull();
      condemned += report.counts.condemned;
    }
    expect(condemned).toBeGreaterThan(0);
  });
});
