import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTrace, encodeTrace, type Json, positionOfPath, type Trace } from "./index.ts";

const trace: Trace = {
  origin: {
    tool: "0.1.0",
    model: "two-phase",
    spec: "TwoPhase",
    file: "checker/corpus/two-phase.ts",
    isBuiltIn: true,
    settings: { RM: 2, loss: true, network: "bag" },
    verdict: "violated",
    property: {
      name: "Consistent",
      kind: "invariant",
      says: "No resource manager has committed while another has aborted.",
      place: { file: "checker/corpus/two-phase.ts", line: 79, column: 20, endLine: 83, endColumn: 3 },
    },
    shortest: true,
    actions: { Prepare: { file: "checker/corpus/two-phase.ts", line: 45, column: 19 } },
  },
  variables: ["rmState", "messages"],
  types: { messages: "Set(Str)" },
  states: [
    { action: "Init", parameters: {}, values: { rmState: { "#map": [["r1", "working"]] }, messages: { "#set": [] } } },
    {
      action: "Prepare",
      parameters: { r: "r1" },
      values: { rmState: { "#map": [["r1", "prepared"]] }, messages: { "#set": ["r1"] } },
    },
  ],
  loop: null,
};

const text = `{
  "#meta": {
    "format": "ITF",
    "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
    "varTypes": {
      "messages": "Set(Str)"
    },
    "lockstep": {
      "version": 1,
      "tool": "0.1.0",
      "model": "two-phase",
      "spec": "TwoPhase",
      "file": "checker/corpus/two-phase.ts",
      "isBuiltIn": true,
      "settings": {
        "RM": 2,
        "loss": true,
        "network": "bag"
      },
      "verdict": "violated",
      "property": {
        "name": "Consistent",
        "kind": "invariant",
        "says": "No resource manager has committed while another has aborted.",
        "place": {
          "file": "checker/corpus/two-phase.ts",
          "line": 79,
          "column": 20,
          "endLine": 83,
          "endColumn": 3
        }
      },
      "shortest": true,
      "actions": {
        "Prepare": {
          "file": "checker/corpus/two-phase.ts",
          "line": 45,
          "column": 19
        }
      }
    }
  },
  "vars": ["rmState","messages"],
  "states": [
    {
      "#meta": {"index":0,"action":"Init","parameters":{}},
      "rmState": {"#map":[["r1","working"]]},
      "messages": {"#set":[]}
    },
    {
      "#meta": {"index":1,"action":"Prepare","parameters":{"r":"r1"}},
      "rmState": {"#map":[["r1","prepared"]]},
      "messages": {"#set":["r1"]}
    }
  ]
}
`;

