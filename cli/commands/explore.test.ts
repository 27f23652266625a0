import { describe, expect, it } from "vitest";
import { fakeSpecs, ran } from "../fake-io.suite.ts";
import { holding, sampleFiles as models } from "../sample-specs.suite.ts";

describe("explore", () => {
  it("says that a model holds, how much it looked at, and that it looked at everything", async () => {
    expect(await ran("explore counter.ts", { models })).toEqual({
      exit: 0,
      stdout: `counter: A counter up to three.
  constants max=3 wraps=true
  begins    n = 0, laps = 0
  checks    InRange (invariant)
  engine    lowered, breadth-first

States    8 distinct · 12 generated · depth 6
  out-degree 0 to 2, mean 1.38, 95% at most 2
  omission  a state was missed with a chance of at most 1.5e-18

Actions    fired  new states
Increment     10           6
Wrap           1           1

as recorded: verdict holds, distinct 8, generated 12, depth 6 (counted by hand)

HOLDS within bounds: max=3 · 8 distinct states · complete

again  npx lockstep explore counter.ts
`,
      stderr: "",
      written: {},
      endedWith: null,
    });
  });

  it("names the engine that ran, and the chance that fingerprints missed a state", async () => {
    const omission = "  omission  a state was missed with a chance of at most 1.5e-18\n";
    const none = "  omission  none: every state was compared in full\n";
    const byDefault = await ran("explore counter.ts", { models });
    expect(byDefault.stdout).toContain("  engine    lowered, breadth-first\n");
    expect(byDefault.stdout).toContain(omission);
    for (const engine of ["lowered", "views", "reference"]) {
      for (const option of ["", " --exact"]) {
        const isExact = engine === "reference" || option !== "";
        expect(await ran(`explore counter.ts --engine ${engine}${option}`, { models })).toEqual({
          ...byDefault,
          stdout: byDefault.stdout
            .replace("lowered, breadth-first", `${engine}, breadth-first${isExact ? ", exact" : ""}`)
            .replace(omission, isExact ? none : omission)
            .replace("explore counter.ts\n", `explore counter.ts --engine ${engine}${option}\n`),
        });
      }
    }
  });

  it("runs what the fastest engine cannot do on the one that can, and names it", async () => {
    const { stdout } = await ran("explore counter.ts --search dfs", { models });
    expect(stdout).toContain("  engine    reference, depth-first, exact\n");
    const { stdout: exactly } = await ran("explore counter.ts --search dfs --exact", { models });
    expect(exactly).toBe(stdout.replace("counter.ts --search dfs\n", "counter.ts --exact --search dfs\n"));
  });

  it("compares states in full where it is asked to, and says so in data too", async () => {
    const { exit, stdout } = await ran("explore counter.ts --exact --reporter json", { models });
    const { engine, exact, omission, distinct, commands } = JSON.parse(stdout);
    const again = "npx lockstep explore counter.ts --exact";
    expect([exit, engine, exact, omission, distinct, commands]).toEqual([
      0,
      "lowered",
      true,
      0,
      8,
      { again, last: again },
    ]);
  });

  it.each(["--checkpoint", "--resume"])("refuses --exact with %s, which keeps no states", async (option) => {
    const { exit, stdout, stderr } = await ran(`explore counter.ts --exact ${option} kept`, { models });
    expect([exit, stdout, stderr]).toEqual([
      151,
      "",
      `lockstep: ${option} kept: a checkpoint holds fingerprints, and not the states that --exact compares
  expected  a search without --exact, or one that is not kept
  try       Remove ${option} from the command.
  try       Remove --exact: the report prints the chance that a state was missed.
`,
    ]);
  });

  it("refuses an engine that was asked for what it cannot do", async () => {
    for (const engine of ["lowered", "views"]) {
      const { exit, stderr } = await ran(`explore counter.ts --engine ${engine} --search dfs`, { models });
      expect([exit, stderr]).toEqual([
        151,
        `lockstep: --engine ${engine}: this engine searches breadth-first only
  try       Remove --engine: Lockstep then picks the fastest engine that can run this model and this search.
`,
      ]);
    }
  });

  it("shows the shortest way to a violation, by what each step changes", async () => {
    const { exit, stdout } = await ran("explore counter.ts --property Small", { models });
    expect(exit).toBe(12);
    // Two behaviours are shortest: one and then two, and two and then one.
    const steps = [...stdout.matchAll(/Increment\(by: (\d)\)/g)].map(([, by]) => Number(by));
    expect([...steps].sort()).toEqual([1, 2]);
    expect(stdout).toBe(`counter: A counter up to three.
  constants max=3 wraps=true
  begins    n = 0, laps = 0
  checks    Small (invariant)
  engine    lowered, breadth-first

States    4 distinct · 6 generated · depth 3
  out-degree 1 to 2, mean 1.67, 95% at most 2
  omission  a state was missed with a chance of at most 3.3e-19

Actions    fired  new states
Increment      5           3
Wrap           0           0

VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states
  The counter never reaches three. (our own)

  0  Init
       n = 0
       laps = 0
  1  Increment(by: ${steps[0]})
       n 0 → ${steps[0]}
  2  Increment(by: ${steps[1]})
       n ${steps[0]} → 3

again  npx lockstep explore counter.ts --property Small
`);
  });

  it("shows whole states where they are asked for", async () => {
    const { stdout } = await ran("explore counter.ts --property Small --full", { models });
    expect(stdout).toContain("  2  Increment(by: 2)\n       n = 3\n       laps = 0\n");
  });

  it("says why the property is false, and where that stands", async () => {
    const specs = {
      ...fakeSpecs(models),
      places: async () => ({
        action: () => null,
        property: () => ({ file: "counter.ts", line: 44, column: 3 }),
        field: () => null,
        parameter: () => null,
        setting: () => null,
      }),
      reasons: async () => [
        { depth: 0, text: "s.n < 3   3 ≥ 3", place: { file: "counter.ts", line: 44, column: 90 } },
        { depth: 1, text: "s.n   3", place: null },
      ],
    };
    const { stdout } = await ran("explore counter.ts --property Small", { specs });
    expect(stdout).toContain("  The counter never reaches three. (our own)\n  counter.ts:44:3\n");
    expect(stdout).toContain(
      "Why Small is false at step 2\n  s.n < 3   3 ≥ 3  counter.ts:44:90\n    s.n   3\n\nagain ",
    );
  });

  it("gives each verdict its exit code", async () => {
    const lines: readonly (readonly [line: string, exit: number, verdict: string])[] = [
      [
        "explore counter.ts --property Forward",
        12,
        "VIOLATED Forward (step invariant) at step 3 · shortest · 4 distinct states",
      ],
      [
        "explore counter.ts --property Forward --search dfs",
        12,
        "VIOLATED Forward (step invariant) at step 3 · not shortest · 4 distinct states",
      ],
      ["explore table.ts", 11, "VIOLATED deadlock at step 2 · shortest · 4 distinct states"],
      ["explore table.ts --no-deadlock", 0, "HOLDS within bounds: Guest=2 · 4 distinct states · complete"],
      ["explore table.ts --no-deadlock --symmetry", 0, "HOLDS within bounds: Guest=2 · 3 distinct states · complete"],
      [
        "explore table.ts --set Guest=3 --no-deadlock",
        0,
        "HOLDS within bounds: Guest=3 · 8 distinct states · complete",
      ],
      ["explore leaking.ts", 75, "FAILED: the effect of Grow(by: 1) failed at step 3 · 3 distinct states"],
      [
        "explore counter.ts --property Throws",
        76,
        "FAILED: the invariant Throws could not be evaluated at step 1 · 3 distinct states",
      ],
      [
        "explore counter.ts --max-states 1",
        2,
        "INCOMPLETE: stopped by --max-states 1, 1 state left on the queue · 1 distinct state so far",
      ],
      [
        "explore counter.ts --max-depth 2",
        2,
        "INCOMPLETE: stopped by --max-depth 2, 2 states at that depth not expanded · 3 distinct states so far",
      ],
      [
        "explore counter.ts --max-seconds 0.01",
        2,
        "INCOMPLETE: stopped by --max-seconds 0.01, 1 state left on the queue · 1 distinct state so far",
      ],
      [
        "explore counter.ts --max-memory 40M",
        2,
        "INCOMPLETE: stopped by --max-memory 40 MB, 1 state left on the queue · 1 distinct state so far",
      ],
    ];
    for (const [line, exit, verdict] of lines) {
      const result = await ran(line, { models });
      expect({ line, exit: result.exit, verdict: result.stdout.match(/^[A-Z]{5,}.* distinct .*$/m)?.[0] }).toEqual({
        line,
        exit,
        verdict,
      });
    }
  });

  it("stops before the heap overflows, and names the bound", async () => {
    const worlds = [
      ["explore counter.ts --engine reference", { heapBytesMax: 1000 }],
      ["explore counter.ts", { memoryBytesMax: 1000 }],
    ] as const;
    for (const [line, world] of worlds) {
      const { exit, stdout } = await ran(line, { models, ...world });
      expect(exit).toBe(2);
      expect(stdout).toContain("INCOMPLETE: stopped by the memory this process may use, 0 MB, 1 state left");
    }
  });

  it("exits with 0 for the verdict that was expected, and with 1 for another", async () => {
    const exits: readonly (readonly [line: string, exit: number])[] = [
      ["explore counter.ts --property Small --expect violated", 0],
      ["explore counter.ts --property Small --expect holds", 1],
      ["explore counter.ts --expect holds", 0],
      ["explore counter.ts --expect violated", 1],
      ["explore counter.ts --max-states 1 --expect incomplete", 0],
      ["explore counter.ts --max-states 1 --expect holds", 1],
      ["explore leaking.ts --expect violated", 75],
    ];
    for (const [line, exit] of exits) expect([line, (await ran(line, { models })).exit]).toEqual([line, exit]);
  });

  it("fails where the counts are not the recorded ones, and says which", async () => {
    const expect_ = {
      verdict: "holds",
      distinct: 9,
      generated: 12,
      depth: 7,
      unmet: [],
      source: "a miscount",
      note: "counted in haste",
    } as const;
    const { exit, stdout } = await ran("explore counter.ts", {
      models: { "counter.ts": [{ ...holding, expect: expect_ }] },
    });
    expect(exit).toBe(1);
    expect(stdout).toContain(`NOT AS RECORDED
  distinct: recorded 9, found 8
  depth: recorded 7, found 6
  recorded from a miscount
  note: counted in haste
`);
  });

  it("compares with what was recorded only where the model is as it was declared", async () => {
    for (const change of ["--set max=4", "--property AfterNine", "--deadlock", "--max-states 1", "--search dfs"]) {
      expect((await ran(`explore counter.ts ${change}`, { models })).stdout).not.toContain("recorded");
    }
    expect((await ran("explore counter.ts --set max=3 --property InRange", { models })).stdout).toContain(
      "as recorded",
    );
  });

  it("says what was never exercised, and fails for it where it is told to be strict", async () => {
    const line = "explore counter.ts --property AfterNine --property Eight --property SecondLap --set wraps=false";
    const { exit, stdout } = await ran(line, { models });
    expect(exit).toBe(0);
    expect(stdout).toContain(`not exercised: the action Wrap was never enabled
not exercised: the antecedent of AfterNine was never true
not exercised: the goal SecondLap was not met
not exercised: the goal Eight was not met
`);
    expect((await ran(`${line} --strict`, { models })).exit).toBe(1);
    expect((await ran("explore counter.ts --strict", { models })).exit).toBe(0);
  });

  it("names the step that met a goal first, and the goals that are recorded as out of reach", async () => {
    const unmet = {
      ...holding,
      properties: ["SecondLap", "Eight"],
      expect: { verdict: "holds", unmet: ["Eight"], source: "a thought" },
    } as const;
    const { exit, stdout } = await ran("explore counter.ts --strict", { models: { "counter.ts": [unmet] } });
    expect(exit).toBe(0);
    expect(stdout).toContain(
      "goal SecondLap met at step 3\ngoal Eight is out of reach within these bounds, as recorded\n",
    );
  });

  it("fails under --strict for goals that are not recorded as out of reach, and for all where the model is another one", async () => {
    const recorded = (unmet: readonly string[]) =>
      ({ ...holding, properties: ["Eight"], expect: { verdict: "holds", unmet, source: "a thought" } }) as const;
    const gate = async (unmet: readonly string[], options: string) => {
      const line = `explore counter.ts --strict${options}`;
      const { exit, stdout } = await ran(line, { models: { "counter.ts": [recorded(unmet)] } });
      return [exit, stdout.includes("not exercised (--strict): the goal Eight was not met\n")];
    };
    expect(await gate(["Eight"], "")).toEqual([0, false]);
    expect(await gate([], "")).toEqual([1, true]);
    expect(await gate(["Eight"], " --set max=4")).toEqual([1, true]);
  });

  it("chooses one of the models of a file by its name", async () => {
    expect((await ran("explore several.ts --model leaking", { models })).stdout).toContain(
      "leaking: An action without a guard.",
    );
  });

  it("ends with the command that does the run again, with everything that makes it what it is", async () => {
    const options =
      "--model counter --set max=4 --set wraps=false --property InRange --no-symmetry --deadlock --max-states 99 --strict --search dfs --max-depth 9";
    const { stdout } = await ran(`explore several.ts ${options} --reporter plain --full --expect violated`, { models });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`again  npx lockstep explore several.ts ${options}`);
  });

  it("explores a built-in model by its name, with the counts that are recorded for it", async () => {
    const { exit, stdout } = await ran("explore two-phase");
    expect(exit).toBe(0);
    expect(stdout).toContain("as recorded: verdict holds, distinct 288, generated 1,146, depth 11 ");
  });

  it("gives the same bytes for the same command", async () => {
    const line = "explore counter.ts --property Small --trace violation.itf.json";
    expect(await ran(line, { models })).toEqual(await ran(line, { models }));
  });
});

