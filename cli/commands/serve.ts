import { dirname, resolve } from "node:path";
import { Command } from "commander";
import {
  type ConfigurationProblem,
  readConfiguration,
  type Server,
  type ServerConfiguration,
  serverLogger,
  startProblem,
  startServer,
} from "../../impl/server/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { fine, type Problem, type Result, refuse, reported } from "../problem.ts";

interface ServeOptions {
  readonly config: string;
  readonly create?: true;
}

const examples = `
A configuration file:
  id: n1
  cluster: orders
  data: ./data                      # one folder for one id, for ever
  listen: { peers: 10.0.0.1:7101, clients: 10.0.0.1:7102 }
  members:                          # of a new cluster; leave it out to join one that runs
    n1: { peers: 10.0.0.1:7101, clients: 10.0.0.1:7102 }
    n2: { peers: 10.0.0.2:7101, clients: 10.0.0.2:7102 }
    n3: { peers: 10.0.0.3:7101, clients: 10.0.0.3:7102 }

Examples:
  lockstep serve --config n1.yaml --create     the first start: makes the data folder
  lockstep serve --config n1.yaml              every other start
docs/operating.md describes every setting.`;

export function serveCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("serve")
    .description("run one server of a replicated key-value store, until it is interrupted")
    .requiredOption("--config <file>", "the server's configuration, in YAML or JSON")
    .option("--create", "make the data folder; without it an empty folder is taken for lost data, and refused")
    .addHelpText("after", examples)
    .action(async (options: ServeOptions) => {
      done(await serve(options, io));
    });
}

async function serve({ config, create }: ServeOptions, io: Io): Promise<ExitCode> {
  const read = await configurationOf(config, io);
  if (!read.ok) return reported(read.problems, io);
  const configuration = read.value;
  const logger = serverLogger(configuration, (line) => io.stdout.write(line));
  const ended = new Ending(io);
  let server: Server;
  try {
    server = await startServer({
      configuration,
      create: create === true,
      logger,
      onStopped: (reason) => ended.because(reason),
    });
  } catch (error) {
    ended.forget();
    const problem = startProblem(error);
    if (problem === null) throw error;
    const tries = problem.code === "missing-data" ? ["--create, for a new server", problem.hint] : [problem.hint];
    return reported([{ ...problem, exit: exitCodes.system, tries }], io);
  }
  const failure = await ended.promise;
  await server.stop();
  if (failure === null) return exitCodes.ok;
  const what = `this server has stopped for good: ${failure}`;
  const tries = ["mending the disk, and then the same command: what was in doubt is settled by what is there then"];
  return reported([{ code: "server-stopped", exit: exitCodes.system, what, tries }], io);
}

/** Resolves with null at an interrupt, and with a reason if the server cannot go on. */
class Ending {
  readonly promise: Promise<string | null>;
  #resolve: (reason: string | null) => void = () => undefined;
  readonly forget: () => void;

  constructor(io: Io) {
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const unlisten = io.onInterrupt(() => this.#resolve(null));
    this.forget = unlisten;
    void this.promise.then(unlisten);
  }

  because(reason: string): void {
    this.#resolve(reason);
  }
}

async function configurationOf(file: string, io: Io): Promise<Result<ServerConfiguration>> {
  const read = await io.files.read(file);
  if (!read.ok) {
    return refuse({
      code: "configuration-not-read",
      exit: exitCodes.system,
      what: `the configuration ${file} cannot be read: ${read.message} (${read.code})`,
      expected: "a YAML file, as lockstep serve --help shows one",
      tries: ["Give the path of a configuration."],
    });
  }
  const parsed = readConfiguration(read.text, dirname(resolve(file)));
  if (parsed.kind === "read") return fine(parsed.configuration);
  const [first, ...others] = parsed.problems.map((problem) => wrongConfiguration(file, problem));
  if (first === undefined) throw new Error("a configuration that is wrong has a problem");
  return refuse(first, ...others);
}

function wrongConfiguration(file: string, { at, message }: ConfigurationProblem): Problem {
  return {
    code: "wrong-configuration",
    exit: exitCodes.configuration,
    place: { file },
    what: at === "" ? message : `${at}: ${message}`,
    tries: ["See lockstep serve --help, which shows a whole file."],
  };
}
