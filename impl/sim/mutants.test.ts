import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkHistory, historyModels, readHistory } from "../../checker/history/index.ts";
import type { Report, RunOptions } from "./index.ts";
import { type Mutant, mutants, unseenMutants } from "./mutants/mutants.ts";
import { patchedSimulator } from "./mutants/patched.suite.ts";

const PAGE = join(import.meta.dirname, "..", "..", "docs", "sim-mutants.md");
const SEEDS_MAX = 400;
const EVENTS = 15_000;
const isUpdate = process.env["UPDATE"] === "1";
const model = historyModels.find(({ name }) => name === "kv-cas");

interface Caught {
  readonly seeds: number;
  readonly property: string;
  readonly events: number;
}

async function caught(mutant: Mutant, seedsMax: number): Promise<Caught | null> {
  const { simulate } = await patchedSimulator(mutant);
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const options: RunOptions = { seed, servers: 5, spares: 2, steps: EVENTS, faults: null, log: null };
    const report = simulate(options);
    const property = brokenBy(report);
    if (property !== null) return { seeds: seed, property, events: report.events };
  }
  return null;
}

function brokenBy({ failure, history }: Report): string | null {
  if (failure !== null) return failure.property;
  if (model === undefined) throw new Error("there is no model kv-cas");
  const read = readHistory(history, model);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  const verdict = checkHistory(model, read.operations, { isOver: () => false, configurationCountMax: 300_000 });
  return verdict.kind === "violated" ? "Linearizability" : null;
}

const rows: string[] = [];

describe("the simulation", () => {
  it.each(mutants)("catches $name: $says", async (mutant) => {
    const found = await caught(mutant, SEEDS_MAX);
    expect(found, `${mutant.name} was not caught with ${SEEDS_MAX} seeds`).not.toBeNull();
    if (found !== null) {
      rows.push(`| ${mutant.name} | ${mutant.says} | ${found.property} | ${found.seeds} | ${found.events} |`);
    }
  });

  it("has a row in docs/sim-mutants.md for each of them", () => {
    if (isUpdate) writeFileSync(PAGE, pageText());
    const page = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
    const named = [...page.matchAll(/^\| (\w+) \| (.+?) \|/gm)].map(([, name, says]) => `${name}: ${says}`);
    const all = [...mutants, ...unseenMutants].map(({ name, says }) => `${name}: ${says}`);
    expect(named.filter((row) => !row.startsWith("mutant:"))).toEqual(all);
  });

  it.each(unseenMutants)("builds $name, which it does not see", async (mutant) => {
    expect(await caught(mutant, 2)).toBeNull();
  });
});

function pageText(): string {
  return `# Known bugs of Raft, put into the implementation

Each row is a mistake that a Raft has shipped with, or that this one had while it was written (S1 and S2), as a patch of
the text of \`impl/core\`. The simulation has to find it: with five servers, seeds from 1 on, ${EVENTS.toLocaleString("en")} events of
faults each. \`UPDATE=1 npx vitest run impl/sim/mutants.test.ts\` writes this page.

| mutant | mistake | found by | seeds | events of the last run |
|---|---|---|---|---|
${rows.join("\n")}

Not found by the simulation:

| mutant | mistake | why |
|---|---|---|
${unseenMutants.map(({ name, says, why }) => `| ${name} | ${says} | ${why} |`).join("\n")}
`;
}
