// `npm run verify`: every check of the project, cheap ones first. It changes no file of the repository. It runs all
// of them, even after one has failed, so that one run names everything there is to mend. One check alone:
// npm run verify -- types

import { runScript } from "./run.mjs";
import { makeDependenciesReady } from "./setup/ready.mjs";

const BIOME = "node_modules/@biomejs/biome/bin/biome";

/** @type {Record<string, { script: string, args: string[] }>} */
const CHECKS = {
  format: { script: BIOME, args: ["format", "."] },
  lint: { script: BIOME, args: ["check", "--formatter-enabled=false", "--error-on-warnings", "."] },
  types: { script: "node_modules/typescript/bin/tsc", args: ["-p", "tsconfig.json"] },
  "dead-code": { script: "node_modules/knip/bin/knip.js", args: ["--no-config-hints"] },
  tidy: { script: "node_modules/vitest/vitest.mjs", args: ["run", "tools/tidy"] },
  tests: { script: "tools/test.mjs", args: ["--exclude", "tools/tidy.test.ts"] },
};

/** @param {readonly string[]} names */
function verify(names) {
  const unknown = names.filter((name) => CHECKS[name] === undefined);
  if (unknown.length > 0) {
    process.stderr.write(`There is no check ${unknown.join(", ")}. The checks: ${Object.keys(CHECKS).join(", ")}.\n`);
    return 2;
  }
  makeDependenciesReady();
  const failed = [];
  for (const name of names.length > 0 ? names : Object.keys(CHECKS)) {
    const check = CHECKS[name];
    if (check === undefined) continue;
    process.stdout.write(`\n== ${name}\n`);
    if (runScript(check.script, check.args) !== 0) failed.push(name);
  }
  process.stdout.write(failed.length === 0 ? "\nverify: all is well\n" : `\nverify: failed: ${failed.join(", ")}\n`);
  return failed.length === 0 ? 0 : 1;
}

process.exit(verify(process.argv.slice(2)));
