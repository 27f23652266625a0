import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "lockstep-kills-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  expect(spawnSync(process.execPath, [join(root, "tools", "setup.mjs")], { cwd: root }).status).toBe(0);
});

const kills = 20;
const seed = 20261123;

interface Ended {
  /** Null where it was killed. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program that users run, and kills it after so many milliseconds where it has not ended by then. */
function lockstep(args: readonly string[], killAfter: number): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => {
      clearTimeout(timer);
      resolve({ exit, ...printed });
    });
  });
}

/** All of a report but the commands, which differ in their options. */
function findingsOf({ exit, stdout, stderr }: Ended): unknown {
  expect({ exit, stderr }).toEqual({ exit, stderr: "" });
  return { exit, ...JSON.parse(stdout), commands: null };
}

/** Numbers from 0 to 1, the same in every run. */
function seeded(): () => number {
  let word = seed;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
}

describe("a search that is killed again and again", () => {
  const minute = 60_000;
  const searches = [
    ["raft-three-terms", [1]],
    ["figure-8", [1]],
    ["raft-three-terms", [2, 1]],
  ] as const;

  it.each(searches)(`ends as one that is left alone: %s, workers %j (seed ${seed})`, async (model, workers) => {
    const random = seeded();
    const line = (threads = 1) => ["explore", model, "--workers", String(threads), "--reporter", "json"];
    const whole = findingsOf(await lockstep(line(), 2 * minute));
    const kept = join(folder, `${model}-${workers.length}`);
    const often = ["--checkpoint-every", "0.0005"];
    const run = (killAfter: number, threads?: number): Promise<Ended> =>
      lockstep(
        [...line(threads), existsSync(join(kept, "checkpoint")) ? "--resume" : "--checkpoint", kept, ...often],
        killAfter,
      );
    let resumed = 0;
    for (let killed = 0; killed < kills; ) {
      if (existsSync(join(kept, "checkpoint"))) resumed += 1;
      const ended = await run(100 + random() * 1400, workers[killed % workers.length]);
      if (ended.exit === null) killed += 1;
      else {
        expect(findingsOf(ended)).toEqual(whole);
        rmSync(kept, { recursive: true });
      }
    }
    expect(resumed).toBeGreaterThan(kills / 4);
    expect(findingsOf(await run(2 * minute, workers[0]))).toEqual(whole);
  });
});
