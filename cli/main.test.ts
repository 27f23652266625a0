import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodes } from "./exit-codes.ts";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist", "cli", "main.js");
const folder = mkdtempSync(join(tmpdir(), "lockstep-main-"));

/** One signal, as soon as the program listens: nothing depends on how fast the machine is. */
const interruptsItself = `
  const timer = setInterval(() => {
    if (process.listenerCount("SIGINT") === 0) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGINT");
  }, 1);
  timer.unref();
`;

beforeAll(() => {
  expect(spawnSync(process.execPath, [join(root, "tools", "setup.mjs")], { cwd: root }).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

function lockstep(
  args: readonly string[],
  { node = [], stdout = "pipe" }: { node?: readonly string[]; stdout?: "pipe" | number } = {},
) {
  const {
    status,
    stdout: out,
    stderr,
  } = spawnSync(process.execPath, [...node, program, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", stdout, "pipe"],
  });
  return { status, stdout: out, stderr };
}

describe("the program", () => {
  it("explores, writes a trace, and replays it", () => {
    const explored = lockstep(["explore", "die-hard", "--trace", "traces/die-hard.itf.json"]);
    expect({ status: explored.status, stderr: explored.stderr }).toEqual({ status: exitCodes.safety, stderr: "" });
    expect(explored.stdout).toContain("  checker/corpus/die-hard.ts:");
    expect(explored.stdout).toContain("Why NotSolved is false at step 6\n  s.big !== 4   ");
    expect(explored.stdout).toMatch(/\nreplay npx lockstep replay traces\/die-hard\.itf\.json\n$/);
    const trace = JSON.parse(readFileSync(join(folder, "traces", "die-hard.itf.json"), "utf8"));
    expect(trace["#meta"].lockstep.actions.FillBigJug.file).toBe("checker/corpus/die-hard.ts");
    const replayed = lockstep(["replay", "traces/die-hard.itf.json"]);
    expect(replayed.status).toBe(exitCodes.safety);
    expect(replayed.stdout).toContain("REPLAYED 6 of 6 steps · VIOLATED NotSolved (invariant) at step 6 · as recorded");
  });

  it("answers Ctrl-C with the report of what it has done so far", () => {
    const node = ["--import", `data:text/javascript,${encodeURIComponent(interruptsItself)}`];
    const { status, stdout, stderr } = lockstep(["explore", "raft"], { node });
    expect({ status, stderr }).toEqual({ status: exitCodes.incomplete, stderr: "" });
    expect(stdout).toMatch(
      /\nINCOMPLETE: stopped by Ctrl-C, [\d,]+ states? left on the queue · [\d,]+ distinct states? so far\n/,
    );
  });

  it("says that it could not print its report where stdout is a full disk", () => {
    // The device that is always full exists on Linux only; elsewhere there is nothing to try this on.
    if (!existsSync("/dev/full")) return;
    const { status, stderr } = lockstep(["list"], { stdout: openSync("/dev/full", "w") });
    expect(stderr).toBe("lockstep: the report could not be printed: ENOSPC: no space left on device, write\n");
    expect(status).toBe(exitCodes.system);
  });
});
