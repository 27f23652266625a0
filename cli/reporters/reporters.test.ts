import { describe, expect, it } from "vitest";
import { type FakeWorld, fakeSpecs, ran } from "../fake-io.suite.ts";
import { holding, sampleFiles as models } from "../sample-specs.suite.ts";

const specs = {
  ...fakeSpecs(models),
  places: async () => ({
    action: (name: string) => ({
      file: "counter.ts",
      line: name === "Wrap" ? 24 : 15,
      column: 1,
      endLine: 30,
      endColumn: 4,
    }),
    property: () => ({ file: "counter.ts", line: 44, column: 3 }),
    field: () => null,
    parameter: () => null,
    setting: () => null,
  }),
  reasons: async () => [{ depth: 0, text: "s.n < 3   3 ≥ 3", place: { file: "counter.ts", line: 44, column: 90 } }],
};
const violated = "explore counter.ts --property Small --reporter";
const miscounted = { ...holding, expect: { verdict: "holds", distinct: 9, source: "a miscount" } } as const;

describe("the reporter tty", () => {
  it("is chosen on a terminal, and colours the text of the plain one", async () => {
    const coloured = await ran("explore counter.ts", { models, isTerminal: true });
    const plain = await ran("explore counter.ts --reporter plain", { models, isTerminal: true });
    expect(coloured.stdout).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
  });

  it("is not chosen where colours are not wanted", async () => {
    const { stdout } = await ran("explore counter.ts", { models, isTerminal: true, environment: { NO_COLOR: "1" } });
    expect(stdout).not.toContain("\u001b[");
  });
});

describe("the reporter json", () => {
  it("gives the whole report", async () => {
    const { stdout } = await ran(`${violated} json`, { specs });
    const { steps, actions, model, ...report } = JSON.parse(stdout);
    expect(report).toEqual({
      format: "lockstep-report",
      version: 1,
      tool: "1.2.3",
      headline: "VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states",
      engine: "lowered",
      exact: false,
      omission: 6 / 2 ** 64,
      mode: "breadth-first",
      verdict: "violated",
      finding: {
        kind: "invariant",
        name: "Small",
        says: "The counter never reaches three.",
        source: "our own",
        step: 2,
        shortest: true,
        place: { file: "counter.ts", line: 44, column: 3 },
        reasons: [{ depth: 0, text: "s.n < 3   3 ≥ 3", place: { file: "counter.ts", line: 44, column: 90 } }],
        error: null,
      },
      stopped: null,
      distinct: 4,
      generated: 6,
      depth: 3,
      outDegree: { min: 1, max: 2, mean: 5 / 3, p95: 2 },
      neverEnabled: ["Wrap"],
      vacuous: [],
      goals: [],
      outside: [],
      walks: null,
      spilled: null,
      expectation: null,
      traceFile: null,
      commands: {
        again: "npx lockstep explore counter.ts --property Small",
        last: "npx lockstep explore counter.ts --property Small",
      },
    });
    expect(model).toEqual({
      name: "counter",
      spec: "Counter",
      says: "A counter up to three.",
      file: "counter.ts",
      settings: { max: 3, wraps: true },
      unusual: [],
      begins: [
        { name: "n", value: "0" },
        { name: "laps", value: "0" },
      ],
      properties: [
        {
          name: "Small",
          kind: "invariant",
          says: "The counter never reaches three.",
          place: { file: "counter.ts", line: 44, column: 3 },
        },
      ],
      symmetric: [],
      viewed: false,
      checksDeadlock: false,
    });
    expect(actions).toEqual([
      { name: "Increment", fired: 5, fresh: 3 },
      { name: "Wrap", fired: 0, fresh: 0 },
    ]);
    expect(steps[2]).toEqual({
      index: 2,
      action: "Increment",
      parameters: [{ name: "by", value: "2" }],
      label: "Increment(by: 2)",
      changes: [{ kind: "changed", path: "n", before: "1", after: "3" }],
      state: [
        { name: "n", value: "3" },
        { name: "laps", value: "0" },
      ],
      place: { file: "counter.ts", line: 15, column: 1, endLine: 30, endColumn: 4 },
    });
  });
});

