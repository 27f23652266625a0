/** How commands reach the key-value service. */
import type { Command } from "commander";
import { Client, defaultClientOptions, type Failure } from "../impl/kv/index.ts";
import { addressText, localNodes } from "../impl/server/index.ts";
import { exitCodes } from "./exit-codes.ts";
import { fine, type Problem, type Result, refuse } from "./problem.ts";

export interface ReachOptions {
  readonly endpoints?: string;
  readonly folder: string;
  readonly token?: string;
  readonly timeout: number;
}

export const defaultFolder = "lockstep-cluster";

/** Adds the options that say where the service is. */
export function reaching(command: Command): Command {
  return command
    .option("--endpoints <host:port,...>", "client addresses of the servers; else those of --folder")
    .option("--folder <path>", "the folder of a cluster that `lockstep cluster up` has made", defaultFolder)
    .option("--token <token>", "the bearer token, where the service wants one (also LOCKSTEP_TOKEN)")
    .option("--timeout <seconds>", "give up after so long, all attempts together", Number, 15);
}

export function clientOf(
  options: ReachOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Result<Client> {
  const endpoints = endpointsOf(options);
  if (!endpoints.ok) return endpoints;
  const client = new Client({
    ...defaultClientOptions,
    endpoints: endpoints.value,
    token: options.token ?? environment["LOCKSTEP_TOKEN"] ?? null,
    deadlineMs: options.timeout * 1000,
    random: Math.random,
  });
  return fine(client);
}

function endpointsOf({ endpoints, folder }: ReachOptions): Result<readonly string[]> {
  const named = endpoints?.split(",").map((text) => text.trim());
  const found = named ?? localNodes(folder).map((node) => addressText(node.clients));
  if (found.length > 0 && found.every((text) => text !== "")) return fine(found);
  return refuse({
    code: "no-endpoints",
    exit: exitCodes.configuration,
    what: endpoints === undefined ? `there is no cluster in the folder ${folder}` : "--endpoints names no server",
    expected: "one client address at least",
    tries: [
      "lockstep cluster up",
      "--endpoints 127.0.0.1:7102,127.0.0.1:7104",
      "Give --folder a cluster on this machine.",
    ],
  });
}

/** A call that gave nothing, for whoever made it. */
export function failureProblem({ code, message, happened }: Failure, what: string): Problem {
  const doubt = happened === "maybe" ? "; it may have taken effect, or take effect yet" : "";
  return {
    code,
    exit: exitCodes.system,
    what: `${what} failed: ${message} (${code})${doubt}`,
    tries: happened === "maybe" ? ["Read what is there."] : (TRIES[code] ?? MAY_PASS),
  };
}

const MAY_PASS = ["lockstep cluster status", "again, after a while"];
const MEND = ["lockstep cluster status, which shows the members"];

/** What would be refused again, however often it is asked. */
const TRIES: Readonly<Record<string, readonly string[]>> = {
  "too-large": ["something smaller"],
  "invalid-key": ["another key"],
  "invalid-value": ["another value"],
  "invalid-change": MEND,
  "invalid-transfer": MEND,
  "change-in-progress": [...MEND, "again, when that change is over", "removing the new server that does not catch up"],
  unauthorized: ["--token with one of the lines of the servers' file of tokens"],
};
