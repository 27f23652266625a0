import { describe, expect, it } from "vitest";
import { ran } from "../fake-io.suite.ts";

const small = "--nodes 3 --spares 1 --steps 3000";

describe("sim", () => {
  it("says what was simulated, and that everything held", async () => {
    const { exit, stdout, stderr, written } = await ran(`sim --seed 7 ${small}`);
    expect({ exit, stderr, written }).toEqual({ exit: 0, stderr: "", written: {} });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^1 run · [\d,]+ events · [\d,]+ events\/s · [\d.]+ s simulated in [\d.]+ s$/);
    expect(stdout).toMatch(/\n {2}faults \w/);
    expect(stdout).toMatch(/\n {2}elections \d+ · commits \d+\n/);
    expect(stdout).toMatch(/\n {2}hash of the events [0-9a-f]{16}\n/);
    expect(stdout).toContain("  every property held, and every history is linearizable\n");
  });

  it("writes the same events and history for the same seed", async () => {
    const line = `sim --seed 5 ${small} --log run.log --history run.ndjson`;
    const [one, other] = [await ran(line), await ran(line)];
    expect(Object.keys(one.written)).toEqual(["run.log", "run.ndjson"]);
    expect(other.written).toEqual(one.written);
    const check = await ran("history check run.ndjson --model kv-cas", { texts: one.written });
    expect(check.exit).toBe(0);
  });

  it("runs seeds one after the other, and prints JSON", async () => {
    const { exit, stdout } = await ran(`sim --seeds 3 ${small} --json`);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: "lockstep-sim-report",
      verdict: "holds",
      runs: 3,
      failure: null,
    });
  });

  it("runs the schedule of a file", async () => {
    const faults = '{"at":400000,"kind":"crash","target":"leader","for":50000}';
    const head = '{"format":"lockstep-sim-schedule","version":1,"seed":1,"servers":3,"spares":0,"steps":3000';
    const texts = { "one.json": `${head},"faults":[${faults}]}` };
    const { exit, stdout } = await ran("sim --schedule one.json --json", { texts });
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ faults: { crash: 1, isolate: 0 }, seen: { crashes: 1, restarts: 1 } });
  });

  it("stops at its limit with nothing shown", async () => {
    const { exit, stdout } = await ran("sim --seeds 1000 --steps 1e6 --max-seconds 1");
    expect(exit).toBe(2);
    expect(stdout).toContain("INCOMPLETE: stopped before all seeds were run");
  });

  it("stops at an interrupt with nothing shown", async () => {
    const { exit, stdout } = await ran("sim --seeds 1000 --steps 1e6 --json", { interrupts: ["SIGINT"] });
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "incomplete", runs: 0, failure: null });
  });

  it("ends at once at a second interrupt", async () => {
    const listeners: (() => void)[] = [];
    const world = {
      onInterrupt: (listener: (interrupt: "SIGINT") => void) => {
        listeners.push(() => listener("SIGINT"));
        return () => undefined;
      },
      turn: async () => {
        for (const listener of listeners) for (let i = 0; i < 2; i += 1) listener();
      },
    };
    expect((await ran("sim --steps 1e6", world)).endedWith).toBe(130);
  });

  it.each([
    ["sim --schedule none.json", 153, "the schedule none.json cannot be read: no none.json (ENOENT)"],
    ["sim --schedule bad.json", 151, "the schedule bad.json is not understood at format"],
    ["sim --seeds 2 --log run.log", 151, "--log is about one run, and --seeds asks for 2"],
    ["sim --nodes 0", 151, "Expected a whole number from 1 to 32."],
    ["sim --steps 0", 151, "Expected a whole number from 1, such as 100000 or 1e6."],
    ["sim --spares 99", 151, "Expected a whole number up to 32."],
  ])("refuses %s", async (line, exit, what) => {
    const refused = await ran(line, { texts: { "bad.json": "{}" } });
    expect(refused.exit).toBe(exit);
    expect(refused.stderr).toContain(what);
  });

  it("says so where a file cannot be written", async () => {
    const writeFailure = { ok: false, code: "ENOSPC", message: "no space left" } as const;
    const { exit, stderr } = await ran(`sim ${small} --log run.log`, { writeFailure });
    expect(exit).toBe(153);
    expect(stderr).toContain("run.log cannot be written: no space left");
  });
});
