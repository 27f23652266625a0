import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./setup/ready.mjs";

/**
 * Runs one program of the project to its end, with this terminal, from the root of the repository.
 *
 * @param {string} script a JavaScript file, from the root
 * @param {readonly string[]} args
 * @returns {number} the exit code, 1 when a signal ended it
 */
export function runScript(script, args) {
  const ran = spawnSync(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, stdio: "inherit" });
  if (ran.error !== undefined) throw ran.error;
  return ran.status ?? 1;
}
