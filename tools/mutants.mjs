// `npm run mutants`: explores every mutant, those too that `npm test` leaves out because they take long, and the
// unbroken spec at the same bounds. With UPDATE=1 it writes docs/mutants.md.

import { env } from "node:process";
import { runScript } from "./run.mjs";
import { makeDependenciesReady } from "./setup/ready.mjs";

makeDependenciesReady();
env["LOCKSTEP_MUTANTS"] = "all";
process.exit(runScript("node_modules/vitest/vitest.mjs", ["run", "spec/mutants", ...process.argv.slice(2)]));
