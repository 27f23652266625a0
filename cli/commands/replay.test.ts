import { describe, expect, it } from "vitest";
import type { Action } from "../../spec/lang/index.ts";
import { fakeSpecs, ran } from "../fake-io.suite.ts";
import { sampleFiles as models } from "../sample-specs.suite.ts";

/** The trace that this command writes, as text. */
async function traceOf(line: string): Promise<string> {
  const { written } = await ran(`${line} --trace t.json`, { models });
  const text = written["t.json"];
  if (text === undefined) throw new Error(`${line} wrote no trace`);
  return text;
}

interface TraceFile {
  "#meta": { lockstep: { settings: Record<string, unknown>; property: { name: string } | null } };
  vars: string[];
  states: Record<string, unknown>[];
  loop?: number;
}

/** The trace of the violation of Small, changed. */
async function changed(change: (file: TraceFile) => void): Promise<string> {
  const file: TraceFile = JSON.parse(await traceOf("explore counter.ts --property Small"));
  change(file);
  return JSON.stringify(file, null, 1);
}

async function replayed(text: string, options = "") {
  return ran(`replay t.json${options}`, { models, texts: { "t.json": text } });
}

describe("replay", () => {
  it("runs a trace against its spec, and says that it still shows its violation", async () => {
    expect(await replayed(await traceOf("explore counter.ts --property Small"))).toEqual({
      exit: 12,
      stdout: `t.json: a trace of counter
  constants max=3 wraps=true

  0  Init
       n = 0
       laps = 0
  1  Increment(by: 1)
       n 0 → 1
  2  Increment(by: 2)
       n 1 → 3

REPLAYED 2 of 2 steps · VIOLATED Small (invariant) at step 2 · as recorded
  The counter never reaches three.

again  npx lockstep replay t.json
`,
      stderr: "",
      written: {},
      endedWith: null,
    });
  });

  it("shows every kind of finding again", async () => {
    const lines: readonly (readonly [line: string, exit: number, headline: string])[] = [
      [
        "explore counter.ts --property Forward --set max=4",
        12,
        "REPLAYED 3 of 3 steps · VIOLATED Forward (step invariant) at step 3 · as recorded",
      ],
      ["explore table.ts", 11, "REPLAYED 2 of 2 steps · VIOLATED deadlock at step 2 · as recorded"],
      ["explore leaking.ts", 75, "REPLAYED 2 of 2 steps · FAILED: the effect of Grow(by: 1) failed · as recorded"],
      [
        "explore counter.ts --property Throws",
        76,
        "REPLAYED 1 of 1 steps · FAILED: the invariant Throws failed · as recorded",
      ],
    ];
    for (const [line, exit, headline] of lines) {
      const result = await replayed(await traceOf(line));
      expect({ line, exit: result.exit, headline: result.stdout.match(/^REPLAYED.*$/m)?.[0] }).toEqual({
        line,
        exit,
        headline,
      });
    }
  });

  it("says that a deadlock is gone where the spec has a way on from it", async () => {
    const text = await traceOf("explore table.ts");
    const [table] = models["table.ts"];
    const leave: Action = {
      name: "Leave",
      says: "The party is over.",
      part: () => true,
      params: () => ({}),
      guard: () => true,
      effect: () => undefined,
    };
    const mended = { ...table, spec: { ...table.spec, actions: [...table.spec.actions, leave] } };
    const world = { models: { "table.ts": [mended] }, texts: { "t.json": text } };
    const { exit, stdout } = await ran("replay t.json", world);
    expect(exit).toBe(0);
    expect(stdout).toContain("REPLAYED 2 of 2 steps · deadlock is no longer violated on this trace");
  });

  it("says that a violation is gone, and exits with 0 unless it was expected", async () => {
    const text = await traceOf("explore counter.ts --property Small");
    const [counter] = models["counter.ts"];
    if (counter === undefined) throw new Error("the sample has no model");
    const properties = counter.spec.properties.map((property) =>
      property.kind === "invariant" && property.name === "Small" ? { ...property, holds: () => true } : property,
    );
    const mended = { "counter.ts": [{ ...counter, spec: { ...counter.spec, properties } }] };
    const world = { models: mended, texts: { "t.json": text } };
    const { exit, stdout } = await ran("replay t.json", world);
    expect(exit).toBe(0);
    expect(stdout).toContain("\nREPLAYED 2 of 2 steps · Small (invariant) is no longer violated on this trace\n");
    expect((await ran("replay t.json --expect violated", world)).exit).toBe(1);
    expect((await replayed(text, " --expect violated")).exit).toBe(0);
  });

  it("uses the constants of the trace, and not those of the model", async () => {
    const { stdout } = await replayed(await traceOf("explore counter.ts --property Forward --set max=4"));
    expect(stdout).toContain("  constants max=4 wraps=true\n");
  });

  it("says why the property is false, from the source of the spec", async () => {
    const reasons = async () => [
      { depth: 0, text: "s.n < 3   3 ≥ 3", place: { file: "counter.ts", line: 44, column: 90 } },
    ];
    const specs = { ...fakeSpecs(models), reasons };
    const text = await traceOf("explore counter.ts --property Small");
    const { stdout } = await ran("replay t.json", { specs, texts: { "t.json": text } });
    expect(stdout).toContain("\n\nWhy Small is false at step 2\n  s.n < 3   3 ≥ 3  counter.ts:44:90\n");
  });

  it("gives the report to programs as JSON", async () => {
    const { stdout } = await replayed(await traceOf("explore counter.ts --property Small"), " --reporter json");
    const { format, headline, verdict, stepsFitting, finding } = JSON.parse(stdout);
    expect({ format, headline, verdict, stepsFitting, finding: finding.name }).toEqual({
      format: "lockstep-replay",
      headline: "REPLAYED 2 of 2 steps · VIOLATED Small (invariant) at step 2 · as recorded",
      verdict: "violated",
      stepsFitting: 2,
      finding: "Small",
    });
  });

  it("replays a trace of a built-in model without naming it", async () => {
    const { written } = await ran("explore die-hard --trace t.json");
    const { exit, stdout } = await replayed(written["t.json"] ?? "");
    expect(exit).toBe(12);
    expect(stdout).toContain("REPLAYED 6 of 6 steps · VIOLATED NotSolved (invariant) at step 6 · as recorded");
  });

  it("replays messages that an action takes from a bag", async () => {
    const { written } = await ran("explore raft-3s-2e-0r-1v-first-commit --trace t.json");
    const { stdout } = await replayed(written["t.json"] ?? "");
    expect(stdout).toContain("REPLAYED 10 of 10 steps · VIOLATED NoServerCommits (invariant) at step 10 · as recorded");
  });
});