describe("the reporter junit", () => {
  it("has a test case for each property, and the trace in the failure", async () => {
    const { stdout } = await ran("explore counter.ts --property Small --property Eight --deadlock --reporter junit", {
      specs,
    });
    expect(stdout).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lockstep" tests="3" failures="1" errors="0" skipped="2">
  <testsuite name="counter" tests="3" failures="1" errors="0" skipped="2">
    <testcase classname="counter" name="Small (invariant)">
      <failure message="VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states">0 Init
1 Increment(by: 1)
    n 0 → 1
2 Increment(by: 2)
    n 1 → 3
s.n &lt; 3   3 ≥ 3</failure>
    </testcase>
    <testcase classname="counter" name="deadlock">
      <skipped message="not decided: the verdict is violated"/>
    </testcase>
    <testcase classname="counter" name="Eight (reachable)">
      <skipped message="not decided: the verdict is violated"/>
    </testcase>
    <system-out>VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states
npx lockstep explore counter.ts --property Small --property Eight --deadlock</system-out>
  </testsuite>
</testsuites>
`);
  });

  it("passes what a complete search has shown, and fails a goal that it has not met", async () => {
    const { stdout } = await ran(
      "explore counter.ts --property InRange --property Eight --property SecondLap --reporter junit",
      { models },
    );
    expect(stdout).toContain('<testcase classname="counter" name="InRange (invariant)"/>');
    expect(stdout).toContain('<testcase classname="counter" name="SecondLap (reachable)"/>');
    expect(stdout).toContain('<failure message="the goal Eight was not met"></failure>');
  });

  it("tells errors of the spec and miscounts from failed properties", async () => {
    const failing = await ran("explore leaking.ts --reporter junit", { models });
    expect(failing.stdout).toContain(
      '<testcase classname="leaking" name="the effect of Grow(by: 1)">\n      <error message="n became 3; its bound is 0..2 (checked at the end of the effect: look for what assigns n)">',
    );
    const { stdout } = await ran("explore counter.ts --reporter junit", { models: { "counter.ts": [miscounted] } });
    expect(stdout).toContain('name="as recorded">\n      <failure message="distinct: recorded 9, found 8">');
  });
});

describe("the reporter junit, told to be strict", () => {
  it("fails for what was never exercised", async () => {
    const line = "explore counter.ts --property InRange --set wraps=false --reporter junit";
    const failure = '<failure message="the action Wrap was never enabled"></failure>';
    expect((await ran(`${line} --strict`, { models })).stdout).toContain(failure);
    expect((await ran(line, { models })).stdout).not.toContain("<failure");
  });
});

describe("the reporter sarif", () => {
  it("shows the trace as a code flow through the spec", async () => {
    const { stdout } = await ran(`${violated} sarif`, { specs });
    const { $schema, version, runs } = JSON.parse(stdout);
    expect({ $schema, version }).toEqual({
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
    });
    const region = { startLine: 15, startColumn: 1, endLine: 30, endColumn: 4 };
    const inSpec = (text: string, executionOrder: number) => ({
      location: { physicalLocation: { artifactLocation: { uri: "counter.ts" }, region }, message: { text } },
      executionOrder,
    });
    expect(runs).toEqual([
      {
        tool: {
          driver: {
            name: "lockstep",
            version: "1.2.3",
            rules: [{ id: "Small", shortDescription: { text: "The counter never reaches three." } }],
          },
        },
        invocations: [{ executionSuccessful: true, commandLine: "npx lockstep explore counter.ts --property Small" }],
        results: [
          {
            ruleId: "Small",
            level: "error",
            message: {
              text: "VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states\nThe counter never reaches three.\ns.n < 3   3 ≥ 3\nnpx lockstep explore counter.ts --property Small",
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "counter.ts" },
                  region: { startLine: 44, startColumn: 3 },
                },
              },
            ],
            codeFlows: [
              {
                threadFlows: [
                  {
                    locations: [
                      {
                        location: {
                          physicalLocation: { artifactLocation: { uri: "counter.ts" } },
                          message: { text: "step 0: Init" },
                        },
                        executionOrder: 1,
                      },
                      inSpec("step 1: Increment(by: 1)\nn 0 → 1", 2),
                      inSpec("step 2: Increment(by: 2)\nn 1 → 3", 3),
                    ],
                  },
                ],
              },
            ],
            partialFingerprints: { model: "counter", finding: "Small" },
          },
        ],
        properties: {
          verdict: "violated",
          headline: "VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states",
        },
      },
    ]);
  });

  it("reports what kept a run from being a proof", async () => {
    const levels = async (line: string, files: typeof models | { "counter.ts": readonly (typeof miscounted)[] }) => {
      const { stdout } = await ran(`${line} --reporter sarif`, { models: files });
      return JSON.parse(stdout).runs[0].results.map(
        ({ ruleId, level }: { ruleId: string; level: string }) => `${ruleId}: ${level}`,
      );
    };
    expect(await levels("explore counter.ts", models)).toEqual([]);
    expect(await levels("explore counter.ts --max-depth 5", models)).toEqual(["incomplete: warning"]);
    expect(await levels("explore counter.ts --property Eight", models)).toEqual(["not-exercised: note"]);
    expect(await levels("explore counter.ts --property Eight --strict", models)).toEqual(["not-exercised: error"]);
    expect(await levels("explore counter.ts", { "counter.ts": [miscounted] })).toEqual(["not-as-recorded: error"]);
  });

  it("calls a run unsuccessful where the spec threw, and not where a property is violated", async () => {
    const isSuccessful = async (line: string): Promise<boolean> => {
      const { stdout } = await ran(`${line} --reporter sarif`, { models });
      return JSON.parse(stdout).runs[0].invocations[0].executionSuccessful;
    };
    expect(await isSuccessful("explore leaking.ts")).toBe(false);
    expect(await isSuccessful("explore counter.ts --property Small")).toBe(true);
  });
});

describe("the reporter github", () => {
  it("puts the verdict on the line of the property, below the plain report", async () => {
    const { stdout } = await ran(`${violated} github`, { specs });
    const plain = await ran(`${violated} plain`, { specs });
    expect(stdout).toBe(
      `${plain.stdout}::error file=counter.ts,line=44,col=3,title=VIOLATED Small (invariant) at step 2 · shortest · 4 distinct states::The counter never reaches three.%0As.n < 3   3 ≥ 3%0Anpx lockstep explore counter.ts --property Small\n`,
    );
  });

  it("warns of an incomplete run, and escapes what GitHub reads as its own", async () => {
    const annotated = async (line: string) => {
      const { stdout } = await ran(`${line} --reporter github`, { models });
      return stdout.split("\n").filter((text) => text.startsWith("::"));
    };
    expect(await annotated("explore counter.ts")).toEqual([]);
    expect(await annotated("explore counter.ts --max-depth 5")).toEqual([
      "::warning file=counter.ts,line=1,col=1,title=counter was not explored to its end::INCOMPLETE: stopped by --max-depth 5, 2 states at that depth not expanded · 7 distinct states so far",
    ]);
    expect(await annotated("explore leaking.ts")).toEqual([
      "::error file=leaking.ts,line=1,col=1,title=FAILED%3A the effect of Grow(by%3A 1) failed at step 3 · 3 distinct states::the effect of Grow(by: 1) failed: n became 3; its bound is 0..2 (checked at the end of the effect: look for what assigns n)%0Anpx lockstep explore leaking.ts",
    ]);
    expect(await annotated("explore counter.ts --property Eight")).toEqual([
      "::notice file=counter.ts,line=1,col=1,title=counter%3A not exercised::the goal Eight was not met",
    ]);
  });

  it("has an error for counts that are not the recorded ones, and under --strict for what was never exercised", async () => {
    const annotated = async (line: string, world: FakeWorld) => {
      const { stdout } = await ran(`${line} --reporter github`, world);
      return stdout.split("\n").filter((text) => text.startsWith("::"));
    };
    expect(await annotated("explore counter.ts", { models: { "counter.ts": [miscounted] } })).toEqual([
      "::error file=counter.ts,line=1,col=1,title=counter is not as recorded::distinct: recorded 9, found 8",
    ]);
    expect(await annotated("explore counter.ts --property Eight --strict", { models })).toEqual([
      "::error file=counter.ts,line=1,col=1,title=counter%3A not exercised::the goal Eight was not met",
    ]);
  });
});