describe("a trace file", () => {
  it("is ITF with what Lockstep knows beyond it under #meta", () => {
    expect(encodeTrace(trace)).toBe(text);
  });

  it("reads back as the trace that was written", () => {
    expect(decodeTrace(text)).toEqual({ ok: true, trace });
  });

  it("of a behaviour without end keeps where it loops", () => {
    const lasso = { ...trace, loop: 1 };
    expect(decodeTrace(encodeTrace(lasso))).toEqual({ ok: true, trace: lasso });
  });

  it("of another tool is a trace without origin and without actions", () => {
    const foreign =
      '{"#meta":{"format":"ITF","varTypes":{"x":"Int"}},"vars":["x"],"states":[{"#meta":{"index":0},"x":1},{"x":{"#bigint":"2"}}]}';
    expect(decodeTrace(foreign)).toEqual({
      ok: true,
      trace: {
        origin: null,
        variables: ["x"],
        types: { x: "Int" },
        states: [
          { action: null, parameters: {}, values: { x: 1 } },
          { action: null, parameters: {}, values: { x: { "#bigint": "2" } } },
        ],
        loop: null,
      },
    });
  });

  it("reads back whatever its values are", () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
    const states = fc.array(
      fc.record({
        action: fc.string(),
        parameters: fc.dictionary(fc.constantFrom("i", "m"), json),
        values: fc.record({ "a b": json, '"': json }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(states, (some) => {
        const random: Trace = { ...trace, variables: ["a b", '"'], states: some };
        expect(decodeTrace(encodeTrace(random))).toEqual({ ok: true, trace: random });
      }),
    );
  });

  it("that was cut off anywhere is a truncated file, and never a shorter trace", () => {
    const whole = text.trimEnd().length;
    for (let length = 1; length < whole; length += 1) {
      const decoded = decodeTrace(text.slice(0, length));
      expect(decoded.ok ? "a trace" : decoded.fault.code).toBe("truncated");
    }
  });
});

describe("a file that is no trace", () => {
  const cases: readonly (readonly [says: string, text: string, fault: object])[] = [
    [
      "an empty file",
      " \n",
      {
        code: "empty",
        line: 1,
        column: 1,
        what: "the file is empty",
        expected: "a trace: one JSON object in the form ITF",
        found: "nothing",
        tryThis: "Write it again: lockstep explore ... --trace <file>",
      },
    ],
    [
      "a truncated file",
      text.slice(0, text.indexOf('"prepared"') + 5),
      {
        code: "truncated",
        line: 52,
        column: 38,
        what: "the file ends in the middle of the trace",
        expected: 'the rest of a string, and "',
        found: "the end of the file",
        tryThis: "Write it again: the end of the file is missing.",
      },
    ],
    [
      "no JSON",
      "server 1 became leader\n",
      {
        code: "not-json",
        line: 1,
        column: 1,
        what: "the file is not JSON",
        expected: "a JSON value",
        found: '"s"',
        tryThis: "Give a file that lockstep explore --trace wrote, or an ITF file of Apalache or Quint.",
      },
    ],
    [
      "a comma too many",
      '{\n  "vars": ["x",]\n}',
      {
        code: "not-json",
        line: 2,
        column: 16,
        what: "the file is not JSON",
        expected: "a JSON value",
        found: '"]"',
        tryThis: "Give a file that lockstep explore --trace wrote, or an ITF file of Apalache or Quint.",
      },
    ],
    [
      "a log of events",
      '{"tag":"trace"}\n{"tag":"trace"}\n',
      {
        code: "json-lines",
        line: 2,
        column: 1,
        what: "the file holds one JSON object a line",
        expected: "the end of the file",
        found: '"{"',
        tryThis: "Give an ITF file; a log of events is another kind of trace, which this command does not read.",
      },
    ],
    [
      "JSON of something else",
      '{"name": "lockstep"}',
      {
        code: "not-itf",
        line: 1,
        column: 1,
        what: "the file is JSON, and not a trace",
        expected: '"vars", the names of the variables',
        found: "nothing",
        tryThis: "Give a file that lockstep explore --trace wrote, or an ITF file of Apalache or Quint.",
      },
    ],
    [
      "a trace without states",
      '{"vars": ["x"],\n "states": []}',
      {
        code: "not-itf",
        line: 2,
        column: 12,
        what: "the file is JSON, and not a trace",
        expected: "at least one state: an empty trace shows nothing",
        found: "[]",
        tryThis: "Give a file that lockstep explore --trace wrote, or an ITF file of Apalache or Quint.",
      },
    ],
    [
      "a state without a variable",
      text.replace('"rmState": {"#map":[["r1","prepared"]]},\n', ""),
      {
        code: "damaged",
        line: 50,
        column: 5,
        what: "the trace is damaged at states[1]",
        expected: "a value for the variable rmState",
        found: "nothing",
        tryThis: "Write it again: lockstep explore ... --trace <file>",
      },
    ],
    [
      "a newer version",
      text.replace('"version": 1', '"version": 7'),
      {
        code: "newer-version",
        line: 9,
        column: 18,
        what: "the trace was written by a newer version of lockstep",
        expected: "format version 1",
        found: "7",
        tryThis: "the version of lockstep that wrote it, which the trace names as its tool",
      },
    ],
    [
      "an unreadable version",
      text.replace('"version": 1', '"version": "one"'),
      {
        code: "damaged",
        line: 9,
        column: 18,
        what: "the version of the trace cannot be read",
        expected: "format version 1",
        found: '"one"',
        tryThis: "the version of lockstep that wrote it, which the trace names as its tool",
      },
    ],
    [
      "a damaged constant",
      text.replace('"RM": 2', '"RM": [2]'),
      {
        code: "damaged",
        line: 16,
        column: 15,
        what: "the trace is damaged at #meta.lockstep.settings.RM",
        expected: "a number, true, false or a name",
        found: "[2]",
        tryThis: "Write it again: lockstep explore ... --trace <file>",
      },
    ],
  ];
  for (const [says, file, fault] of cases) {
    it(`is refused with the place of the fault: ${says}`, () => {
      expect(decodeTrace(file)).toEqual({ ok: false, fault });
    });
  }

  it("is never taken for one, whatever one character is changed to", () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("{", "}", '"', ",", "x", "\u0000"), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        const decoded = decodeTrace(changed);
        if (decoded.ok) expect(JSON.parse(changed)).toBeTypeOf("object");
        else expect(decoded.fault.line).toBeGreaterThan(0);
      }),
    );
  });
});

describe("the position of a value in JSON text", () => {
  it("is where it starts, or where the deepest part of its path starts that is there", () => {
    expect(positionOfPath('{"a": [1,\n  {"b": 2}]}', ["a", 1, "b"])).toEqual({ line: 2, column: 9 });
    expect(positionOfPath('{"a": [1,\n  {"b": 2}]}', ["a", 1, "c"])).toEqual({ line: 2, column: 3 });
  });
});
