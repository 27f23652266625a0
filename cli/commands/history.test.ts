import { describe, expect, it } from "vitest";
import { ran } from "../fake-io.suite.ts";

const stale = `{"process":0,"type":"invoke","f":"write","value":1,"time":1000000}
{"process":0,"type":"ok","f":"write","value":1,"time":2000000}
{"process":0,"type":"invoke","f":"write","value":2,"time":3000000}
{"process":0,"type":"ok","f":"write","value":2,"time":4500000}
{"process":1,"type":"invoke","f":"read","time":5000000}
{"process":1,"type":"ok","f":"read","value":1,"time":6000000}
`;
const fine = stale.replace('"f":"read","value":1', '"f":"read","value":2');
const wide = [
  ...Array.from({ length: 12 }, (_, i) => `{"process":${i},"type":"invoke","f":"write","value":${i}}`),
  ...Array.from({ length: 12 }, (_, i) => `{"process":${i},"type":"ok","f":"write"}`),
  '{"process":0,"type":"invoke","f":"read"}',
  '{"process":0,"type":"ok","f":"read","value":99}',
].join("\n");
const texts = { "stale.ndjson": stale, "fine.ndjson": fine, "wide.ndjson": wide, "no.txt": "hello" };

async function checked(line: string) {
  const { exit, stdout, stderr } = await ran(`history check ${line}`, { texts });
  return { exit, stdout, stderr };
}

describe("history check", () => {
  it("shows the operations that cannot be ordered, by process and over time", async () => {
    expect(await checked("stale.ndjson --model register")).toEqual({
      exit: 12,
      stdout: `stale.ndjson: VIOLATED · 3 operations on register

  3 operations cannot be ordered

    process 0  [==]                  write 1: ok  lines 1-2, 0.000 to 1.000 ms
    process 0        [==]            write 2: ok  lines 3-4, 2.000 to 3.500 ms
    process 1              [==]      read gave 1  lines 5-6, 4.000 to 5.000 ms

  "read gave 1" (process 1, line 5) cannot be placed after "write 1: ok" (process 0, line 1), "write 2: ok" (process 0, line 3)
  each of them is needed: without any one, the rest can be ordered

`,
      stderr: "",
    });
  });

  it("says that a history is linearizable, with an order on request", async () => {
    const heading = "fine.ndjson: LINEARIZABLE · 3 operations on register\n";
    expect(await checked("fine.ndjson --model register")).toEqual({ exit: 0, stdout: heading, stderr: "" });
    expect((await checked("fine.ndjson --model register --witness")).stdout).toBe(`${heading}  an order:
    write 1: ok (process 0, line 1)
    write 2: ok (process 0, line 3)
    read gave 2 (process 1, line 5)
`);
  });

  it("says that it is incomplete when the time ends", async () => {
    expect(await checked("wide.ndjson --model register --max-seconds 0.01")).toEqual({
      exit: 2,
      stdout: `wide.ndjson: INCOMPLETE · 13 operations on register
  the time of --max-seconds ended before an order was found, or shown not to be
`,
      stderr: "",
    });
  });

  it("exits for the worst of several files", async () => {
    expect((await checked("fine.ndjson stale.ndjson --model register")).exit).toBe(12);
    expect((await checked("stale.ndjson fine.ndjson --model register")).exit).toBe(12);
    expect((await checked("fine.ndjson wide.ndjson --model register --max-seconds 0.01")).exit).toBe(2);
    expect((await checked("wide.ndjson stale.ndjson --model register --max-seconds 1")).exit).toBe(12);
  });

  it("gives the same to programs", async () => {
    const { exit, stdout } = await checked("fine.ndjson stale.ndjson --model register --reporter json --witness");
    expect(exit).toBe(12);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      format: "lockstep-history-verdicts",
      version: 1,
      model: "register",
      files: [
        { file: "fine.ndjson", operations: 3, verdict: "linearizable", witnesses: [{ key: null }] },
        { file: "stale.ndjson", operations: 3, verdict: "violated", keys: [null], violation: { isMinimal: true } },
      ],
    });
    expect(report.files[1].violation.operations).toHaveLength(3);
  });

  it("refuses files that cannot be read or understood, before it checks any", async () => {
    expect(await checked("fine.ndjson gone.ndjson --model register")).toEqual({
      exit: 153,
      stdout: "",
      stderr: `lockstep: the history gone.ndjson cannot be read: no gone.ndjson (ENOENT)
  expected  a file of events
  try       Give the path of a history, as docs/histories.md describes it.
`,
    });
    expect(await checked("no.txt --model register")).toEqual({
      exit: 151,
      stdout: "",
      stderr: `lockstep: no.txt:1: the file is no history
  found     hello
  expected  a line that begins with {" (JSON), {: (EDN) or INFO jepsen.util (a Jepsen log)
  try       See docs/histories.md, which describes the formats and shows a line of each.
`,
    });
  });

  it("refuses a command line without a known model, a file or a time", async () => {
    for (const [line, said] of [
      ["fine.ndjson", "required option '--model <name>' not specified"],
      ["fine.ndjson --model stack", "Allowed choices are register, cas-register, kv, kv-cas."],
      ["--model register", "missing required argument 'file'"],
      ["fine.ndjson --model register --max-seconds 0", "Expected a number of seconds above 0"],
    ] as const) {
      const { exit, stdout, stderr } = await checked(line);
      expect({ exit, stdout }).toEqual({ exit: 151, stdout: "" });
      expect(stderr).toContain(said);
    }
  });
});
