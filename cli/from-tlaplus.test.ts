/** Runs what docs/from-tlaplus.md says: every line of its tables, and its port. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ran } from "./fake-io.suite.ts";
import { nodeSpecs } from "./node-specs.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "lockstep-tla-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(root, "docs", "from-tlaplus.md"), "utf8");

function section(title: string): string {
  return page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
}

/** The rows of the first table of a section, without its head: what is between backquotes in each cell. */
function rows(title: string): readonly (readonly string[])[] {
  const lines = section(title).split("\n");
  const table = lines.filter((line) => line.startsWith("| ")).slice(1);
  return table.map((line) =>
    line
      .slice(2, -2)
      .split(/ (?<!\\)\| /)
      .map(code),
  );
}

/** The last code of a cell; its text where it has none. */
function code(cell: string): string {
  const found = [...cell.matchAll(/`([^`]*)`/g)].at(-1)?.[1];
  return (found ?? cell).replaceAll("\\|", "|").trim();
}

function blocks(title: string, language: string): readonly string[] {
  return [...section(title).matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(
    ([, text]) => text ?? "",
  );
}

/** Explores a text as a spec: type-checked, checked for purity, run. */
async function explored(name: string, text: string, options = "") {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, text);
  return await ran(`explore ${path}${options}`, { specs: nodeSpecs(folder) });
}

const vocabulary = `import { bag, boolean, choice, choose, chooseUnique, count, entriesOf, first, flag, type Id, id, ids, initially, integer, map, mapOf, mapped, max, min, oneOf, option, permutations, protocol, range, record, seq, sequence, set, setEach, setOf, structuralKey, subsets, sum, union, unionOf, equal } from "lockstep";\n`;

const [sample = ""] = blocks("The sample state", "ts");
const expressions = rows("Expressions");
const actions = rows("Actions");
const parameters = rows("Parameters");
const beginnings = rows("Initial states");
const constants = rows("Constants");

/** A spec in which every row is a property of the initial state, or an action with a property of its steps. */
function tables(): string {
  const checked = expressions.map(
    ([tla, expression, gives], row) =>
      `sample.initialInvariant("expression ${row}", { says: ${JSON.stringify(tla)}, holds: (s, c) => structuralKey(${expression}) === structuralKey(${gives}) })`,
  );
  const taken = actions.map(
    ([tla, effect], row) =>
      `const action${row} = sample.action("action ${row}", { says: ${JSON.stringify(tla)}, params: (c) => ({ i: id(c.Node) }), guard: (s) => !s.done, effect: (s, { i }) => { s.done = true; s.by = i; ${String(effect).replace(/\/\/.*/, "")} } });`,
  );
  const after = actions.map(
    ([tla, , then], row) =>
      `sample.stepInvariant("then ${row}", { says: ${JSON.stringify(tla)}, of: [action${row}], holds: (_, s, c) => { const i = s.by; return i === null ? c.N < 0 : (${then}); } })`,
  );
  const names = taken.map((_, row) => `action${row}`).join(", ");
  const state = sample.replace("record({\n", "record({ done: boolean(), by: option(id(c.Node)),\n");
  return `${vocabulary}${state}\n${taken.join("\n")}\nexport const tables = sample.spec({ says: "The tables.", actions: [${names}], properties: [${[...checked, ...after].join(",\n")}], terminates: true });\n`;
}

/** A spec in which every row of parameters is an action that changes nothing. */
function domains(): string {
  const made = parameters.map(
    ([tla, params], row) =>
      `sample.action("action ${row}", { says: ${JSON.stringify(tla)}, ${params}, effect: () => {} })`,
  );
  return `${vocabulary}${sample}\nexport const domains = sample.spec({ says: "Parameters.", actions: [${made.join(",\n")}], properties: [] });\n`;
}

/** The sample with one row of the initial states, and nothing that happens. */
function beginning(init: string | undefined): string {
  return `${vocabulary}${sample}\nexport const beginning = sample.spec({ says: "One beginning.", ${init}, actions: [], properties: [], terminates: true });\n`;
}

/** A spec with every row of constants, and a property for each. */
function defaults(): string {
  const declared = constants.map(([, declaration]) => declaration).join(", ");
  const properties = constants.map(
    ([tla, , then], row) =>
      `p.initialInvariant("constant ${row}", { says: ${JSON.stringify(tla)}, holds: (_, c) => (${then}) })`,
  );
  return `${vocabulary}const p = protocol("Constants", { constants: { ${declared} }, state: () => record({ x: boolean() }) });\nexport const defaults = p.spec({ says: "Constants.", actions: [], properties: [${properties.join(",\n")}], terminates: true });\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ");

describe("the page for people who know TLA+", () => {
  it("has tables of operators", () => {
    expect([expressions, actions, parameters, beginnings, constants].map((table) => table.length)).toEqual([
      62, 24, 11, 5, 8,
    ]);
  });

  it("says what each operator becomes, and what it gives", async () => {
    const { exit, stdout, stderr } = await explored("tables", tables());
    expect({ exit, stderr, violated: /VIOLATED.*/.exec(stdout)?.[0] ?? null }).toEqual({
      exit: 0,
      stderr: "",
      violated: null,
    });
  });

  it("would notice a line that is not true", async () => {
    for (const [from, to] of [
      ["setOf(1, 2, 3)", "setOf(1, 2)"],
      ["s.S.size === 0", "s.S.size === 1"],
    ] as const)
      expect((await explored("wrong", tables().replace(from, to))).stdout).toContain("VIOLATED");
  });

  it("says how many steps each parameter gives", async () => {
    const { exit, stdout, stderr } = await explored("domains", domains());
    const fired = [...stdout.matchAll(/^action \d+ +(\d+) +\d+$/gm)].map(([, steps]) => steps);
    expect({ exit, stderr, fired }).toEqual({ exit: 0, stderr: "", fired: parameters.map(([, , steps]) => steps) });
  });

  it("says how many initial states each beginning gives", async () => {
    for (const [tla, init, states] of beginnings) {
      const { exit, stdout, stderr } = await explored("beginning", beginning(init));
      const distinct = /^States +(\d+) distinct · (\d+) generated/m.exec(stdout);
      expect([tla, exit, stderr, distinct?.[1], distinct?.[2]]).toEqual([tla, 0, "", states, states]);
    }
  });

  it("says what each constant is by default", async () => {
    const { exit, stdout, stderr } = await explored("defaults", defaults());
    expect({ exit, stderr, violated: /VIOLATED.*/.exec(stdout)?.[0] ?? null }).toEqual({
      exit: 0,
      stderr: "",
      violated: null,
    });
    const wrong = await explored("wrong", defaults().replace("c.Proc.length === 3", "c.Proc.length === 4"));
    expect(wrong.stdout).toContain("VIOLATED");
  });

  it("has a port with the counts of TLC", async () => {
    const [port = ""] = blocks("A port: two-phase commit", "ts");
    const [whole = "", alike = ""] = section("A port: two-phase commit").match(/^States {4}.*$/gm) ?? [];
    const all = await explored("two-phase", port);
    expect([all.exit, all.stdout.includes(`${whole}\n`)]).toEqual([0, true]);
    expect(whole).toContain("288 distinct · 1,146 generated · depth 11");
    const symmetric = await explored("two-phase", port, " --symmetry");
    expect([symmetric.exit, symmetric.stdout.includes(alike)]).toEqual([0, true]);
  });

  it("takes the lines of its table of modules from the port and from a clock", () => {
    const [port = ""] = blocks("A port: two-phase commit", "ts");
    const [clock = ""] = blocks("Modules, configurations and properties", "ts");
    const table = rows("Modules, configurations and properties").filter(([tla]) => tla !== "TLA+");
    expect(table.length).toBe(17);
    const text = oneLine(port) + oneLine(clock);
    for (const [tla, line = ""] of table)
      expect([tla, line !== "" && text.includes(oneLine(line))]).toEqual([tla, true]);
  });

  it("has an algorithm of PlusCal with the counts of TLC, and takes the lines of its table from it", async () => {
    const [algorithm = ""] = blocks("PlusCal", "ts");
    const [counts = ""] = section("PlusCal").match(/^States {4}.*$/gm) ?? [];
    expect(counts).toContain("244 distinct · 467 generated · depth 13");
    const { exit, stdout } = await explored("turn", algorithm);
    expect([exit, stdout.includes(`${counts}\n`)]).toEqual([0, true]);
    const table = rows("PlusCal");
    expect(table.length).toBe(10);
    for (const [pluscal, line = ""] of table)
      expect([pluscal, line !== "" && oneLine(algorithm).includes(oneLine(line))]).toEqual([pluscal, true]);
  });

  it("has a spec that refines another, and takes the lines of its table from it", async () => {
    const title = "Instances, refinement and partial functions";
    const [hours = "", minutes = ""] = blocks(title, "ts");
    writeFileSync(join(folder, "hours.ts"), hours);
    const [counts = ""] = section(title).match(/^States {4}.*$/gm) ?? [];
    const { exit, stdout, stderr } = await explored("minutes", minutes);
    expect([exit, stderr, counts !== "" && stdout.includes(`${counts}\n`)]).toEqual([0, "", true]);
    const table = rows(title);
    expect(table.length).toBe(7);
    for (const [tla, line = ""] of table)
      expect([tla, line !== "" && oneLine(minutes).includes(oneLine(line))]).toEqual([tla, true]);
    const skips = minutes.replace("(s.minute + 1) % 9", "(s.minute + 4) % 9");
    expect((await explored("skips", skips)).stdout).toContain("VIOLATED RefinesHours");
  });

  it("has a clock that its constraints bound", async () => {
    const [clock = ""] = blocks("Modules, configurations and properties", "ts");
    const [counts = ""] = section("Modules, configurations and properties").match(/^States {4}.*$/gm) ?? [];
    const { exit, stdout } = await explored("clock", clock);
    expect([exit, stdout.includes(`${counts}\n`)]).toEqual([0, true]);
    expect(counts).toContain("4 distinct");
  });
});
