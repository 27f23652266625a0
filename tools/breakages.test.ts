import { describe, expect, it } from "vitest";
import { broken, problemsOf, readerOf } from "./breakages/breakage.mjs";
import { meanings } from "./breakages/meaning.mjs";
import { breakages } from "./breakages/table.mjs";
import { testRunOf } from "./breakages/test-run.mjs";
import { ROOT } from "./setup/ready.mjs";

const files: Readonly<Record<string, string>> = { "a.ts": "if (one) two();\nif (one) three();\n", "a.test.ts": "" };
const read = (path: string): string | null => files[path] ?? null;
const fine = {
  name: "two-is-left-out",
  file: "a.ts",
  find: "two();",
  replace: "",
  breaks: "Nothing is done.",
  tests: ["a.test.ts"],
};

describe("the table of breakages", () => {
  it("fits the sources: every text occurs once in its file, and every test is there", () => {
    expect(problemsOf(breakages, readerOf(ROOT))).toEqual([]);
  });

  it("fits the sources too where it puts back what was once wrong with the meaning of a spec", () => {
    const reads = readerOf(ROOT);
    const unfit = meanings.flatMap(({ name, edits }) =>
      edits.filter(({ file, find }) => reads(file)?.split(find).length !== 2).map(({ file }) => `${name}: ${file}`),
    );
    expect(unfit).toEqual([]);
    expect(new Set(meanings.map(({ point }) => point))).toEqual(new Set(["A1", "A2", "A3"]));
  });

  it("is refused where it does not", () => {
    const problemOf = (change: Partial<typeof fine>) => problemsOf([{ ...fine, ...change }], read);
    expect(problemOf({})).toEqual([]);
    expect(problemOf({ find: "if (one)" })).toEqual([
      "two-is-left-out: its text occurs 2 times in a.ts, and has to occur once: if (one)",
    ]);
    expect(problemOf({ find: "four();" })[0]).toContain("its text occurs 0 times");
    expect(problemOf({ file: "b.ts" })).toEqual(["two-is-left-out: there is no file b.ts"]);
    expect(problemOf({ replace: "two();" })).toEqual(["two-is-left-out: it changes nothing"]);
    expect(problemOf({ tests: [] })).toEqual(["two-is-left-out: it names no test"]);
    expect(problemOf({ tests: ["b.test.ts"] })).toEqual(["two-is-left-out: there is no test b.test.ts"]);
    expect(problemOf({ tests: ["a.ts"] })).toEqual(["two-is-left-out: there is no test a.ts"]);
    expect(problemOf({ file: "a.test.ts", find: "" })[0]).toContain("a.test.ts");
    expect(problemOf({ name: "Two" })).toEqual(["Two: the name is not kebab-case"]);
    expect(problemOf({ breaks: "nothing" })).toEqual(["two-is-left-out: what it breaks is no sentence: nothing"]);
    expect(problemsOf([fine, fine], read)).toEqual(["two-is-left-out: another breakage has this name"]);
  });
});

describe("a breakage", () => {
  it("takes its text as it is", () => {
    expect(broken({ ...fine, replace: "$&" }, "two();")).toBe("$&");
  });

  it("is noticed by the first test that fails, and not by a file that does not load", () => {
    const passed = { status: "passed", fullName: "a passes" };
    const failed = { status: "failed", fullName: "a fails" };
    const report = (status: string, ...assertionResults: readonly (typeof passed)[]) => ({
      numPassedTests: assertionResults.filter((one) => one.status === "passed").length,
      testResults: [
        { name: "/root/a.test.ts", status, message: "no such name", assertionResults: [...assertionResults] },
      ],
    });
    expect(testRunOf(report("failed", passed, failed), 1, "/root")).toEqual({
      kind: "failed",
      test: "a.test.ts > a fails",
    });
    expect(testRunOf(report("passed", passed), 0, "/root")).toEqual({ kind: "passed" });
    expect(testRunOf(report("failed"), 1, "/root")).toEqual({
      kind: "not-run",
      why: "/root/a.test.ts did not load: no such name",
    });
    expect(testRunOf(report("passed"), 0, "/root")).toEqual({ kind: "not-run", why: "no test ran" });
    expect(testRunOf(report("passed", passed), 1, "/root").kind).toBe("not-run");
    expect(testRunOf(null, null, "/root")).toEqual({ kind: "not-run", why: "the test runner ended with a signal" });
  });
});
