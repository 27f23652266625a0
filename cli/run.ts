/** The door of the program: a command line and a world in, an exit code out. */
import { Command, CommanderError } from "commander";
import { clusterCommand } from "./commands/cluster.ts";
import { exploreCommand } from "./commands/explore.ts";
import { historyCommand } from "./commands/history.ts";
import { kvCommand } from "./commands/kv.ts";
import { listCommand } from "./commands/list.ts";
import { replayCommand } from "./commands/replay.ts";
import { serveCommand } from "./commands/serve.ts";
import { simCommand } from "./commands/sim.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { ordinarySimulator, type Simulator } from "./sim-run.ts";

const examples = `
Examples:
  lockstep explore                        explore the default model to exhaustion
  lockstep explore two-phase --set RM=4   a built-in model with another constant
  lockstep explore my-spec.ts             a spec of your own, without a build step
  lockstep explore my-spec.ts --property Safety --trace violation.itf.json
  lockstep replay violation.itf.json      run that trace against the spec again
  lockstep simulate --walks 1000 --seed 7
  lockstep history check history.ndjson --model kv
  lockstep list
  lockstep cluster up                     three servers of a replicated key-value store
  lockstep kv put greeting hello

Exit codes:
  0 holds, completely · 1 not as expected · 2 incomplete · 11 deadlock · 12 safety violated · 13 liveness violated
  75 the spec failed · 76 a property failed · 150 the spec's file · 151 the command line · 153 files and disks`;

/** Runs one command. `args` are the words after the program's name. The command `sim` runs clusters of `simulator`. */
export async function run(args: readonly string[], io: Io, simulator: Simulator = ordinarySimulator): Promise<number> {
  let exit: ExitCode = exitCodes.configuration;
  const done = (code: ExitCode): void => {
    exit = code;
  };
  const program = new Command("lockstep")
    .description("An executable specification of Raft, and a checker that explores it.")
    .version(io.version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", examples)
    .showHelpAfterError("(lockstep --help shows examples)")
    .configureOutput({ writeOut: io.stdout.write, writeErr: io.stderr.write })
    .exitOverride();
  for (const command of [
    exploreCommand(io, done),
    simulateCommand(io, done),
    replayCommand(io, done),
    simCommand(io, simulator, done),
    historyCommand(io, done),
    listCommand(io, done),
    clusterCommand(io, done),
    serveCommand(io, done),
    kvCommand(io, done),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
    for (const part of command.commands) part.copyInheritedSettings(command);
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.configuration;
    io.stderr.write(internalErrorText(error, io));
    return exitCodes.internal;
  }
}

function internalErrorText(error: unknown, { environment, version }: Io): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const lines = [
    `lockstep: this is a mistake of lockstep, not of yours: ${message}`,
    ...(environment["LOCKSTEP_DEBUG"] === "1"
      ? [stack]
      : ["  try       LOCKSTEP_DEBUG=1 and the same command, which also prints the stack"]),
    `  try       reporting it with the command and the version, ${version}`,
  ];
  return `${lines.join("\n")}\n`;
}
