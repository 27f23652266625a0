import { defineConfig } from "vitest/config";

const MINUTE = 60_000;

// The path of a JSON report to write beside the ordinary one; the counts that CI prints are read from it.
const reportFile = process.env["LOCKSTEP_TEST_REPORT"];

export default defineConfig({
  test: {
    environment: "node",
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "dist/**", "traces-out/**"],
    // A test that exhausts a model may run for minutes and hold gigabytes. Processes, not threads, because the heap
    // limit belongs to a process, and two of them because the tables of two models fit the memory of a small machine.
    pool: "forks",
    maxWorkers: 2,
    execArgv: ["--max-old-space-size=8192"],
    testTimeout: 15 * MINUTE,
    hookTimeout: 15 * MINUTE,
    // A test that passes on the second try has found something; a run without tests has checked nothing.
    retry: 0,
    passWithNoTests: false,
    allowOnly: false,
    reporters: reportFile === undefined ? ["default"] : ["default", "json"],
    ...(reportFile === undefined ? {} : { outputFile: { json: reportFile } }),
  },
});
