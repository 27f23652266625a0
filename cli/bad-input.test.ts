import { describe, expect, it } from "vitest";
import { integer, protocol, record } from "../spec/lang/index.ts";
import { fakeSpecs, ran } from "./fake-io.suite.ts";
import { counterModels, holding, sampleFiles as models } from "./sample-specs.suite.ts";

describe("bad input to explore", () => {
  const cases: readonly (readonly [line: string, exit: number, stderr: string])[] = [
    [
      "explore two-fase",
      151,
      `lockstep: there is no model named two-fase
  expected  the name of a built-in model, or the path of a TypeScript file
  try       lockstep explore two-phase
  try       lockstep list
`,
    ],
    [
      "explore raft-2s-2e-0r-1v --dead-data --deadlock",
      151,
      `lockstep: --dead-data cannot be used together with --deadlock: without the dead data the deadlocks would be different ones
  expected  a run that reports no deadlocks, or one that keeps dead data
  try       Write --no-deadlock instead of --deadlock.
  try       Remove --dead-data from the command.
`,
    ],
    ["explore missing.ts", 150, "lockstep: missing.ts: there is no file missing.ts\n"],
    [
      "explore several.ts",
      151,
      `lockstep: several.ts: the file declares 2 models
  expected  one of counter, leaking
  try       --model counter
`,
    ],
    [
      "explore several.ts --model leeking",
      151,
      `lockstep: several.ts: the file declares no model named leeking
  expected  one of counter, leaking
  try       --model leaking
`,
    ],
    [
      "explore counter.ts --set mx=4",
      151,
      `lockstep: the model has no constant named mx
  expected  one of max, wraps
  try       --set max=...
`,
    ],
    [
      "explore counter.ts --set max=12 --set wraps=yes --set max",
      151,
      `lockstep: --set max=12: the constant max (how far the counter goes) does not take this value
  found     12
  expected  a whole number from 1 to 9
  try       --set max=3
lockstep: --set wraps=yes: the constant wraps (whether the counter starts again at its maximum) does not take this value
  found     yes
  expected  true or false
  try       --set wraps=true
lockstep: --set max: this is not a setting
  expected  name=value
  try       --set max=3
`,
    ],
    [
      "explore counter.ts --set max",
      151,
      `lockstep: --set max: this is not a setting
  expected  name=value
  try       --set max=3
`,
    ],
    [
      "explore counter.ts --set max=2 --set max=3",
      151,
      `lockstep: --set max is given twice
  expected  each constant at most once
  try       Remove one of the two.
`,
    ],
    [
      "explore counter.ts --property Smal",
      151,
      `lockstep: Counter has no property named Smal
  expected  one of Small, InRange, AfterNine, Forward, SecondLap, Eight, GoesOn, Throws
  try       --property Small
`,
    ],
    [
      "explore counter.ts --property Small --property GoesOn",
      151,
      `lockstep: counter is to be checked for GoesOn, and this version does not check temporal properties
  found     properties of infinite behaviours (leads-to, always-eventually)
  expected  invariants, step invariants and reachable goals
  try       Check the others only: --property Small
`,
    ],
    [
      "explore counter.ts --workers 2 --engine reference",
      151,
      `lockstep: --workers 2: the reference engine runs one worker
  expected  --workers 1, or no --workers
  try       Remove --workers: verdict, counts and trace are the same at any number of workers.
  try       Remove --engine reference.
`,
    ],
    [
      "explore counter.ts --seed 7",
      151,
      `lockstep: --seed 7: exploring visits every state, and has nothing that a seed could choose
  expected  no --seed
  try       Run lockstep simulate with the model and --seed 7.
`,
    ],
    [
      "explore counter.ts --max-states many",
      151,
      `error: option '--max-states <count>' argument 'many' is invalid. Expected a whole number from 1, such as 100000.
(lockstep --help shows examples)
`,
    ],
    [
      "explore counter.ts --max-memory lots",
      151,
      `error: option '--max-memory <size>' argument 'lots' is invalid. Expected a size, such as 800M or 2G.
(lockstep --help shows examples)
`,
    ],
    [
      "explore counter.ts --max-seconds 0",
      151,
      `error: option '--max-seconds <seconds>' argument '0' is invalid. Expected a number of seconds above 0, such as 30.
(lockstep --help shows examples)
`,
    ],
    [
      "explore counter.ts --search random",
      151,
      `error: option '--search <order>' argument 'random' is invalid. Allowed choices are bfs, dfs.
(lockstep --help shows examples)
`,
    ],
    [
      "explore counter.ts --propety Small",
      151,
      `error: unknown option '--propety'
(Did you mean --property?)
(lockstep --help shows examples)
`,
    ],
  ];
  for (const [line, exit, stderr] of cases) {
    it(`is one message that says what to try: ${line}`, async () => {
      expect(await ran(line, { models })).toEqual({ exit, stdout: "", stderr, written: {}, endedWith: null });
    });
  }

  it("names the part that throws when the model is built", async () => {
    const [counter] = counterModels;
    const spec = {
      ...holding.spec,
      state: () => {
        throw new RangeError("integer(0, -1): the range is empty");
      },
    };
    const broken = { "broken.ts": [{ ...(counter ?? holding), spec, file: "broken.ts" }] };
    const { exit, stderr } = await ran("explore broken.ts", { models: broken });
    expect(exit).toBe(75);
    expect(stderr).toBe(`lockstep: broken.ts: the model counter cannot be built: integer(0, -1): the range is empty
  try       Fix this line: a declaration must not throw.
`);
  });

  it("that answers one question twice, and not alike, is refused when the search notices", async () => {
    let calls = 0;
    const fickle = protocol("Fickle", { constants: {}, state: () => record({ n: integer(0, 9) }) });
    const jump = fickle.action("Jump", {
      says: "The number becomes another one at every call.",
      effect: (s) => {
        calls += 1;
        s.n = calls % 10;
      },
    });
    const small = fickle.invariant("Small", { says: "The number stays below five.", holds: (s) => s.n < 5 });
    const spec = fickle.spec({ says: "A spec with a memory of its own.", actions: [jump], properties: [small] });
    const { exit, stdout, stderr } = await ran("explore fickle.ts", {
      models: { "fickle.ts": [{ name: "fickle", spec, says: "Not a function of the state." }] },
    });
    expect({ exit, stdout }).toEqual({ exit: 75, stdout: "" });
    expect(
      stderr,
    ).toBe(`lockstep: called twice with the same arguments, the effect of Jump gave different results: it reads or keeps something besides them
  try       Put everything that changes into the state; make every choice a parameter.
`);
  });

  it("of the action itself names the action, its parameters, the state and the bound", async () => {
    const { stdout } = await ran("explore leaking.ts", { models });
    expect(stdout).toContain(`FAILED: the effect of Grow(by: 1) failed at step 3 · 3 distinct states
  n became 3; its bound is 0..2 (checked at the end of the effect: look for what assigns n)
  try       Declare a wider bound, keep the action within it by a guard, or end before it by a state constraint that is false already in the state before.

  0  Init
       n = 0
  1  Grow(by: 1)
       n 0 → 1
  2  Grow(by: 1)
       n 1 → 2
`);
  });

  it("of a property names the property and the state in which it has no answer", async () => {
    const { stdout } = await ran("explore counter.ts --property Throws", { models });
    expect(stdout).toContain(`FAILED: the invariant Throws could not be evaluated at step 1 · 3 distinct states
  the property has no answer for two
  try       Fix this line: holds must return a boolean in every state; exclude the others with when.
`);
  });
});

