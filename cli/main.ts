#!/usr/bin/env node
/** The program: the real world, and nothing else. */
import { exitCodes } from "./exit-codes.ts";
import { nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

let couldNotPrint = false;

/** A reader that has seen enough, as `head` does, is no mistake; a full disk behind stdout is. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  if (!couldNotPrint) process.stderr.write(`lockstep: the report could not be printed: ${error.message}\n`);
  couldNotPrint = true;
  process.exitCode = exitCodes.system;
});

const exitCode = await run(process.argv.slice(2), nodeIo());
process.exitCode = couldNotPrint ? exitCodes.system : exitCode;
