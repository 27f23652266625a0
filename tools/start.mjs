// `npm start`: a look at what Lockstep does, from a fresh clone. It explores the default model, and then a model that
// must be caught, and writes the trace of that one.

import { runScript } from "./run.mjs";
import { makeReady } from "./setup/ready.mjs";

const EXPLORATIONS = [
  ["explore"],
  ["explore", "figure-8", "--expect", "violated", "--trace", "traces-out/figure-8.itf.json"],
];

makeReady();
for (const args of EXPLORATIONS) {
  process.stdout.write(`\n$ lockstep ${args.join(" ")}\n`);
  const exitCode = runScript("dist/cli/main.js", args);
  if (exitCode !== 0) process.exit(exitCode);
}
