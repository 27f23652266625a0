// `npm run equality`: the long form of the comparison of engines. Every model that Lockstep brings along and that has a
// few million states at most, and thousands of random ones, on every engine and at several numbers of threads; and the
// whole corpus on the reference.

import { env } from "node:process";
import { runScript } from "./run.mjs";
import { makeDependenciesReady } from "./setup/ready.mjs";

makeDependenciesReady();
env["LOCKSTEP_EQUALITY"] = "all";
const files = [
  "cli/equality.test.ts",
  "cli/equality-of-reductions.test.ts",
  "checker/parallel/engines.fuzz.test.ts",
  "checker/corpus/corpus.test.ts",
  "spec/raft/raft.test.ts",
];
const args = ["run", "--reporter=verbose", ...files, ...process.argv.slice(2)];
process.exit(runScript("node_modules/vitest/vitest.mjs", args));
