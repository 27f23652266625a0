// Prints "PASSED FAILED SKIPPED" of a test run, from the report of the test runner and its exit code:
// node tools/test-counts.mjs report.json 0
// With no report to count from it prints nothing and fails, so that nobody can take silence for zero failures.

import { readFileSync } from "node:fs";
import { countTests } from "./test-counts/count.mjs";

const [reportPath = "", exitCode = ""] = process.argv.slice(2);

try {
  const { passed, failed, skipped } = countTests(JSON.parse(readFileSync(reportPath, "utf8")), Number(exitCode));
  process.stdout.write(`${passed} ${failed} ${skipped}\n`);
} catch (error) {
  process.stderr.write(`The test run left no report to count from (${reportPath}): ${error}\n`);
  process.exitCode = 1;
}
