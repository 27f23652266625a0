// `npm run fuzz:put-back`: puts mistakes that were once in the engines into a copy of the sources, one after the other, and
// says with which program the random specs find each. It ends with 1 where one is not found. One alone: -- --only NAME

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { meanings } from "./breakages/meaning.mjs";
import { removeCopy, scratchCopy } from "./breakages/scratch.mjs";
import { makeReady, ROOT } from "./setup/ready.mjs";

/** @typedef {import("./breakages/meaning.mjs").PutBack} PutBack */

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * What a campaign on the copy says.
 *
 * @param {string} copy
 * @param {number} programs
 * @returns {{ isFound: boolean, text: string }}
 */
function campaign(copy, programs) {
  const PATH = `${join(ROOT, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const env = { ...process.env, PATH };
  const bundling = spawnSync("npm", ["run", "--silent", "bundle:fuzz"], { cwd: copy, env, encoding: "utf8" });
  if (bundling.status !== 0) return { isFound: false, text: `it cannot be bundled: ${bundling.stderr}` };
  const words = ["tools/fuzz.mjs", "--programs", String(programs), "--first", "1", "--workers", "0", "--whole"];
  const run = spawnSync(process.execPath, words, { cwd: copy, encoding: "utf8", maxBuffer: 2 ** 28 });
  const found = /^\/\/ seed (\d+), (\w+): the engines differ\n((?:\/\/.*\n)*)/m.exec(run.stdout);
  if (found === null) return { isFound: false, text: run.stdout.split("\n").slice(-12).join("\n") };
  return { isFound: true, text: `program ${found[1]} (${found[2]})` };
}

/** @param {PutBack} putBack */
function isFound({ name, point, breaks, edits, programs }) {
  const copy = scratchCopy(ROOT);
  try {
    for (const { file, find, replace } of edits) {
      const path = join(copy, file);
      const text = readFileSync(path, "utf8");
      if (text.split(find).length !== 2) {
        say(`UNFIT    ${point} ${name}: its text has to occur once in ${file}: ${find}`);
        return false;
      }
      writeFileSync(
        path,
        text.replace(find, () => replace),
      );
    }
    const result = campaign(copy, programs);
    say(
      `${result.isFound ? "found" : "NOT FOUND"}  ${point} ${name}: ${result.text}, of ${programs}\n           ${breaks}`,
    );
    return result.isFound;
  } finally {
    removeCopy(copy);
  }
}

const { only } = parseArgs({ options: { only: { type: "string", multiple: true } } }).values;
makeReady();
const table = only === undefined ? meanings : meanings.filter(({ name }) => only.includes(name));
const missed = table.filter((putBack) => !isFound(putBack)).map(({ name }) => name);
say(`\n${table.length} put back: ${missed.length === 0 ? "each is found" : `not found: ${missed.join(", ")}`}`);
process.exitCode = missed.length === 0 && table.length > 0 ? 0 : 1;
