import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fakeSpecs, ran } from "./fake-io.suite.ts";
import { sampleFiles as models } from "./sample-specs.suite.ts";

const root = mkdtempSync(join(tmpdir(), "lockstep-checkpoints-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

function newFolder(): string {
  folders += 1;
  return join(root, String(folders));
}

/** Large enough for the world to have some turns before it is explored. */
const large = "explore raft-2s-2e-0r-1v";

/** All but the last paragraph, which is commands. */
function findings(stdout: string): string {
  return stdout.slice(0, stdout.indexOf("\nagain "));
}

describe("a run that is kept", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("says after %s how to go on, and goes on", async (interrupt) => {
    const folder = newFolder();
    const stopped = await ran(`${large} --checkpoint ${folder}`, { interrupts: [interrupt] });
    expect({ exit: stopped.exit, stderr: stopped.stderr }).toEqual({ exit: 2, stderr: "" });
    expect(stopped.stdout).toContain("INCOMPLETE: stopped by ");
    const resume = `${large} --resume ${folder}`;
    expect(stopped.stdout).toMatch(/\nagain {2}npx lockstep explore raft-2s-2e-0r-1v\nresume npx lockstep [^\n]+\n$/);
    expect(stopped.stdout).toContain(`\nresume npx lockstep ${resume}\n`);
    const whole = await ran(large);
    const resumed = await ran(resume);
    expect(findings(resumed.stdout)).toBe(findings(whole.stdout));
    expect(resumed.exit).toBe(0);
  });

  it("goes on without the limit that stopped it, and with the others", async () => {
    const folder = newFolder();
    const { stdout } = await ran(
      `${large} --max-states 500 --max-depth 99 --checkpoint ${folder} --checkpoint-every 7`,
    );
    expect(stdout).toContain(`\nresume npx lockstep ${large} --max-depth 99 --resume ${folder} --checkpoint-every 7\n`);
    const byDepth = newFolder();
    const stopped = await ran(`${large} --max-depth 9 --checkpoint ${byDepth}`);
    expect(stopped.stdout).toContain(`\nresume npx lockstep ${large} --resume ${byDepth}\n`);
    expect(findings((await ran(`${large} --resume ${byDepth}`)).stdout)).toBe(findings((await ran(large)).stdout));
  });

  it("leaves nothing behind that was not written when it ended, and offers no way on", async () => {
    const folder = newFolder();
    const { exit, stdout } = await ran(`explore counter.ts --checkpoint ${folder}`, { models });
    expect(exit).toBe(0);
    expect(stdout).not.toContain("resume");
    expect(existsSync(folder)).toBe(false);
  });

  it("goes on where the folder cannot be written to, and says so once", async () => {
    const file = newFolder();
    writeFileSync(file, "");
    const { exit, stdout, stderr } = await ran(`${large} --checkpoint ${file}/below --checkpoint-every 0.001`);
    expect(exit).toBe(0);
    expect(findings(stdout)).toBe(findings((await ran(large)).stdout));
    expect(
      stderr,
    ).toBe(`lockstep: the checkpoint was not written to ${file}/below: ENOTDIR: not a directory, mkdir '${file}/below'
  expected  a folder that can be written to, with room for two checkpoints; the search goes on
  try       Make room for it, or make the folder writable: the next attempt follows after 0.001 minutes.
`);
  });
});

describe("a checkpoint is refused", () => {
  const refusals = async (line: string, world = {}): Promise<string> => {
    const { exit, stdout, stderr } = await ran(line, { models, ...world });
    expect(stdout).toBe("");
    return `${exit} ${stderr}`;
  };

  it("where there is none", async () => {
    const folder = newFolder();
    expect(
      await refusals(`${large} --resume ${folder}`),
    ).toBe(`153 lockstep: ${folder}/checkpoint: there is no checkpoint
  expected  a checkpoint that --checkpoint wrote
  try       Give the folder that was given to --checkpoint.
  try       Remove --resume, to start anew.
`);
  });

  it("where it is damaged, or of another search, or would be overwritten", async () => {
    const folder = newFolder();
    const line = "explore counter.ts --max-states 3";
    await ran(`${line} --checkpoint ${folder}`, { models });
    expect(
      await refusals(`${line} --checkpoint ${folder}`),
    ).toBe(`151 lockstep: --checkpoint ${folder}: the folder holds a checkpoint already
  expected  a folder without one
  try       Write --resume ${folder}, which goes on with it.
  try       Give another folder, or remove this one.
`);
    expect(
      await refusals(`${line} --set max=5 --resume ${folder}`),
    ).toBe(`151 lockstep: ${folder}/checkpoint: the checkpoint belongs to another search: its constants are not the same
  found     max=3, wraps=true
  expected  max=5, wraps=true
  try       --set max=3 --resume ${folder}
  try       Start anew, with --checkpoint and another folder.
`);
    expect(await refusals(`${line} --property Small --resume ${folder}`)).toContain("its properties are not the same");
    const changed = { ...fakeSpecs(models), codeOf: () => "another text" };
    expect(await refusals(`${line} --resume ${folder}`, { specs: changed })).toContain(
      "its spec is not the same\n  found     the spec and the checker as they were when it was written\n",
    );
    const path = join(folder, "checkpoint");
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 1));
    expect(await refusals(`${line} --resume ${folder}`)).toBe(`153 lockstep: ${path}: the checkpoint ends too early
  expected  the file as --checkpoint wrote it, whole
  try       Use another copy of the file.
  try       Remove the file, and start anew without --resume.
`);
  });

  it("by a search that keeps none", async () => {
    for (const [options, who] of [
      ["--search dfs --checkpoint here", "--checkpoint here: a depth-first search"],
      ["--engine reference --resume here", "--resume here: the reference engine"],
    ]) {
      expect(await refusals(`explore counter.ts ${options}`)).toContain(`151 lockstep: ${who} keeps no checkpoints\n`);
    }
    expect(await refusals("explore counter.ts --checkpoint-every 5")).toContain(
      "151 lockstep: --checkpoint-every 5: there is no folder to keep the search in\n",
    );
    expect(await refusals("explore counter.ts --checkpoint here --checkpoint-every 0")).toContain(
      "Expected a number of minutes above 0, such as 10 or 0.5.",
    );
  });
});
