import { describe, expect, it } from "vitest";
import { countTests } from "./test-counts/count.mjs";

const passing = { status: "passed", assertionResults: [{ status: "passed" }, { status: "passed" }] };
const all = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [passing] };

describe("the counts of a test run", () => {
  it("are those of the test runner", () => {
    expect(countTests(all, 0)).toEqual({ passed: 2, failed: 0, skipped: 0 });
    const failing = { status: "failed", assertionResults: [{ status: "failed" }] };
    const some = { ...all, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1, testResults: [passing, failing] };
    expect(countTests(some, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it("have a failure for a file that did not load", () => {
    const broken = { status: "failed", assertionResults: [] };
    expect(countTests({ ...all, testResults: [passing, broken] }, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  it("have a failure when the run ended badly, or when nothing ran", () => {
    expect(countTests(all, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
    expect(countTests({ ...all, numPassedTests: 0, testResults: [] }, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("are refused when the report has none", () => {
    expect(() => countTests({ ...all, numPassedTests: Number.NaN }, 0)).toThrow("the report has no numbers");
  });
});
