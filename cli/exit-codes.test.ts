import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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