describe("a trace that no longer fits", () => {
  const metaOf = (file: TraceFile, step: number) =>
    file.states[step]?.["#meta"] as { action: string; parameters: object };
  const cases: readonly (readonly [says: string, change: (file: TraceFile) => void, report: string])[] = [
    [
      "starts elsewhere",
      (file) => Object.assign(file.states[0] ?? {}, { laps: 1 }),
      `Why step 0 does not fit (t.json:36:3)
  what the trace has, and what the spec gives:
    laps 1 → 0

DIVERGED at step 0 of 2: Init leads to another state
`,
    ],
    [
      "leads to another state",
      (file) => Object.assign(file.states[2] ?? {}, { n: 2 }),
      `Why step 2 does not fit (t.json:56:3)
  what the trace has, and what the spec gives:
    n 2 → 3

DIVERGED at step 2 of 2: Increment(by: 2) leads to another state
`,
    ],
    [
      "has an action that is not enabled",
      (file) => Object.assign(metaOf(file, 1), { action: "Wrap", parameters: {} }),
      `Why step 1 does not fit (t.json:46:13)
  its guard is false:
    s.n === c.max   0 ≠ 3
  enabled here:
    Increment(by: 1)
    Increment(by: 2)

DIVERGED at step 1 of 2: Wrap is not enabled
`,
    ],
    [
      "has an action that the spec does not have",
      (file) => Object.assign(metaOf(file, 1), { action: "Incremnt" }),
      `Why step 1 does not fit (t.json:46:13)
  actions with such a name: Increment

DIVERGED at step 1 of 2: the model has no action named Incremnt
`,
    ],
    [
      "has parameters that nobody offers",
      (file) => Object.assign(metaOf(file, 1), { parameters: { by: 5 } }),
      `Why step 1 does not fit (t.json:46:13)
  it offers
    Increment(by: 1)
    Increment(by: 2)

DIVERGED at step 1 of 2: the state does not offer Increment(by: 5)
`,
    ],
    [
      "has a state that the model cannot have",
      (file) => Object.assign(file.states[1] ?? {}, { n: 11 }),
      `Why step 1 does not fit (t.json:53:9)
  n: expected a whole number from 0 to 3, found 11

DIVERGED at step 1 of 2: the state is none that the model can have
`,
    ],
    [
      "has no value for a variable of the spec",
      (file) => file.vars.pop(),
      `Why step 0 does not fit (t.json:42:12)
  laps: expected the variable laps of the spec, found no such variable

DIVERGED at step 0 of 2: the state is none that the model can have
`,
    ],
  ];
  for (const [says, change, report] of cases) {
    it(`says where and why: it ${says}`, async () => {
      const guardReasons = async () => [{ depth: 0, text: "s.n === c.max   0 ≠ 3", place: null }];
      const specs = { ...fakeSpecs(models), guardReasons };
      const { exit, stdout } = await ran("replay t.json", { specs, texts: { "t.json": await changed(change) } });
      expect(exit).toBe(1);
      expect(stdout.slice(stdout.indexOf("Why "))).toBe(`${report}\nagain  npx lockstep replay t.json\n`);
    });
  }

  it("says so where the constants of the trace are no longer accepted", async () => {
    const text = await changed((file) => {
      file["#meta"].lockstep.settings = { max: 20, speed: 1 };
    });
    const { exit, stderr } = await replayed(text);
    expect(exit).toBe(151);
    expect(stderr).toContain(
      "lockstep: the constant max of the model counter does not take this value\n  found     20\n",
    );
    expect(stderr).toContain(
      "lockstep: the constant speed of the model counter does not take this value\n  found     1\n  expected  one of max, wraps\n",
    );
  });
});

