// `npm run fix`: rewrites what a machine can mend, format, order of imports and safe lint fixes. It takes paths, to
// leave the rest alone: npm run fix -- spec/raft

import { runScript } from "./run.mjs";
import { makeDependenciesReady } from "./setup/ready.mjs";

makeDependenciesReady();
const paths = process.argv.length > 2 ? process.argv.slice(2) : ["."];
process.exit(runScript("node_modules/@biomejs/biome/bin/biome", ["check", "--write", "--error-on-warnings", ...paths]));
