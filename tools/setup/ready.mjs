import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, isBuildCurrent } from "./build.mjs";
import { dependenciesProblem, installDependencies } from "./dependencies.mjs";
import { nodeVersionProblem } from "./node-version.mjs";

/** The folder of the repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Makes a clone ready to run: the packages of package-lock.json in node_modules/, the sources compiled into dist/.
 * When both are in order it does nothing and says nothing. When it cannot, it ends the process with exit code 1 and
 * the reason on standard error.
 */
export function makeReady() {
  makeDependenciesReady();
  if (isBuildCurrent(ROOT)) return;
  say("compiling the sources into dist/");
  stopOn(build(ROOT));
}

/** The first half of `makeReady`, for the commands that must run on sources that do not compile yet. */
export function makeDependenciesReady() {
  stopOn(nodeVersionProblem(process.versions.node));
  const reason = dependenciesProblem(ROOT);
  if (reason === undefined) return;
  say(`installing the packages of package-lock.json (${reason})`);
  stopOn(installDependencies(ROOT));
}

/** @param {string | undefined} problem */
function stopOn(problem) {
  if (problem === undefined) return;
  say(problem);
  process.exit(1);
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`lockstep: ${line}\n`);
}
