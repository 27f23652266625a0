// `npm run breakages`: puts one mistake after the other into a copy of the sources, runs the tests that are to notice
// it, and says which one did. It ends with 1 where a mistake went unnoticed. One alone: npm run breakages -- --only NAME

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { broken, problemsOf, readerOf } from "./breakages/breakage.mjs";
import { removeCopy, scratchCopy } from "./breakages/scratch.mjs";
import { breakages } from "./breakages/table.mjs";
import { runTests } from "./breakages/test-run.mjs";
import { makeReady, ROOT } from "./setup/ready.mjs";

/** @typedef {import("./breakages/breakage.mjs").Breakage} Breakage */

/** Copies that are worked on at a time; each runs one test file at a time. */
const LANES = 2;

const stop = new AbortController();

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * The tests have to pass before a mistake is made, or their failure would say nothing.
 *
 * @param {readonly string[]} copies
 * @param {readonly Breakage[]} table
 */
async function passUnbroken(copies, table) {
  const files = [...new Set(table.flatMap(({ tests }) => tests))].sort();
  const parts = copies.map((_, lane) => files.filter((_file, position) => position % copies.length === lane));
  const runs = await Promise.all(
    copies.map((copy, lane) => (parts[lane]?.length ? runTests(copy, parts[lane], stop.signal) : null)),
  );
  const wrong = runs.flatMap((run) => {
    if (run === null || run.kind === "passed") return [];
    return [run.kind === "failed" ? `fails: ${run.test}` : run.why];
  });
  for (const why of wrong) say(`without any breakage: ${why}`);
  if (wrong.length === 0) say(`without any breakage: ${files.length} test files pass`);
  return wrong.length === 0;
}

/**
 * Whether the tests of the breakage notice it.
 *
 * @param {string} copy
 * @param {Breakage} breakage
 */
async function isNoticed(copy, breakage) {
  const path = join(copy, breakage.file);
  const text = readFileSync(path, "utf8");
  const startedAt = Date.now();
  writeFileSync(path, broken(breakage, text));
  const run = await runTests(copy, breakage.tests, stop.signal);
  writeFileSync(path, text);
  if (stop.signal.aborted) return false;
  const seconds = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  if (run.kind === "failed") say(`noticed    ${breakage.name} (${seconds})\n           by ${run.test}`);
  else {
    const why = run.kind === "passed" ? `${breakage.tests.join(", ")} still pass` : run.why;
    say(`UNNOTICED  ${breakage.name} (${seconds}): ${breakage.breaks}\n           ${breakage.file}: ${why}`);
  }
  return run.kind === "failed";
}

/**
 * @param {readonly string[]} copies
 * @param {readonly Breakage[]} table
 * @returns {Promise<string[]>} names of those that went unnoticed
 */
async function unnoticed(copies, table) {
  const waiting = [...table];
  /** @type {string[]} */
  const names = [];
  const work = async (/** @type {string} */ copy) => {
    for (let next = waiting.shift(); next !== undefined && !stop.signal.aborted; next = waiting.shift()) {
      if (!(await isNoticed(copy, next))) names.push(next.name);
    }
  };
  await Promise.all(copies.map(work));
  return names;
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const { only } = parseArgs({ options: { only: { type: "string", multiple: true } } }).values;
  const missing = (only ?? []).filter((name) => !breakages.some((breakage) => breakage.name === name));
  const table = only === undefined ? breakages : breakages.filter(({ name }) => only.includes(name));
  const problems = [...missing.map((name) => `there is no breakage ${name}`), ...problemsOf(table, readerOf(ROOT))];
  for (const problem of problems) say(problem);
  if (problems.length > 0) return 1;
  makeReady();
  const startedAt = Date.now();
  const copies = Array.from({ length: Math.min(LANES, table.length) }, () => scratchCopy(ROOT));
  process.on("SIGINT", () => stop.abort());
  process.on("SIGTERM", () => stop.abort());
  try {
    if (!(await passUnbroken(copies, table))) return 1;
    const names = await unnoticed(copies, table);
    if (stop.signal.aborted) return 130;
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
    const verdict = names.length === 0 ? "none unnoticed" : `${names.length} unnoticed: ${names.sort().join(", ")}`;
    say(`\n${table.length} breakages in ${minutes} minutes: ${verdict}`);
    return names.length === 0 ? 0 : 1;
  } finally {
    for (const copy of copies) removeCopy(copy);
  }
}

process.exitCode = await main();
