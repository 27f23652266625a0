/**
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[],
 * }} Report what the test runner's JSON reporter writes, as far as it is read here
 */

/**
 * The true counts of a run. A file that could not be loaded, or whose preparation failed, has no failed test in the
 * report and still is a failure; so is a run that ended badly for another reason, and one in which nothing ran.
 *
 * @param {Report} report
 * @param {number} exitCode of the test runner
 */
export function countTests(report, exitCode) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const counted = report.numFailedTests + brokenFiles;
  if (![passed, skipped, counted].every(Number.isSafeInteger)) throw new Error("the report has no numbers");
  const isSilentFailure = counted === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : counted, skipped };
}