describe("a trace of another tool", () => {
  const foreign = (states: readonly object[], more: object = {}) =>
    JSON.stringify({ "#meta": { format: "ITF" }, vars: ["n", "laps", "tool::step"], states, ...more });
  const state = (n: unknown, laps: number) => ({ n, laps, "tool::step": 1 });

  it("is fitted to the steps of the spec, and every property is looked at", async () => {
    const { exit, stdout } = await replayed(
      foreign([state(0, 0), state({ "#bigint": "2" }, 0), state(2, 0), state(3, 0)]),
      " --model counter.ts",
    );
    expect(exit).toBe(0);
    expect(stdout).toBe(`t.json: a trace of counter
  constants max=3 wraps=true
  ignored   tool::step

  0  Init
       n = 0
       laps = 0
  1  Increment(by: 2)
       n 0 → 2
  2  (nothing happens)
       (nothing changed)
  3  Increment(by: 1)
       n 2 → 3

REPLAYED 3 of 3 steps · every property holds on this trace

again  npx lockstep replay t.json --model counter.ts
`);
  });

  it("that does not fit is shown with the nearest step", async () => {
    const { exit, stdout } = await replayed(foreign([state(0, 0), state(3, 1)]), " --model counter.ts");
    expect(exit).toBe(1);
    expect(stdout).toContain(`  nearest is Increment(by: 1); what the trace has, and what it gives:
    n 3 → 1
    laps 1 → 0

DIVERGED at step 1 of 1: no step of the spec leads to this state
`);
  });

  it("that loops must close its loop with a step", async () => {
    const states = [state(0, 0), state(1, 0)];
    expect((await replayed(foreign(states, { loop: 1 }), " --model counter.ts")).exit).toBe(0);
    const { exit, stdout } = await replayed(foreign(states, { loop: 0 }), " --model counter.ts");
    expect(exit).toBe(1);
    expect(stdout).toContain("DIVERGED at step 2 of 2: no step of the spec leads to this state");
  });
});
