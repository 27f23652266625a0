/** The door of the program: a command line and a world in, an exit code out. */
import { Command, CommanderError } from "commander";
import { isOutOfMemory, plainMessage } from "../checker/index.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { internalErrorText } from "./internal-error.ts";
import type { Io } from "./io.ts";
import { outOfMemory } from "./out-of-memory.ts";
import { reported } from "./problem.ts";
import type { Simulator } from "./sim-run.ts";

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
  75 the spec failed · 76 a property failed · 150 the spec's file · 151 the command line · 152 memory used up · 153 files and disks`;

type Done = (code: ExitCode) => void;
/** `simulator` is what the command `sim` runs its clusters on; null for the one that Lockstep brings along. */
type Make = (io: Io, done: Done, simulator: Simulator | null) => Command;

/** Each is loaded where it is asked for: all of them take longer to load than most searches. */
const commands: Readonly<Record<string, () => Promise<Make>>> = {
  explore: async () => (await import("./commands/explore.ts")).exploreCommand,
  simulate: async () => (await import("./commands/simulate.ts")).simulateCommand,
  replay: async () => (await import("./commands/replay.ts")).replayCommand,
  sim: async () => {
    const [{ simCommand }, { ordinarySimulator }] = await Promise.all([
      import("./commands/sim.ts"),
      import("./sim-run.ts"),
    ]);
    return (io, done, simulator) => simCommand(io, simulator ?? ordinarySimulator, done);
  },
  history: async () => (await import("./commands/history.ts")).historyCommand,
  list: async () => (await import("./commands/list.ts")).listCommand,
  cluster: async () => (await import("./commands/cluster.ts")).clusterCommand,
  serve: async () => (await import("./commands/serve.ts")).serveCommand,
  kv: async () => (await import("./commands/kv.ts")).kvCommand,
};

/** The command of this name, or all of them, for the help and for what names none. */
async function commandsFor(name: string | undefined, ...world: Parameters<Make>): Promise<readonly Command[]> {
  const named = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  const wanted = named === undefined ? Object.values(commands) : [named];
  const makes = await Promise.all(wanted.map((load) => load()));
  return makes.map((make) => make(...world));
}

/** Runs one command. `args` are the words after the program's name. */
export async function run(args: readonly string[], io: Io, simulator: Simulator | null = null): Promise<number> {
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
  for (const command of await commandsFor(args[0], io, done, simulator)) {
    program.addCommand(command.copyInheritedSettings(program));
    for (const part of command.commands) part.copyInheritedSettings(command);
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.configuration;
    if (isOutOfMemory(error)) return reported([outOfMemory(plainMessage(error))], io);
    io.stderr.write(internalErrorText(error, io));
    return exitCodes.internal;
  }
}
