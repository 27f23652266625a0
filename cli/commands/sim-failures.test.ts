import { describe, expect, it } from "vitest";
import { type Report, Run, type RunOptions } from "../../impl/sim/index.ts";
import { patchedSimulator } from "../../impl/sim/mutants/patched.suite.ts";
import { type Ran, ran } from "../fake-io.suite.ts";
import type { Simulator } from "../sim-run.ts";

const small = "--nodes 3 --spares 1 --steps 6000";

/** A cluster whose core has this mistake in it. */
function withMistake(file: string, find: string, replace: string): Promise<Simulator> {
  return patchedSimulator({ name: file, says: replace, patches: [{ file, find, replace }] });
}

/** An entry is acknowledged before it is on the disk. */
const undurable = (): Promise<Simulator> => {
  const accepted = '(node, message.from, { kind: "append-accepted", matchIndex });';
  return withMistake("append.ts", `sendWhenDurable${accepted}`, `send${accepted}`);
};

/** Nothing is committed after some entries. */
const stuck = (): Promise<Simulator> =>
  withMistake("commitment.ts", "if (replicated <= node.commit ||", "if (replicated > 40 ||");

/** Every server answers reads from what it has. */
const stale = (): Promise<Simulator> => {
  const find = '  if (role.kind !== "leader") {\n';
  const answer = 'node.out.answers.push({ kind: "read-ready", id, index: 0 });';
  return withMistake("reads.ts", find, `  if (node.term > 0) {\n    ${answer}\n    return;\n  }\n${find}`);
};

/** A server that starts again fails one assertion, and a commit late in the run, which needs no fault, another one. */
const twofold = (): Promise<Simulator> =>
  patchedSimulator({
    name: "twofold",
    says: "two assertions fail, one of them without any fault",
    patches: [
      {
        file: "start.ts",
        find: "  drawElectionTimeout(node);\n",
        replace: '  drawElectionTimeout(node);\n  if (incarnation > 1) throw new Error(id + " starts again");\n',
      },
      {
        file: "commitment.ts",
        find: "  node.commit = replicated;\n",
        replace: '  node.commit = replicated;\n  if (replicated > 250) throw new Error("250 entries are enough");\n',
      },
    ],
  });

/** Clients that saw so many writes at once that no order is found before the time is over. */
class Undecidable {
  readonly #run: Run;

  constructor(options: RunOptions) {
    this.#run = new Run(options);
  }

  advance(events: number): boolean {
    return this.#run.advance(events);
  }

  get report(): Report {
    const event = (process: number, type: string, f: string, value: string | null): string =>
      JSON.stringify({ process, type, f, key: "k", value, time: 0 });
    const writers = Array.from({ length: 12 }, (_, process) => process);
    const lines = [
      ...writers.map((process) => event(process, "invoke", "put", String(process))),
      ...writers.map((process) => event(process, "ok", "put", String(process))),
      event(0, "invoke", "get", null),
      event(0, "ok", "get", "never written"),
    ];
    return { ...this.#run.report, history: `${lines.join("\n")}\n` };
  }
}

/** The verdict and all that explains it. */
function verdictOf({ stdout }: Ran): string {
  return stdout.slice(stdout.indexOf("VIOLATED"), stdout.indexOf("are listed in") - 3).replace(/\n {2}\d+ *$/, "");
}

/** The only file that was written. */
function written({ written: files }: Ran): string {
  const [text = "", ...others] = Object.values(files);
  expect(others).toEqual([]);
  return text;
}

async function replayed(schedule: string, simulator: Simulator, more = ""): Promise<Ran> {
  return ran(`sim --schedule sim-seed-1.json${more}`, { simulator, texts: { "sim-seed-1.json": schedule } });
}

describe("sim, where a property of the cluster is violated", () => {
  it("exits with 12, says what and where, and writes the schedule that shows it again", async () => {
    const simulator = await undurable();
    const failing = await ran(`sim ${small}`, { simulator });
    expect(failing.exit).toBe(12);
    expect(failing.stdout).toMatch(
      /\n\nVIOLATED CommittedIsDurableOnAQuorum: seed 1 at n\d, event \d+, 0\.\d{6} s\n {2}n\d commits entry \d+ of term 1, which is not on the disks of a quorum\n\n {2}0 faults are listed in sim-seed-1\.json\n {2}again {3}npx lockstep sim --schedule sim-seed-1\.json --log run\.log\n$/,
    );
    expect(failing.stdout).not.toContain("every property held");
    const again = await replayed(written(failing), simulator);
    expect(again.exit).toBe(12);
    expect(again.stdout.replace(/^.*\n/, "")).toBe(failing.stdout.replace(/^.*\n/, ""));
  });

  it("says the same in JSON", async () => {
    const { exit, stdout } = await ran(`sim ${small} --json`, { simulator: await undurable() });
    expect(exit).toBe(12);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "violated",
      runs: 1,
      failure: { seed: 1, property: "CommittedIsDurableOnAQuorum", schedule: "sim-seed-1.json" },
    });
  });

  it("ends the log with the event in which it was seen", async () => {
    const { stdout, written } = await ran(`sim ${small} --log run.log`, { simulator: await undurable() });
    const [, server, event, time] = / at (n\d), event (\d+), ([\d.]+) s\n/.exec(stdout) ?? [];
    const lines = (written["run.log"] ?? "").trimEnd().split("\n");
    expect(lines.length).toBe(Number(event));
    expect(lines.at(-1)).toContain(`${time} ${server} message `);
  });

  it("stops at the first seed that shows it", async () => {
    const { exit, stdout } = await ran(`sim --seeds 5 ${small}`, { simulator: await undurable() });
    expect(exit).toBe(12);
    expect(stdout).toMatch(/^1 run /);
  });

