import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { id, ids, type ModelDeclaration, option, protocol, record, set } from "../spec/lang/index.ts";
import { exitCodes } from "./exit-codes.ts";
import { ran } from "./fake-io.suite.ts";

const page = readFileSync(join(import.meta.dirname, "..", "docs", "exit-codes.md"), "utf8");

describe("the exit codes", () => {
  it("are all in the table of the document, in order", () => {
    const rows = [...page.matchAll(/^\| (\d+) \| `(\w+)` \| .+ \|$/gm)].map(([, code, name]) => [name, Number(code)]);
    expect(rows).toEqual(Object.entries(exitCodes).sort(([, a], [, b]) => a - b));
  });

  it("are told apart", () => {
    const codes = Object.values(exitCodes);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("that a script may meet are in the help", async () => {
    const { stdout } = await ran("--help");
    const told = [...stdout.slice(stdout.indexOf("Exit codes:")).matchAll(/(?:^|· ) *(\d+) /gm)].map(([, code]) =>
      Number(code),
    );
    const { interruptedAtOnce, internal, ...others } = exitCodes;
    expect(told).toEqual(Object.values(others).sort((a, b) => a - b));
    expect([interruptedAtOnce, internal]).toEqual([130, 255]);
  });
});

describe("a spec that fails or cannot be believed", () => {
  const constants = { Node: ids("n", { default: 2, says: "the nodes" }) };
  const votes = protocol("Votes", {
    constants,
    state: (c) => record({ voted: set(id(c.Node)), leader: option(id(c.Node)) }),
  });
  const vote = votes.action("Vote", {
    says: "A node votes.",
    params: (c) => ({ i: id(c.Node) }),
    guard: (s, { i }) => !s.voted.has(i),
    effect: (s, { i }) => s.voted.add(i),
  });
  const firstLeads = votes.action("FirstLeads", {
    says: "The first node that voted leads.",
    guard: (s) => s.leader === null && s.voted.size === 2,
    effect: (s) => {
      for (const i of s.voted) if (s.leader === null) s.leader = i;
    },
  });
  const broken = (): never => {
    throw new Error("it broke");
  };
  type Parts = Partial<Parameters<typeof votes.spec>[0]>;

  /** What a run of the spec with these parts exits with. */
  async function exitOf(parts: Parts, declared: Partial<ModelDeclaration> = {}, options = ""): Promise<number> {
    const spec = votes.spec({ says: "Votes.", actions: [vote], properties: [], terminates: true, ...parts });
    const models = { "votes.ts": [{ name: "votes", says: "Votes.", spec, ...declared }] };
    return (await ran(`explore votes.ts${options}`, { models })).exit;
  }

  it("exits with 0 where nothing is wrong", async () => {
    expect(await exitOf({})).toBe(0);
  });

  it("exits with 76 where any part of a property throws", async () => {
    for (const property of [
      votes.invariant("Invariant", { says: "", holds: broken }),
      votes.invariant("Antecedent", { says: "", when: broken, holds: () => true }),
      votes.stepInvariant("Step", { says: "", holds: broken }),
      votes.stepInvariant("AntecedentOfStep", { says: "", when: broken, holds: () => true }),
      votes.reachable("Goal", { says: "", goal: broken }),
    ]) {
      for (const engine of ["lowered", "views", "reference"]) {
        const exit = await exitOf({ properties: [property] }, {}, ` --engine ${engine}`);
        expect([property.name, engine, exit]).toEqual([property.name, engine, 76]);
      }
    }
  });

  it("exits with 75 where another part throws", async () => {
    expect(await exitOf({ constraints: [votes.stateConstraint("Within", { says: "", within: broken })] })).toBe(75);
    expect(await exitOf({ actions: [votes.action("Fail", { says: "", effect: broken })] })).toBe(75);
    expect(await exitOf({ actions: [votes.action("Guard", { says: "", guard: broken, effect: () => {} })] })).toBe(75);
  });

  it("exits with 75 where it does not treat ids alike, and its symmetry is used", async () => {
    const parts: Parts = { actions: [vote, firstLeads], symmetry: ["Node"] };
    expect(await exitOf(parts, {}, " --symmetry")).toBe(75);
    expect(await exitOf(parts)).toBe(0);
  });

  it("exits with 75 where it depends on what it calls dead, and that is left out", async () => {
    const deadData = {
      says: "No action reads the votes.",
      reset: (s: { voted: { clear(): void } }) => s.voted.clear(),
    };
    const noVotes = votes.invariant("NoVotes", { says: "No one has voted.", holds: (s) => s.voted.size === 0 });
    const parts: Parts = { deadData, properties: [noVotes] };
    expect(await exitOf(parts, {}, " --dead-data")).toBe(75);
    expect(await exitOf(parts)).toBe(12);
  });

  it("exits with 151 where it has no such symmetry, dead data or property", async () => {
    const switchedOff = votes.invariant("Off", { says: "", part: () => false, holds: () => true });
    expect(await exitOf({}, {}, " --symmetry")).toBe(151);
    expect(await exitOf({}, {}, " --dead-data")).toBe(151);
    expect(await exitOf({ properties: [switchedOff] }, {}, " --property Off")).toBe(151);
  });

  it("exits with 1 for other counts than the recorded ones, although the verdict is the expected one", async () => {
    const counted = (distinct: number): Partial<ModelDeclaration> => ({
      expect: { verdict: "holds", distinct, source: "by hand" },
    });
    expect(await exitOf({}, counted(4), " --expect holds")).toBe(0);
    expect(await exitOf({}, counted(5), " --expect holds")).toBe(1);
  });
});
