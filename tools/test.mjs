// `npm test`: makes the clone ready, then runs every test. Arguments go to the test runner: npm test -- checker/search

import { runScript } from "./run.mjs";
import { makeReady } from "./setup/ready.mjs";

makeReady();
process.exit(runScript("node_modules/vitest/vitest.mjs", ["run", ...process.argv.slice(2)]));
