import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Address, addressText, type ConfigurationProblem, readConfiguration } from "./configuration.ts";

/** One server of a cluster whose processes all run on this machine, with a folder of its own. */
export interface LocalNode {
  readonly id: string;
  readonly folder: string;
  readonly configurationFile: string;
  /** What the process prints. */
  readonly logFile: string;
  readonly peers: Address;
  readonly clients: Address;
}

export interface NewCluster {
  readonly folder: string;
  readonly nodes: number;
  /** The first node uses this port for peers and the next for clients, the second node the two after, and so on. */
  readonly port: number;
  /** Further settings of the configuration files, as they stand there. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const LOOPBACK = "127.0.0.1";
const CONFIGURATION = "node.yaml";
const LOG = "log.ndjson";
const PID = "pid";
const STARTED = "started";

/** Writes a folder and a configuration for each node. What is there already stays as it is. */
export function prepareCluster({ folder, nodes, port, settings }: NewCluster): LocalNode[] {
  const ids = Array.from({ length: nodes }, (_, i) => `n${i + 1}`);
  const members = Object.fromEntries(ids.map((id, i) => [id, addressesAt(port + 2 * i)]));
  for (const [i, id] of ids.entries()) prepareNode(folder, id, port + 2 * i, { members, ...settings });
  return localNodes(folder);
}

/** Writes the folder and the configuration of one node; without `members` in the settings it is to be added to others. */
export function prepareNode(
  folder: string,
  id: string,
  port: number,
  settings: Readonly<Record<string, unknown>>,
): void {
  const file = join(folder, id, CONFIGURATION);
  if (existsSync(file)) return;
  mkdirSync(join(folder, id), { recursive: true });
  writeFileSync(file, stringify({ id, cluster: "local", data: "data", listen: addressesAt(port), ...settings }));
}

function addressesAt(port: number): { readonly peers: string; readonly clients: string } {
  return { peers: `${LOOPBACK}:${port}`, clients: `${LOOPBACK}:${port + 1}` };
}

/** The nodes whose configurations lie in the folder, by id. Throws `LocalClusterError` if one of them is wrong. */
export function localNodes(folder: string): LocalNode[] {
  if (!existsSync(folder)) return [];
  const ids = readdirSync(folder).filter((id) => existsSync(join(folder, id, CONFIGURATION)));
  return ids.sort().map((id) => localNode(folder, id));
}

function localNode(folder: string, id: string): LocalNode {
  const own = join(folder, id);
  const configurationFile = join(own, CONFIGURATION);
  const read = readConfiguration(readFileSync(configurationFile, "utf8"), own);
  if (read.kind === "wrong") throw new LocalClusterError(configurationFile, read.problems);
  const { peers, clients } = read.configuration.listen;
  return { id: read.configuration.id, folder: own, configurationFile, logFile: join(own, LOG), peers, clients };
}

export class LocalClusterError extends Error {
  override readonly name = "LocalClusterError";

  constructor(file: string, problems: readonly ConfigurationProblem[]) {
    super(problems.map(({ at, message }) => `${file}: ${at === "" ? "" : `${at} `}${message}`).join("\n"));
  }
}

/**
 * Starts the process of a node; what it prints goes to the node's log file. `program` is the path of lockstep's main
 * file. A process on its own goes on when this one ends.
 */
export function launchNode(node: LocalNode, program: string, life: "with-us" | "on-its-own"): ChildProcess {
  const log = openSync(node.logFile, "a");
  try {
    const isAlone = life === "on-its-own";
    const args = [program, "serve", "--config", node.configurationFile, ...(hasStarted(node) ? [] : ["--create"])];
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", log, log],
      detached: isAlone,
    });
    if (child.pid !== undefined) writeFileSync(join(node.folder, PID), `${child.pid}\n`);
    writeFileSync(join(node.folder, STARTED), "");
    if (isAlone) child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** A node that has run before must find its data: if they are gone, it refuses to start under the same id. */
function hasStarted(node: LocalNode): boolean {
  return existsSync(join(node.folder, STARTED));
}

/** The process of a node, if the one that was started last is still there. */
export function pidOf(node: LocalNode): number | null {
  const file = join(node.folder, PID);
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  if (Number.isSafeInteger(pid) && pid > 0 && isAlive(pid, node)) return pid;
  rmSync(file, { force: true });
  return null;
}

/** Whether that process is a node of ours: after a restart of the machine the number may be somebody else's. */
function isAlive(pid: number, node: LocalNode): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes(node.configurationFile);
}

/** Where the node answers clients, as a URL without a slash at the end. */
export function clientUrl(node: LocalNode): string {
  return `http://${addressText(node.clients)}`;
}
