import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkHistory, historyModels, readHistory } from "./index.ts";

/** Beside the repository, and never in it: other people's data. A worktree elsewhere names the place. */
const shared = process.env["LOCKSTEP_SHARED_DATA"] ?? join(import.meta.dirname, "..", "..", "..", "shared", "data");

const unlimited = { isOver: () => false, configurationCountMax: 1e6 };

function verdictOf(file: string, modelName: string) {
  const model = historyModels.find(({ name }) => name === modelName);
  if (model === undefined) throw new Error(`there is no model ${modelName}`);
  const history = readHistory(readFileSync(join(shared, file), "utf8"), model);
  if (!history.ok) throw new Error(`${file}:${history.fault.line}: ${history.fault.what}`);
  return checkHistory(model, history.operations, unlimited);
}

function isThere(folder: string): boolean {
  const there = existsSync(join(shared, folder));
  if (!there) process.stderr.write(`\nNOT TESTED: the recorded histories of ${join(shared, folder)} are not there\n\n`);
  return there;
}

describe("recorded histories", () => {
  it.runIf(isThere("jepsen-etcd"))("of etcd get the verdicts that are recorded with them", () => {
    const recorded: Record<string, string> = JSON.parse(
      readFileSync(join(shared, "jepsen-etcd", "verdicts.json"), "utf8"),
    );
    const verdicts = Object.keys(recorded).map(
      (file) => [file, verdictOf(`jepsen-etcd/${file}`, "cas-register")] as const,
    );
    expect(Object.fromEntries(verdicts.map(([file, { kind }]) => [file, kind]))).toEqual(recorded);
    expect(verdicts).toHaveLength(52);
    const violated = verdicts.flatMap(([, verdict]) => (verdict.kind === "violated" ? [verdict.violation] : []));
    expect(violated).toHaveLength(41);
    expect(violated.every(({ isMinimal }) => isMinimal)).toBe(true);
    expect(Math.max(...violated.map(({ operations }) => operations.length))).toBe(12);
  });

  it.runIf(isThere("kv-histories"))("of a key-value service are what their names say", () => {
    const files = readdirSync(join(shared, "kv-histories")).filter((name) => name.endsWith(".txt"));
    expect(files.map((file) => [file, verdictOf(`kv-histories/${file}`, "kv").kind]).sort()).toEqual([
      ["c01-bad.txt", "violated"],
      ["c01-ok.txt", "linearizable"],
      ["c10-bad.txt", "violated"],
      ["c10-ok.txt", "linearizable"],
    ]);
  });
});
