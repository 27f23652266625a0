import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * How a run of tests ended. `failed`: a test failed, by file and name. `passed`: all passed. `not-run`: the tests said
 * nothing, because a file did not load, or the run did not end.
 *
 * @typedef {{ kind: "failed", test: string } | { kind: "passed" } | { kind: "not-run", why: string }} TestRun
 */

/**
 * @typedef {{
 *   numPassedTests: number,
 *   testResults: { name: string, status: string, message?: string,
 *     assertionResults: { status: string, fullName: string }[] }[],
 * }} Report what the test runner's JSON reporter writes, as far as it is read here
 */

/** No test file named by a breakage takes a tenth of this. */
const MILLISECONDS_MAX = 300_000;

/**
 * @param {Report | null} report null where the run left none
 * @param {number | null} exitCode null where a signal ended it
 * @param {string} root
 * @returns {TestRun}
 */
export function testRunOf(report, exitCode, root) {
  if (report === null) return { kind: "not-run", why: `the test runner ended with ${exitCode ?? "a signal"}` };
  for (const { name, assertionResults } of report.testResults) {
    const failed = assertionResults.find(({ status }) => status === "failed");
    if (failed !== undefined) {
      const file = name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
      return { kind: "failed", test: `${file} > ${failed.fullName}` };
    }
  }
  // A file that does not load has no failed test. It says that the text is broken, and not that anything looked at it.
  const unloaded = report.testResults.find(({ status }) => status === "failed");
  if (unloaded !== undefined)
    return { kind: "not-run", why: `${unloaded.name} did not load: ${unloaded.message ?? ""}` };
  if (exitCode !== 0) return { kind: "not-run", why: `the test runner ended with ${exitCode ?? "a signal"}` };
  return report.numPassedTests === 0 ? { kind: "not-run", why: "no test ran" } : { kind: "passed" };
}

/**
 * Runs test files in a folder, up to the first failure.
 *
 * @param {string} root
 * @param {readonly string[]} tests
 * @param {AbortSignal} signal ends it
 * @returns {Promise<TestRun>}
 */
export async function runTests(root, tests, signal) {
  const file = join(root, "test-report.json");
  rmSync(file, { force: true });
  const script = join(root, "node_modules", "vitest", "vitest.mjs");
  const options = ["--bail=1", "--maxWorkers=1", "--reporter=json", `--outputFile=${file}`];
  const child = spawn(process.execPath, [script, "run", ...options, ...tests], {
    cwd: root,
    stdio: "ignore",
    detached: true,
  });
  // The runner starts processes of its own, and a test with a breakage in it may never end.
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  const timer = setTimeout(end, MILLISECONDS_MAX);
  signal.addEventListener("abort", end);
  const exitCode = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  return testRunOf(report, exitCode, root);
}
