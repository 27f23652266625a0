import { Command } from "commander";
import type { Client } from "../../impl/kv/index.ts";
import { contactOf, LocalClusterError, localNodes, parseAddress, pidOf } from "../../impl/server/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { type Problem, reported } from "../problem.ts";
import { positiveNumber } from "../run-options.ts";
import { clientOf, defaultFolder, failureProblem, type ReachOptions, reaching } from "../service-client.ts";
import { down, type UpOptions, up } from "./cluster-processes.ts";
import { clusterStatusOf, statusText } from "./cluster-status.ts";

interface AddOptions extends ReachOptions {
  readonly peers: string;
  readonly clients: string;
  readonly learner?: true;
}

const examples = `
Examples:
  lockstep cluster up                          three servers on this machine, in this terminal
  lockstep cluster up --nodes 5 --detach       five, which run on
  lockstep cluster status
  lockstep cluster leader --pid                the process to kill, if you want to see what happens
  lockstep cluster transfer n2
  lockstep cluster add n4 --peers 127.0.0.1:7107 --clients 127.0.0.1:7108
  lockstep cluster remove n1
  lockstep cluster down`;

/** Runs and administers clusters of the key-value service. */
export function clusterCommand(io: Io, done: (code: ExitCode) => void): Command {
  const command = new Command("cluster").description("run a cluster of servers, look at it, and change its members");
  const local: Working["local"] = async (work) => {
    try {
      done(await work());
    } catch (error) {
      if (!(error instanceof LocalClusterError)) throw error;
      const what = error.message;
      done(
        reported(
          [
            {
              code: "wrong-configuration",
              exit: exitCodes.configuration,
              what,
              tries: ["Fix the configuration of the cluster, and run the same command again."],
            },
          ],
          io,
        ),
      );
    }
  };
  const using: Working["using"] = (options, work) =>
    local(async () => {
      const client = clientOf(options, io.environment);
      if (!client.ok) return reported(client.problems, io);
      try {
        return await work(client.value);
      } finally {
        client.value.close();
      }
    });
  const working = { local, using };
  for (const part of [...processCommands(working, io), ...lookCommands(working, io), ...memberCommands(working, io)]) {
    command.addCommand(part);
  }
  return command.addHelpText("after", examples);
}

interface Working {
  /** Works with the files of a cluster on this machine, and ends with the exit code. */
  readonly local: (work: () => Promise<ExitCode>) => Promise<void>;
  /** Works with a client of the cluster that the options name, and ends with the exit code. */
  readonly using: (options: ReachOptions, work: (client: Client) => Promise<ExitCode>) => Promise<void>;
}

function processCommands({ local }: Working, io: Io): Command[] {
  const folder = ["--folder <path>", "where the servers keep what they have", defaultFolder] as const;
  return [
    new Command("up")
      .description("start servers on this machine, and wait until they have a leader")
      .option("--nodes <count>", "how many", positiveNumber, 3)
      .option("--port <port>", "the first port; each server takes two", positiveNumber, 7101)
      .option("--detach", "come back when there is a leader, and leave the servers running")
      .option(...folder)
      .action((options: UpOptions) => local(() => up(options, io))),
    new Command("down")
      .description("stop the servers of a folder")
      .option(...folder)
      .action((options: { folder: string }) => local(() => down(options.folder, io))),
  ];
}

function lookCommands({ using }: Working, io: Io): Command[] {
  return [
    reaching(new Command("status").description("who leads, who follows, and how far everybody is"))
      .option("--json", "as JSON")
      .action((options: ReachOptions & { json?: true }) => using(options, (client) => showStatus(client, options, io))),
    reaching(new Command("leader").description("print the id of the leader"))
      .option("--pid", "print its process instead, if it runs on this machine")
      .action((options: ReachOptions & { pid?: true }) => using(options, (client) => showLeader(client, options, io))),
  ];
}

function memberCommands({ using }: Working, io: Io): Command[] {
  return [
    reaching(new Command("transfer").description("hand leadership to another voter"))
      .argument("<id>")
      .action((id: string, options: ReachOptions) =>
        using(options, async (client) => outcomeOf(await client.transferLeadership(id), `transfer to ${id}`, io)),
      ),
    reaching(new Command("add").description("add a server that was started without members in its configuration"))
      .argument("<id>")
      .requiredOption("--peers <host:port>", "where it listens for servers")
      .requiredOption("--clients <host:port>", "where it listens for clients")
      .option("--learner", "it gets the log and no vote")
      .action((id: string, options: AddOptions) => using(options, (client) => add(client, id, options, io))),
    reaching(new Command("remove").description("remove a server"))
      .argument("<id>")
      .action((id: string, options: ReachOptions) =>
        using(options, async (client) => outcomeOf(await client.removeMember(id), `removing ${id}`, io)),
      ),
  ];
}

function outcomeOf(called: Awaited<ReturnType<Client["removeMember"]>>, what: string, io: Io): ExitCode {
  return called.kind === "done" ? exitCodes.ok : reported([failureProblem(called.failure, what)], io);
}

async function showStatus(client: Client, { json }: { json?: true }, io: Io): Promise<ExitCode> {
  const called = await client.clusterStatus();
  if (called.kind === "failed") return reported([failureProblem(called.failure, "asking for the status")], io);
  const status = clusterStatusOf(called.value);
  io.stdout.write(json === true ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
  return exitCodes.ok;
}

async function showLeader(client: Client, { folder, pid }: ReachOptions & { pid?: true }, io: Io): Promise<ExitCode> {
  const called = await client.clusterStatus();
  if (called.kind === "failed") return reported([failureProblem(called.failure, "asking for the leader")], io);
  const { leader } = clusterStatusOf(called.value);
  if (leader === null) return reported([noLeader("no leader is known at the moment")], io);
  const node = localNodes(folder).find(({ id }) => id === leader);
  const process = node === undefined ? null : pidOf(node);
  if (pid === true && process === null)
    return reported([noLeader(`${leader} leads, and does not run from ${folder}`)], io);
  io.stdout.write(`${pid === true ? process : leader}\n`);
  return exitCodes.ok;
}

function noLeader(what: string): Problem {
  return { code: "no-leader", exit: exitCodes.system, what, tries: ["lockstep cluster status"] };
}

async function add(client: Client, id: string, { peers, clients, learner }: AddOptions, io: Io): Promise<ExitCode> {
  const [atPeers, atClients] = [parseAddress(peers), parseAddress(clients)];
  if (atPeers === null || atClients === null) {
    const what = `${atPeers === null ? peers : clients} is no address`;
    const expected = "host:port";
    return reported(
      [{ code: "bad-address", exit: exitCodes.configuration, what, expected, tries: ["127.0.0.1:7107"] }],
      io,
    );
  }
  const role = learner === true ? "learner" : "voter";
  return outcomeOf(await client.addMember(id, contactOf(atPeers, atClients), role), `adding ${id}`, io);
}