describe("an interrupt", () => {
  /** Large enough for the world to have some turns before it is explored. */
  const large = "explore raft-2s-2e-0r-1v";

  it("stops the search, and the report says how far it came", async () => {
    const { exit, stdout, endedWith } = await ran(large, { interrupts: ["SIGINT"] });
    expect({ exit, endedWith }).toEqual({ exit: 2, endedWith: null });
    expect(stdout).toMatch(
      /^INCOMPLETE: stopped by Ctrl-C, \d+ states? left on the queue · \d+ distinct states? so far$/m,
    );
    expect(stdout).toMatch(/^States {4}\d+ distinct/m);
  });

  it("of a supervisor is named as such", async () => {
    expect((await ran(large, { interrupts: ["SIGTERM"] })).stdout).toContain("INCOMPLETE: stopped by SIGTERM, ");
  });

  it("that comes twice ends the program at once", async () => {
    const listeners: (() => void)[] = [];
    const world = {
      onInterrupt: (listener: (interrupt: "SIGINT") => void) => {
        listeners.push(() => listener("SIGINT"));
        return () => undefined;
      },
      turn: async () => {
        for (const listener of listeners) {
          listener();
          listener();
        }
      },
    };
    expect((await ran(large, world)).endedWith).toBe(130);
  });
});