describe("bad input to replay", () => {
  const texts = {
    "empty.json": "",
    "cut.json": '{"vars": ["n"], "states": [{"n": ',
    "log.ndjson": '{"tag":"trace"}\n{"tag":"trace"}\n',
    "foreign.json": '{"vars": ["n", "laps"], "states": [{"n": 0, "laps": 0}]}',
  };
  const cases: readonly (readonly [line: string, exit: number, stderr: string])[] = [
    [
      "replay nowhere.json",
      153,
      `lockstep: the trace nowhere.json cannot be read: there is no such file (ENOENT)
  expected  a trace file
  try       Give the path that explore --trace printed.
`,
    ],
    [
      "replay empty.json",
      151,
      `lockstep: empty.json:1:1: the file is empty
  found     nothing
  expected  a trace: one JSON object in the form ITF
  try       Write it again: lockstep explore ... --trace <file>
`,
    ],
    [
      "replay cut.json",
      151,
      `lockstep: cut.json:1:34: the file ends in the middle of the trace
  found     the end of the file
  expected  a JSON value
  try       Write it again: the end of the file is missing.
`,
    ],
    [
      "replay log.ndjson",
      151,
      `lockstep: log.ndjson:2:1: the file holds one JSON object a line
  found     "{"
  expected  the end of the file
  try       Give an ITF file; a log of events is another kind of trace, which this command does not read.
`,
    ],
    [
      "replay foreign.json",
      151,
      `lockstep: foreign.json: the trace does not say of which model it is
  expected  a trace that explore --trace wrote, or --model
  try       --model two-phase
  try       --model my-spec.ts
`,
    ],
    [
      "replay foreign.json --model conter",
      151,
      `lockstep: there is no model named conter
  expected  the name of a built-in model, or the path of a TypeScript file
  try       lockstep list
`,
    ],
    ["replay", 151, "error: missing required argument 'trace'\n(lockstep --help shows examples)\n"],
  ];
  for (const [line, exit, stderr] of cases) {
    it(`is one message that says what to try: ${line}`, async () => {
      expect(await ran(line, { models, texts })).toEqual({ exit, stdout: "", stderr, written: {}, endedWith: null });
    });
  }
});

