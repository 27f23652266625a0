import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EndlessPart, endlessNames, endlessSpec, endlessWideSpec } from "./endless-specs.suite.ts";
import { exitCodes } from "./exit-codes.ts";

const root = join(import.meta.dirname, "..");
const program = [process.execPath, join(root, "dist", "cli", "main.js")];
const folder = mkdtempSync(join(tmpdir(), "lockstep-endless-"));
const parts = Object.keys(endlessNames) as EndlessPart[];

interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

beforeAll(() => {
  expect(spawnSync(process.execPath, [join(root, "tools", "setup.mjs")], { cwd: root }).status).toBe(0);
  for (const part of parts) writeFileSync(join(folder, `${part}.ts`), endlessSpec(part));
  writeFileSync(join(folder, "wide.ts"), endlessWideSpec);
  // The trace of a spec that ends, for one with the same states that does not.
  const brief = endlessSpec("guard").replace("s.n === 5) forever", "s.n < 0) forever").replace("s.n <= 9;", "s.n < 7;");
  writeFileSync(join(folder, "replayed.ts"), brief);
  const traced = spawnSync(program[0] ?? "", [program[1] ?? "", "explore", "replayed.ts", "--trace", "t.json"], {
    cwd: folder,
  });
  expect(traced.status).toBe(exitCodes.safety);
  writeFileSync(join(folder, "replayed.ts"), endlessSpec("guard"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the program in a process group of its own, and makes sure that nothing of the group is left. */
function ended(
  command: readonly string[],
  args: string,
  signalled: NodeJS.Signals | null,
  cwd = folder,
): Promise<Ended> {
  const [file = "", ...before] = command;
  const child = spawn(file, [...before, ...args.split(" ")], {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const group = -(child.pid ?? 0);
  const printed = { stdout: "", stderr: "" };
  let isSignalled = signalled === null;
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
      if (isSignalled || !printed.stderr.includes("has not returned for")) return;
      isSignalled = true;
      // As a terminal does.
      if (signalled !== null) process.kill(group, signalled);
    });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => {
      // Where the test runs out of time here, a process is left.
      const wait = (): void => {
        if (isRunning(group)) setImmediate(wait);
        else resolve({ exit, ...printed });
      };
      wait();
    });
  });
}

/** Whether any process of the group is there. */
function isRunning(group: number): boolean {
  try {
    return process.kill(group, 0);
  } catch {
    return false;
  }
}

function lockstep(args: string, signalled: NodeJS.Signals | null = null): Promise<Ended> {
  return ended(program, args, signalled);
}

/** Each way to run a spec, with a function that does not return there. */
const ways = [
  ["explore guard.ts", "guard", "5 distinct states so far"],
  ["explore wide.ts --workers 2", "guard of Light", "distinct states so far"],
  ["explore guard.ts --engine views", "guard", "5 distinct states so far"],
  ["explore guard.ts --engine reference", "guard", "5 distinct states so far"],
  ["explore guard.ts --search dfs", "guard", "5 distinct states so far"],
  ["simulate guard.ts", "guard", "5 distinct states so far"],
  ["replay t.json", "guard", null],
  ["explore guard.ts --explain", "guard", null],
] as const;

function nameOf(part: string): string {
  return part in endlessNames ? endlessNames[part as EndlessPart] : `the ${part}`;
}

describe.concurrent("a function of a spec that does not return", () => {
  it.each(parts)("is ended by --max-seconds, and named: %s", async (part) => {
    const options = part === "deadData" ? " --dead-data" : "";
    const { exit, stdout, stderr } = await lockstep(`explore ${part}.ts${options} --max-seconds 1`);
    expect(stderr).toMatch(
      new RegExp(`^lockstep: ended by --max-seconds 1: ${endlessNames[part]}.* had not returned for \\d\\.\\d s\n`),
    );
    expect(exit).toBe(exitCodes.incomplete);
    const begins = ["loading", "state", "part", "params"].includes(part);
    if (begins) expect(stdout).toBe("");
    else
      expect(stdout).toContain(`INCOMPLETE: stopped by --max-seconds 1 while ${endlessNames[part]} did not return, `);
  });

  it.each(ways)("is ended by --max-seconds in each way to run it: %s", async (line, part, found) => {
    // Until several threads share the work, seconds go by.
    const seconds = line.includes("--workers") ? 20 : 1;
    const { exit, stdout, stderr } = await lockstep(`${line} --max-seconds ${seconds}`);
    expect(stderr).toContain(`lockstep: ended by --max-seconds ${seconds}: ${nameOf(part)} had not returned for `);
    expect(exit).toBe(exitCodes.incomplete);
    if (found === null) expect(stdout).toBe("");
    else expect(stdout).toContain(found);
  });

  it.each([...ways, ["explore loading.ts", "loading", null] as const])(
    "is ended by Ctrl-C: %s",
    async (line, part, found) => {
      const { exit, stdout, stderr } = await lockstep(line, "SIGINT");
      expect(stderr).toContain(`lockstep: ended by Ctrl-C: ${nameOf(part)}`);
      expect(exit).toBe(exitCodes.incomplete);
      if (found === null) expect(stdout).toBe("");
      else expect(stdout).toContain(found);
    },
  );

  it("is named in a report of any form", async () => {
    const { stdout } = await lockstep("explore effect.ts --max-seconds 1 --reporter json");
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "incomplete",
      distinct: 5,
      stopped: { by: "time", limit: 1, frontier: 1, cause: "--max-seconds 1 while the effect of Grow did not return" },
    });
  });

  it("whose memory ends first has an exit code of its own, and is named", async () => {
    writeFileSync(join(folder, "heap.ts"), endlessSpec("heap"));
    const node = [process.execPath, "--max-old-space-size=120", program[1] ?? ""];
    const { exit, stdout, stderr } = await ended(node, "explore heap.ts", null);
    expect(stderr).toMatch(
      /^(lockstep: the guard .*\n)?lockstep: the memory is used up: the \d+ MB .*, while the guard of Grow ran\n/,
    );
    expect(stderr).toContain("try       Use --max-states or --max-memory");
    expect(stdout).toContain("INCOMPLETE: stopped by the heap while the guard of Grow ran, 1 state left");
    expect(exit).toBe(exitCodes.memory);
  });

  it("leaves no process where the program was started by npx", async () => {
    const { stdout } = await ended(["npx"], `lockstep explore ${join(folder, "guard.ts")}`, "SIGINT", root);
    expect(stdout).toContain("INCOMPLETE: stopped by Ctrl-C while the guard of Grow did not return, 1 state left");
  });
});