describe("a trace", () => {
  it("is written where it was asked for, and the report ends with its replay", async () => {
    const { exit, stdout, written } = await ran("explore counter.ts --property Small --trace out/small.itf.json", {
      models,
    });
    expect(exit).toBe(12);
    expect(stdout).toContain(`The trace is in out/small.itf.json
again  npx lockstep explore counter.ts --property Small
replay npx lockstep replay out/small.itf.json
`);
    expect(written).toEqual({
      "out/small.itf.json": `{
  "#meta": {
    "format": "ITF",
    "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
    "varTypes": {
      "n": "Int",
      "laps": "Int"
    },
    "lockstep": {
      "version": 1,
      "tool": "1.2.3",
      "model": "counter",
      "spec": "Counter",
      "file": "counter.ts",
      "isBuiltIn": false,
      "settings": {
        "max": 3,
        "wraps": true
      },
      "verdict": "violated",
      "property": {
        "name": "Small",
        "kind": "invariant",
        "says": "The counter never reaches three.",
        "place": null
      },
      "shortest": true,
      "actions": {}
    }
  },
  "vars": ["n","laps"],
  "states": [
    {
      "#meta": {"index":0,"action":"Init","parameters":{}},
      "n": 0,
      "laps": 0
    },
    {
      "#meta": {"index":1,"action":"Increment","parameters":{"by":1}},
      "n": 1,
      "laps": 0
    },
    {
      "#meta": {"index":2,"action":"Increment","parameters":{"by":2}},
      "n": 3,
      "laps": 0
    }
  ]
}
`,
    });
  });

  it("carries the places of the actions in it and of the property", async () => {
    const specs = {
      ...fakeSpecs(models),
      places: async () => ({
        action: () => ({ file: "counter.ts", line: 15, column: 1, endLine: 22, endColumn: 4 }),
        property: () => ({ file: "counter.ts", line: 44, column: 3 }),
        field: () => null,
        parameter: () => null,
        setting: () => null,
      }),
    };
    const { written } = await ran("explore counter.ts --property Small --trace t.json", { specs });
    const { property, actions } = JSON.parse(written["t.json"] ?? "")["#meta"].lockstep;
    expect(property.place).toEqual({ file: "counter.ts", line: 44, column: 3 });
    expect(actions).toEqual({ Increment: { file: "counter.ts", line: 15, column: 1, endLine: 22, endColumn: 4 } });
  });

  it("is not written where nothing was found", async () => {
    expect((await ran("explore counter.ts --trace t.json", { models })).written).toEqual({});
  });

  it("that does not fit on the disk costs the trace and not the report", async () => {
    const writeFailure = { ok: false, code: "ENOSPC", message: "ENOSPC: no space left on device, write" } as const;
    const { exit, stdout, stderr } = await ran("explore counter.ts --property Small --trace t.json", {
      models,
      writeFailure,
    });
    expect(exit).toBe(153);
    expect(stdout).toContain("VIOLATED Small (invariant) at step 2");
    expect(stdout).toMatch(/\nagain {2}npx lockstep explore counter.ts --property Small\n$/);
    expect(stderr).toBe(`lockstep: the trace was not written to t.json: the disk is full (ENOSPC)
  expected  a path that can be written to; nothing else of the report is lost
  try       Free space, or use another disk, and run the same command again.
`);
  });

  it("tells how states are packed, what actions were seen to do, and the tree of one", async () => {
    const all = await ran("explore counter.ts --explain", { models });
    expect(all.exit).toBe(0);
    expect(all.stdout).toMatch(/^a state: 1 words of packed cells/);
    expect(all.stdout).toContain("word 0 bits 0..1  n");
    expect(all.stdout).toMatch(/Increment: \d+ ways, \d+ outcomes\n {4}asks n\n {4}changes n/);
    expect(all.stdout).not.toContain("kept of each state");
    const exact = await ran("explore counter.ts --exact --explain", { models });
    expect(exact.stdout).toContain("kept of each state: 4.0 bytes\n");
    const one = await ran("explore counter.ts --explain Increment", { models });
    expect(one.stdout).toContain("    changes n");
    const none = await ran("explore counter.ts --explain Nobody", { models });
    expect([none.exit, none.stdout]).toEqual([151, ""]);
    expect(none.stderr).toContain("there is no action named Nobody");
  });
});
