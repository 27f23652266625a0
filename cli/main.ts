#!/usr/bin/env node
/** The program: the real world, and nothing else. */
import { exitCodes } from "./exit-codes.ts";

let couldNotPrint = false;

/** A reader that has seen enough, as `head` does, is no mistake; a full disk behind stdout is. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  if (!couldNotPrint) process.stderr.write(`lockstep: the report could not be printed: ${error.message}\n`);
  couldNotPrint = true;
  process.exitCode = exitCodes.system;
});

/** These run functions of a spec, which may never return: they get a thread that can be ended. */
const supervised: readonly (string | undefined)[] = ["explore", "simulate", "replay"];

// What a command does not need is not loaded: it would cost each run its start.
async function exitOf(args: readonly string[]): Promise<number> {
  if (supervised.includes(args[0])) {
    const { Supervisor } = await import("./supervisor.ts");
    return new Supervisor(args).run();
  }
  const [{ run }, { nodeIo }] = await Promise.all([import("./run.ts"), import("./node-io.ts")]);
  return run(args, nodeIo());
}

const exitCode = await exitOf(process.argv.slice(2));
process.exitCode = couldNotPrint ? exitCodes.system : exitCode;
