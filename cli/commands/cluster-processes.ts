/** `lockstep cluster up` and `down`: a cluster whose processes all run on this machine. */
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientUrl, type LocalNode, launchNode, localNodes, pidOf, prepareCluster } from "../../impl/server/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { type Problem, reported } from "../problem.ts";

export interface UpOptions {
  readonly folder: string;
  readonly nodes: number;
  readonly port: number;
  readonly detach?: true;
}

const MAIN = join(import.meta.dirname, "..", "main.js");
const WAIT_MILLISECONDS = 30_000;
const LOG_LINES = 5;

/** Starts what is not running, waits until there is a leader, and says where everything is. */
export async function up(options: UpOptions, io: Io): Promise<ExitCode> {
  const nodes = prepareCluster({ ...options, settings: {} });
  if (nodes.length !== options.nodes) return reported([otherSize(options, nodes)], io);
  const children = new Map<LocalNode, ChildProcess>();
  for (const node of nodes) {
    if (pidOf(node) !== null) continue;
    children.set(node, launchNode(node, MAIN, options.detach === true ? "on-its-own" : "with-us"));
  }
  const failed = await untilLed(nodes, children, io);
  if (failed !== null) {
    for (const child of children.values()) child.kill("SIGTERM");
    return reported([failed], io);
  }
  io.stdout.write(overview(nodes, options));
  return options.detach === true ? exitCodes.ok : untilStopped(children, io);
}

function otherSize({ folder, nodes }: UpOptions, found: readonly LocalNode[]): Problem {
  return {
    code: "cluster-of-another-size",
    exit: exitCodes.configuration,
    what: `the folder ${folder} has a cluster of ${found.length} nodes`,
    expected: `${nodes}, as --nodes says`,
    tries: [`--nodes ${found.length}`, "Give --folder another folder, for a new cluster."],
  };
}

/** Null as soon as some node knows of a leader and of progress; a problem if a process ends or time runs out. */
async function untilLed(
  nodes: readonly LocalNode[],
  children: ReadonlyMap<LocalNode, ChildProcess>,
  io: Io,
): Promise<Problem | null> {
  const deadline = io.now() + WAIT_MILLISECONDS;
  while (io.now() < deadline) {
    for (const [node, child] of children) if (hasEnded(child)) return endedEarly(node);
    for (const node of nodes) if (await isHealthy(node)) return null;
    await io.rest();
  }
  return {
    code: "no-leader",
    exit: exitCodes.system,
    what: `no leader was elected within ${WAIT_MILLISECONDS / 1000} seconds`,
    tries: nodes.map((node) => `Read the log ${node.logFile}.`),
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endedEarly(node: LocalNode): Problem {
  const last = readFileSync(node.logFile, "utf8").trimEnd().split("\n").slice(-LOG_LINES);
  return {
    code: "node-ended",
    exit: exitCodes.system,
    what: `the process of ${node.id} has ended`,
    found: last.join("\n            "),
    tries: [`Read the whole log, ${node.logFile}.`, "Give another --port, if this one is taken."],
  };
}

async function isHealthy(node: LocalNode): Promise<boolean> {
  try {
    const { ok } = await fetch(`${clientUrl(node)}/health`, { signal: AbortSignal.timeout(1000) });
    return ok;
  } catch {
    return false;
  }
}

function overview(nodes: readonly LocalNode[], { folder, detach }: UpOptions): string {
  const rows = nodes.map((node) => `  ${node.id}  ${clientUrl(node)}  process ${pidOf(node)}  ${node.folder}`);
  const end =
    detach === true ? `It runs on; stop it with: lockstep cluster down --folder ${folder}` : "Ctrl-C stops it.";
  return [`A cluster of ${nodes.length} is up:`, ...rows, "", end, ""].join("\n");
}

/** Stays until it is interrupted; then stops the nodes and waits for their end. */
function untilStopped(children: ReadonlyMap<LocalNode, ChildProcess>, io: Io): Promise<ExitCode> {
  return new Promise((resolve) => {
    let left = 0;
    let isStopping = false;
    let exit: ExitCode = exitCodes.ok;
    const gone = (node: LocalNode, how: string): void => {
      left -= 1;
      if (!isStopping) {
        io.stderr.write(`lockstep: ${node.id} has ended (${how}); the others go on\n`);
        exit = exitCodes.system;
      }
      if (left === 0) {
        unlisten();
        resolve(exit);
      }
    };
    const unlisten = io.onInterrupt((interrupt) => {
      isStopping = true;
      exit = exitCodes.ok;
      for (const child of children.values()) child.kill(interrupt);
    });
    for (const [node, child] of children) {
      if (hasEnded(child)) continue;
      left += 1;
      child.once("exit", (code, signal) => gone(node, signal ?? `exit code ${code}`));
    }
    if (left === 0) {
      unlisten();
      resolve(exitCodes.ok);
    }
  });
}

/** Asks every process of the cluster to end, and waits until it has. */
export async function down(folder: string, io: Io): Promise<ExitCode> {
  const nodes = localNodes(folder);
  const running = nodes.filter((node) => pidOf(node) !== null);
  if (running.length === 0) {
    io.stdout.write(`Nothing of ${folder} is running.\n`);
    return exitCodes.ok;
  }
  for (const node of running) {
    const pid = pidOf(node);
    if (pid !== null) process.kill(pid, "SIGTERM");
  }
  const deadline = io.now() + WAIT_MILLISECONDS;
  while (running.some((node) => pidOf(node) !== null)) {
    if (io.now() > deadline) {
      const left = running.filter((node) => pidOf(node) !== null).map((node) => `${node.id} (process ${pidOf(node)})`);
      const what = `${left.join(", ")} did not end within ${WAIT_MILLISECONDS / 1000} seconds`;
      return reported([{ code: "node-does-not-end", exit: exitCodes.system, what, tries: ["kill -9"] }], io);
    }
    await io.rest();
  }
  io.stdout.write(`Stopped ${running.map((node) => node.id).join(", ")}.\n`);
  return exitCodes.ok;
}