describe("a command line", () => {
  it("without a command shows the help and fails, so that an empty variable in a script is noticed", async () => {
    const { exit, stdout, stderr } = await ran("");
    expect({ exit, stdout }).toEqual({ exit: 151, stdout: "" });
    expect(stderr).toMatch(/^Usage: lockstep \[options\] \[command\]/);
  });

  it("with an unknown command names the nearest", async () => {
    expect(await ran("explor")).toEqual({
      exit: 151,
      stdout: "",
      stderr: "error: unknown command 'explor'\n(Did you mean explore?)\n(lockstep --help shows examples)\n",
      written: {},
      endedWith: null,
    });
  });

  it("that asks for help gets it, with examples and exit codes", async () => {
    const { exit, stdout } = await ran("--help");
    expect(exit).toBe(0);
    expect(stdout).toContain("lockstep explore two-phase --set RM=4");
    expect(stdout).toContain("0 holds, completely · 1 not as expected · 2 incomplete · 11 deadlock");
    for (const command of ["explore", "simulate", "replay", "list"]) {
      const help = await ran(`${command} --help`);
      expect([command, help.exit, help.stdout.includes(`Usage: lockstep ${command}`)]).toEqual([command, 0, true]);
    }
  });

  it("that asks for the version gets it", async () => {
    expect(await ran("--version")).toMatchObject({ exit: 0, stdout: "1.2.3\n" });
  });
});

describe("a mistake of lockstep itself", () => {
  const now = () => {
    throw new Error("the clock is broken");
  };

  it("is said to be one, without a stack", async () => {
    expect(await ran("explore counter.ts", { models, now })).toEqual({
      exit: 255,
      stdout: "",
      stderr: `lockstep: this is a mistake of lockstep, not of yours: the clock is broken
  try       Run the same command with LOCKSTEP_DEBUG=1, which also prints the stack.
  try       Report it with the command and the version, 1.2.3.
`,
      written: {},
      endedWith: null,
    });
  });

  it("in explaining a violation costs the explanation and not the report", async () => {
    const reasons = async () => {
      throw new Error("an unknown node");
    };
    const specs = { ...fakeSpecs(models), reasons };
    const { exit, stdout } = await ran("explore counter.ts --property Small", { specs });
    expect(exit).toBe(12);
    expect(stdout).toContain("VIOLATED Small (invariant) at step 2");
    expect(stdout).toContain("  not explained, by a mistake of lockstep: an unknown node\n");
  });

  it("comes with its stack where that was asked for", async () => {
    const { stderr } = await ran("explore counter.ts", { models, now, environment: { LOCKSTEP_DEBUG: "1" } });
    expect(stderr).toContain("Error: the clock is broken\n    at ");
  });
});
