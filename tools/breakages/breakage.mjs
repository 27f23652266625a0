import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A mistake that could be made in the program, and the tests that have to notice it.
 *
 * @typedef {{
 *   name: string, file: string, find: string, replace: string, breaks: string, tests: readonly string[],
 * }} Breakage
 * `find` occurs exactly once in `file`; `breaks` says in one sentence what a user would get.
 */

/**
 * What is wrong with a table of breakages, one line for each mistake: a text that does not occur exactly once, tests
 * that do not exist, names that are not told apart.
 *
 * @param {readonly Breakage[]} table
 * @param {(path: string) => string | null} read the text of a file of the repository; null where there is none
 * @returns {string[]}
 */
export function problemsOf(table, read) {
  const names = new Set();
  return table.flatMap((breakage) => {
    const { name, breaks } = breakage;
    const problems = textProblems(breakage, read);
    if (names.has(name)) problems.push("another breakage has this name");
    names.add(name);
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) problems.push("the name is not kebab-case");
    if (!/^[A-Z`].*\.$/.test(breaks)) problems.push(`what it breaks is no sentence: ${breaks}`);
    return problems.map((problem) => `${name}: ${problem}`);
  });
}

/**
 * @param {Breakage} breakage
 * @param {(path: string) => string | null} read
 * @returns {string[]}
 */
function textProblems({ file, find, replace, tests }, read) {
  const text = read(file);
  const problems = [];
  if (text === null) problems.push(`there is no file ${file}`);
  else {
    const count = text.split(find).length - 1;
    if (count !== 1) problems.push(`its text occurs ${count} times in ${file}, and has to occur once: ${find}`);
  }
  if (find === replace) problems.push("it changes nothing");
  if (/\.(test|suite)\.ts$/.test(file)) problems.push(`${file} is a test`);
  if (tests.length === 0) problems.push("it names no test");
  for (const test of tests) {
    if (!test.endsWith(".test.ts") || read(test) === null) problems.push(`there is no test ${test}`);
  }
  return problems;
}

/**
 * The text of the file with the breakage in it.
 *
 * @param {Breakage} breakage
 * @param {string} text
 */
export function broken({ find, replace }, text) {
  return text.replace(find, () => replace);
}

/**
 * Reads files below a folder.
 *
 * @param {string} root
 * @returns {(path: string) => string | null}
 */
export function readerOf(root) {
  return (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null);
}
