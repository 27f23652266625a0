import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Rates } from "./rates.ts";

const root = join(import.meta.dirname, "..");
const out = mkdtempSync(join(tmpdir(), "lockstep-bench-"));

afterAll(() => rmSync(out, { recursive: true }));

function bench(...args: readonly string[]) {
  return spawnSync("npm", ["run", "--silent", "bench", "--", ...args, "--out", out], { cwd: root, encoding: "utf8" });
}

function results(part: string): Rates {
  return JSON.parse(readFileSync(join(out, `${part}.json`), "utf8"));
}

describe("the benchmark, tiny", () => {
  it("measures what there is, with the right counts, and names what there is not", () => {
    const { status, stdout } = bench("--tiny");
    expect(status).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      ...["ladder-memory.svg", "ladder-rate.svg", "ladder.json"],
      ...["partial-order.json", "peers.json", "rates.json"],
    ]);
    for (const subject of ["reference", "views", "hand-packed"]) {
      expect(results("rates").rates).toContainEqual(
        expect.objectContaining({ subject, workload: "raft-2s-2e-0r-1v", distinct: 2_224, generated: 3_277 }),
      );
      expect(results("ladder").rates).toContainEqual(
        expect.objectContaining({ subject, workload: "raft-2s-2e-1r-1v", distinct: 12_394, generated: 20_833 }),
      );
    }
    const { rates, skipped } = results("peers");
    for (const subject of ["spin-dfs", "spin-bfs", "rumur", "reference", "views"]) {
      expect([...rates, ...skipped].map((one) => one.subject)).toContain(subject);
    }
    for (const rate of rates) expect(rate).toMatchObject({ distinct: 288, generated: 1_146 });
    for (const { subject, workload } of skipped) expect(stdout).toContain(`NOT MEASURED: ${subject} on ${workload}: `);
  });

  it("refuses what it does not know, and says what it does", () => {
    const { status, stderr } = bench("--only", "speed");
    expect(status).toBe(1);
    expect(stderr).toContain("cannot take speed");
    expect(stderr).toContain("--only <part>      rates, ladder, peers, partial-order");
  });
});