  it("reports it all the same where the schedule or the log cannot be written, and exits with 153", async () => {
    const writeFailure = { ok: false, code: "ENOSPC", message: "no space left" } as const;
    for (const [options, file] of [
      ["", "sim-seed-1.json"],
      [" --log run.log", "run.log"],
    ] as const) {
      const { exit, stdout, stderr } = await ran(`sim ${small}${options}`, {
        simulator: await undurable(),
        writeFailure,
      });
      expect(exit).toBe(153);
      expect(stdout).toContain("\nVIOLATED CommittedIsDurableOnAQuorum: seed 1 at n");
      expect(stderr).toContain(`${file} cannot be written: no space left`);
    }
  });
});

describe("sim, where an assertion of the core fails", () => {
  it("exits with 12, and shows where the core threw", async () => {
    const { exit, stdout } = await ran(`sim ${small}`, { simulator: await twofold() });
    expect(exit).toBe(12);
    expect(stdout).toMatch(/\nVIOLATED NoAssertionFails: seed 1, event \d+, /);
    expect(stdout).toMatch(/\n {2}n\d starts again\n +at start /);
  });
});

describe("sim, where the cluster does not commit again", () => {
  it("exits with 13", async () => {
    const { exit, stdout } = await ran(`sim ${small}`, { simulator: await stuck() });
    expect(exit).toBe(13);
    expect(stdout).toMatch(/\nVIOLATED CommitsAgain: seed 1 at n\d, event \d+, /);
  });
});

describe("sim, where the members do not become the same", () => {
  it("exits with 13", async () => {
    const simulator = await withMistake(
      "commitment.ts",
      "if (commit <= node.commit) return;",
      "if (commit <= node.commit || commit > 40) return;",
    );
    const { exit, stdout } = await ran("sim --nodes 3 --spares 1 --steps 3000", { simulator });
    expect(exit).toBe(13);
    expect(stdout).toMatch(/\nVIOLATED Converges: seed 1 at n\d, event \d+, /);
  });
});

describe("sim, where a history is too large to decide", () => {
  const line = "sim --nodes 3 --spares 0 --steps 500 --max-seconds 0.01";

  it("exits with 2, and says so", async () => {
    const { exit, stdout } = await ran(line, { simulator: { Run: Undecidable } });
    expect(exit).toBe(2);
    expect(stdout).toContain(" without an answer, 1 histories undecided\n");
    expect(stdout).toContain("\n  INCOMPLETE: 1 histories were too large to decide\n");
  });

  it("says the same in JSON", async () => {
    const { exit, stdout } = await ran(`${line} --json`, { simulator: { Run: Undecidable } });
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "incomplete",
      runs: 1,
      operations: { undecided: 1 },
      failure: null,
    });
  });
});

describe("sim, where a history has no order", () => {
  it("exits with 12, and explains it", async () => {
    const failing = await ran(`sim ${small} --history run.ndjson`, { simulator: await stale() });
    expect(failing.exit).toBe(12);
    expect(failing.stdout).toMatch(/\nVIOLATED Linearizability: seed 1, key k[\d.]+/);
    expect(failing.stdout).toMatch(/ cannot be placed /);
    const checked = await ran("history check run.ndjson --model kv-cas", { texts: failing.written });
    expect(checked.exit).toBe(12);
  });
});

describe("sim --shrink", () => {
  it("keeps the failure that it was given, although another of the same property needs no fault at all", async () => {
    const simulator = await twofold();
    const whole = await ran(`sim ${small}`, { simulator });
    expect(verdictOf(whole)).toContain("starts again");
    const { faults, ...schedule } = JSON.parse(written(whole));
    const other = await replayed(JSON.stringify({ ...schedule, faults: [] }), simulator);
    expect(verdictOf(other)).toContain("250 entries are enough");

    const shrunk = await ran(`sim ${small} --shrink`, { simulator });
    expect(verdictOf(shrunk)).toContain("starts again");
    const left = JSON.parse(written(shrunk)).faults;
    expect(left.length).toBeLessThan(faults.length);
    expect(left.map(({ kind }: { readonly kind: string }) => kind)).toContain("crash");
  });

  it.each([
    ["of an assertion", twofold],
    ["of a property of the cluster", undurable],
    ["of a cluster that does not commit again", stuck],
    ["of a history", stale],
  ])("reports the run of the schedule that it writes: the failure %s", async (_, mistake) => {
    const simulator = await mistake();
    const shrunk = await ran(`sim ${small} --shrink`, { simulator });
    const schedule = written(shrunk);
    const again = await replayed(schedule, simulator);
    expect(again.exit).toBe(shrunk.exit);
    expect(verdictOf(again)).toBe(verdictOf(shrunk));
    expect(written(again)).toBe(schedule);
  });

  it("writes the log and the history of that run, and its hash", async () => {
    const simulator = await stuck();
    const shrunk = await ran(`sim ${small} --shrink --log run.log --history run.ndjson`, { simulator });
    const schedule = shrunk.written["sim-seed-1.json"] ?? "";
    const again = await replayed(schedule, simulator, " --log run.log --history run.ndjson");
    expect(again.written).toEqual(shrunk.written);
    const hash = /hash of the events of the run with these faults ([0-9a-f]{16})/.exec(shrunk.stdout)?.[1];
    expect(again.stdout).toContain(`  hash of the events ${hash}\n`);
    expect(shrunk.stdout).toMatch(/\n {2}0 faults are listed in sim-seed-1\.json, of 8\n/);
    const json = await ran(`sim ${small} --shrink --json`, { simulator });
    expect(JSON.parse(json.stdout).failure).toMatchObject({ digest: hash, faults: { listed: 0, atFirst: 8 } });
  });
});
