import { describe, expect, it } from "vitest";
import { ran } from "../fake-io.suite.ts";
import { builtInModels } from "../registry.ts";

describe("list", () => {
  it("names every built-in model with what is recorded for it", async () => {
    const { exit, stdout } = await ran("list");
    expect(exit).toBe(0);
    const lines = stdout.split("\n");
    for (const { name, says, large } of builtInModels) {
      const end = large === true ? `${says} (large: takes hours)` : says;
      expect(lines.filter((line) => line.startsWith(`  ${name} `) && line.endsWith(end))).toHaveLength(1);
    }
    expect(lines.find((line) => line.startsWith("  two-phase "))?.replace(/ +/g, " ")).toBe(
      " two-phase holds 288 1,146 11 - Two-phase commit with three resource managers.",
    );
    expect(lines.find((line) => line.startsWith("  die-hard "))?.replace(/ +/g, " ")).toBe(
      " die-hard violated NotSolved - - - 7 How to get four gallons into the big jug.",
    );
    expect(stdout).toMatch(/\nexplore without a name explores raft\n$/);
  });

  it("gives the same to programs", async () => {
    const { exit, stdout } = await ran("list --json");
    expect(exit).toBe(0);
    const { format, version, models } = JSON.parse(stdout);
    expect({ format, version }).toEqual({ format: "lockstep-models", version: 1 });
    expect(models.map(({ name }: { name: string }) => name)).toEqual(builtInModels.map(({ name }) => name));
    expect(models.find(({ name }: { name: string }) => name === "two-phase")).toEqual({
      name: "two-phase",
      says: "Two-phase commit with three resource managers.",
      spec: "TwoPhase",
      file: "checker/corpus/two-phase.ts",
      constants: { RM: 3 },
      properties: ["TCConsistent", "TCSpec"],
      symmetry: false,
      large: false,
      expect: {
        verdict: "holds",
        violated: null,
        distinct: 288,
        generated: 1146,
        depth: 11,
        traceLength: null,
        source: "tlaplus/Examples, transaction_commit/TwoPhase, RM = 3",
        note: null,
      },
    });
  });

  it("gives every model a name of its own, so that explore finds each", () => {
    const names = builtInModels.map(({ name }) => name);
    expect(names.filter((name, position) => names.indexOf(name) !== position)).toEqual([]);
  });
});
