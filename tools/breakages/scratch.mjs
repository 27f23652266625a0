import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** What a copy does without. The build comes along for the specs of users, which import it; all else runs the sources. */
const LEFT_OUT = new Set([".git", "node_modules", "traces-out", "coverage"]);

/**
 * A copy of the repository in a folder of the system's choice. Its packages are links, and what the test runner and the
 * tests keep beside them is its own.
 *
 * @param {string} root
 */
export function scratchCopy(root) {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-breakages-")));
  cpSync(root, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  }
  return copy;
}

/** @param {string} copy */
export function removeCopy(copy) {
  rmSync(copy, { recursive: true, force: true });
}
