import { describe, expect, it } from "vitest";
import { StorageError } from "../checker/index.ts";
import { memoryStorage } from "../checker/spill/memory-storage.suite.ts";
import { type FakeWorld, ran } from "./fake-io.suite.ts";
import { sampleFiles as models } from "./sample-specs.suite.ts";

/** More states than a megabyte has room for. */
const large = "explore raft-3s-1e-0r-1v --workers 1";

/** All but the last paragraph, which is commands, and what was written to disk. */
function findings(stdout: string): string {
  return stdout.slice(0, stdout.indexOf("\nagain ")).replace(/^ {2}disk .*\n/m, "");
}

/** A storage that notes when it is closed. */
function noted(isFull?: (words: number) => boolean) {
  const asked: (string | null)[] = [];
  const closed: string[] = [];
  const openStorage: FakeWorld["openStorage"] = (folder) => {
    asked.push(folder);
    return { ok: true, folder: "spilled/here", close: () => closed.push("spilled/here"), ...memoryStorage(isFull) };
  };
  return { asked, closed, openStorage };
}

describe("a run with --memory", () => {
  it("finds what one without it finds, and says what it wrote to disk", async () => {
    const storage = noted();
    const whole = await ran(large);
    const short = await ran(`${large} --memory 1M --spill-folder there`, { openStorage: storage.openStorage });
    expect(findings(short.stdout)).toBe(findings(whole.stdout));
    expect(short.exit).toBe(0);
    expect(short.stdout).toMatch(
      /\n {2}disk {6}from level \d+ on: \d+ MB written, \d+ sorted runs and rows that wait\n/,
    );
    expect(short.stdout).toContain(`again  npx lockstep ${large} --memory 1M --spill-folder there\n`);
    expect(short.stderr).toBe("lockstep: --memory is used up: one thread goes on on disk, in spilled/here\n");
    expect(storage).toMatchObject({ asked: ["there"], closed: ["spilled/here"] });
  });

  it("says nothing of a disk where the memory is enough", async () => {
    const storage = noted();
    const { stdout, stderr } = await ran(`${large} --memory 1G`, { openStorage: storage.openStorage });
    expect(findings(stdout)).toBe(findings((await ran(large)).stdout));
    expect([stdout.includes("  disk "), stderr]).toEqual([false, ""]);
    expect(storage).toMatchObject({ asked: [null], closed: ["spilled/here"] });
  });

  it("reports it to programs", async () => {
    const { spilled } = JSON.parse((await ran(`${large} --memory 1M --reporter json`)).stdout);
    expect(Object.keys(spilled)).toEqual(["bytes", "runs", "fromLevel"]);
    const { spilled: nothing } = JSON.parse((await ran(`${large} --reporter json`)).stdout);
    expect(nothing).toBe(null);
  });

  it("waits while the disk is full, and says so", async () => {
    let writes = 0;
    const { openStorage, closed } = noted(() => {
      writes += 1;
      return writes > 3 && writes < 7;
    });
    const { stdout, stderr } = await ran(`${large} --memory 1M`, { openStorage });
    expect(findings(stdout)).toBe(findings((await ran(large)).stdout));
    expect(stderr).toMatch(
      /^lockstep: --memory is used up: .*\nlockstep: the disk is full after \d+ MB: waiting for room in spilled\/here; Ctrl-C ends the run\nlockstep: there is room again: going on\n$/,
    );
    expect(closed).toEqual(["spilled/here"]);
  });

  it("ends at Ctrl-C while it waits", async () => {
    let writes = 0;
    const { openStorage, closed } = noted(() => {
      writes += 1;
      return writes > 3;
    });
    let rests = 0;
    const listeners = new Set<(interrupt: "SIGINT") => void>();
    const { exit, stdout } = await ran(`${large} --memory 1M`, {
      openStorage,
      rest: async () => {
        rests += 1;
        if (rests === 5) for (const listener of listeners) listener("SIGINT");
      },
      onInterrupt: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    expect([exit, rests, closed]).toEqual([2, 5, ["spilled/here"]]);
    expect(stdout).toContain("INCOMPLETE: stopped by Ctrl-C");
  });

  it("gives the folder back where the disk fails", async () => {
    const storage = noted(() => {
      throw new StorageError("EIO: i/o error, write");
    });
    const { exit, stdout, stderr } = await ran(`${large} --memory 1M`, { openStorage: storage.openStorage });
    expect([exit, stdout, storage.closed]).toEqual([153, "", ["spilled/here"]]);
    expect(stderr).toBe(`lockstep: the disk that the search goes on on failed: EIO: i/o error, write
  expected  files that can be written and read again until the search ends
  try       Give --spill-folder a folder on another disk.
  try       Give more --memory.
`);
  });
});

describe("--memory is refused", () => {
  const refusal = async (options: string, world: FakeWorld = {}): Promise<string> => {
    const { exit, stdout, stderr } = await ran(`explore counter.ts ${options}`, { models, ...world });
    expect(stdout).toBe("");
    return `${exit} ${stderr}`;
  };

  it("with what keeps all states in memory", async () => {
    expect(
      await refusal("--memory 2M --engine reference"),
    ).toBe(`151 lockstep: --memory 2M: the reference engine keeps all states in memory
  expected  a breadth-first search, without --engine reference
  try       Remove --engine reference.
  try       Use --max-memory, which stops the run.
`);
    expect(await refusal("--memory 2M --search dfs")).toContain("a depth-first search keeps all states in memory");
  });

  it("with checkpoints, which a search on disk does not keep", async () => {
    expect(
      await refusal("--memory 2M --checkpoint kept"),
    ).toBe(`151 lockstep: --memory 2M with --checkpoint kept: a search that goes on on disk keeps no checkpoints
  expected  one of the two
  try       Remove --memory from the command.
  try       Remove --checkpoint kept.
`);
    expect(await refusal("--memory 2M --resume kept")).toContain("--memory 2M with --resume kept: ");
  });

  it("where it is too little, no size, or there is no folder for it", async () => {
    expect(await refusal("--memory 999K")).toContain("151 lockstep: --memory 999K: a search needs more");
    expect(await refusal("--memory much")).toContain("Expected a size, such as 800M or 2G.");
    expect(await refusal("--spill-folder there")).toContain(
      "151 lockstep: --spill-folder there: without --memory nothing is kept on disk",
    );
    const openStorage: FakeWorld["openStorage"] = (folder) => ({
      ok: false,
      code: "EACCES",
      message: "EACCES: not allowed",
      folder: folder ?? "/tmp",
    });
    expect(
      await refusal("--memory 2M --spill-folder there", { openStorage }),
    ).toBe(`153 lockstep: --spill-folder there: EACCES: not allowed
  expected  a folder that can be written to
  try       Give --spill-folder another folder.
`);
  });
});
