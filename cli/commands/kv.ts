import { Command, Option } from "commander";
import type { Called, Client, Consistency, Expected, KeyValue, WatchedChange } from "../../impl/kv/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { reported } from "../problem.ts";
import { positiveNumber } from "../run-options.ts";
import { clientOf, failureProblem, type ReachOptions, reaching } from "../service-client.ts";
import { type Exercise, exercise } from "./kv-exercise.ts";

interface GetOptions extends ReachOptions {
  readonly consistency: Consistency;
}

interface RangeOptions extends GetOptions {
  readonly limit?: number;
}

interface SwapOptions extends ReachOptions {
  readonly expect?: string;
  readonly absent?: true;
}

interface WatchOptions extends ReachOptions {
  readonly prefix?: true;
  readonly from?: number;
}

const examples = `
Examples:
  lockstep kv put greeting hello
  lockstep kv get greeting
  lockstep kv get greeting --consistency lease
  lockstep kv cas greeting goodbye --expect hello
  lockstep kv range user/ --limit 100
  lockstep kv watch user/ --prefix
  lockstep kv exercise --seconds 20            write while you kill servers, then look for every acknowledged write

Exit codes:
  0 done · 1 there is no such key, or the value was not the expected one · 151 the command line
  153 the service could not be reached, or did not do it`;

/** Asks the key-value service of a cluster. */
export function kvCommand(io: Io, done: (code: ExitCode) => void): Command {
  const command = new Command("kv").description("read and write a replicated key-value store");
  const parts: Parts = {
    part(name, says) {
      const one = reaching(new Command(name).description(says));
      command.addCommand(one);
      return one;
    },
    async using(options, work) {
      const client = clientOf(options, io.environment);
      if (!client.ok) {
        done(reported(client.problems, io));
        return;
      }
      try {
        done(await work(client.value));
      } finally {
        client.value.close();
      }
    },
  };
  addChanges(parts, io);
  addReads(parts, io);
  return command.addHelpText("after", examples);
}

interface Parts {
  readonly part: (name: string, says: string) => Command;
  /** Works with a client of the service that the options name, and ends with the exit code. */
  readonly using: (options: ReachOptions, work: (client: Client) => Promise<ExitCode>) => Promise<void>;
}

function addChanges({ part, using }: Parts, io: Io): void {
  part("put", "give a key a value")
    .argument("<key>")
    .argument("<value>")
    .action((key: string, value: string, options: ReachOptions) =>
      using(options, (client) => change(client.session().put(key, value), `putting ${key}`, io)),
    );
  part("delete", "delete a key")
    .argument("<key>")
    .action((key: string, options: ReachOptions) => using(options, (client) => remove(client, key, io)));
  part("append", "append to a value; an absent key gets it")
    .argument("<key>")
    .argument("<value>")
    .action((key: string, value: string, options: ReachOptions) =>
      using(options, (client) => change(client.session().append(key, value), `appending to ${key}`, io)),
    );
  part("cas", "change a key only if it is as expected")
    .argument("<key>")
    .argument("<value>")
    .option("--expect <value>", "the value that it must have")
    .option("--absent", "the key must not be there")
    .action((key: string, value: string, options: SwapOptions) =>
      using(options, (client) => swap(client, key, value, options, io)),
    );
  part("exercise", "write numbered values for a while, then look for every one that was acknowledged")
    .option("--seconds <seconds>", "how long to write", positiveNumber, 10)
    .option("--clients <count>", "clients that write at the same time", positiveNumber, 4)
    .action((options: ReachOptions & Exercise) => using(options, (client) => exercise(client, options, io)));
}

function addReads({ part, using }: Parts, io: Io): void {
  const consistency = new Option("--consistency <level>", "how new the answer is at least: docs/kv.md")
    .choices(["linearizable", "lease", "stale"])
    .default("linearizable");
  part("get", "print the value of a key")
    .argument("<key>")
    .addOption(consistency)
    .action((key: string, options: GetOptions) =>
      using(options, (client) => get(client, key, options.consistency, io)),
    );
  part("range", "print keys with their values, in order")
    .argument("[prefix]", "only keys that begin with it", "")
    .option("--limit <keys>", "at most so many", positiveNumber)
    .addOption(consistency)
    .action((prefix: string, options: RangeOptions) => using(options, (client) => range(client, prefix, options, io)));
  part("watch", "print changes as they happen, until interrupted")
    .argument("<key>")
    .option("--prefix", "watch all keys that begin with it")
    .option("--from <revision>", "begin with this revision", positiveNumber)
    .action((key: string, options: WatchOptions) => using(options, (client) => watch(client, key, options, io)));
}

async function change(called: Promise<Called<unknown>>, what: string, io: Io): Promise<ExitCode> {
  const outcome = await called;
  return outcome.kind === "done" ? exitCodes.ok : reported([failureProblem(outcome.failure, what)], io);
}

async function get(client: Client, key: string, consistency: Consistency, io: Io): Promise<ExitCode> {
  const outcome = await client.get(key, consistency);
  if (outcome.kind === "failed") return reported([failureProblem(outcome.failure, `reading ${key}`)], io);
  const { item } = outcome.value;
  if (item === null) return absent(key, io);
  io.stdout.write(`${textOf(item.value)}\n`);
  return exitCodes.ok;
}

function absent(key: string, io: Io): ExitCode {
  io.stderr.write(`lockstep: there is no key ${key}\n`);
  return exitCodes.expectation;
}

async function remove(client: Client, key: string, io: Io): Promise<ExitCode> {
  const outcome = await client.session().delete(key);
  if (outcome.kind === "failed") return reported([failureProblem(outcome.failure, `deleting ${key}`)], io);
  return outcome.value.deleted ? exitCodes.ok : absent(key, io);
}

async function swap(
  client: Client,
  key: string,
  value: string,
  { expect, absent }: SwapOptions,
  io: Io,
): Promise<ExitCode> {
  if ((expect === undefined) === (absent === undefined)) {
    const what = "a compare-and-swap needs one of --expect and --absent";
    const tries = ["--expect <value>", "--absent, for a key that must not be there yet"];
    return reported([{ code: "no-expectation", exit: exitCodes.configuration, what, tries }], io);
  }
  const expected: Expected = expect === undefined ? { kind: "absent" } : { kind: "value", value: expect };
  const outcome = await client.session().compareAndSwap(key, expected, value);
  if (outcome.kind === "failed") return reported([failureProblem(outcome.failure, `changing ${key}`)], io);
  if (outcome.value.swapped) return exitCodes.ok;
  io.stderr.write(`lockstep: ${key} was not as expected, and stays as it is\n`);
  return exitCodes.expectation;
}

async function range(client: Client, prefix: string, { limit, consistency }: RangeOptions, io: Io): Promise<ExitCode> {
  let from: string | null = null;
  let left = limit ?? Number.POSITIVE_INFINITY;
  do {
    const outcome: Awaited<ReturnType<Client["range"]>> = await client.range(
      { prefix, from, limit: Number.isFinite(left) ? left : null },
      consistency,
    );
    if (outcome.kind === "failed") return reported([failureProblem(outcome.failure, `reading ${prefix}`)], io);
    io.stdout.write(outcome.value.items.map(lineOf).join(""));
    left -= outcome.value.items.length;
    from = outcome.value.next;
  } while (from !== null && left > 0);
  return exitCodes.ok;
}

function lineOf({ key, value }: KeyValue): string {
  return `${key}\t${textOf(value)}\n`;
}

async function watch(client: Client, key: string, { prefix, from }: WatchOptions, io: Io): Promise<ExitCode> {
  const stop = new AbortController();
  const unlisten = io.onInterrupt(() => stop.abort());
  const scope = prefix === true ? ({ kind: "prefix", prefix: key } as const) : ({ kind: "key", key } as const);
  try {
    for await (const change of client.watch(scope, from ?? null, stop.signal)) io.stdout.write(changeLine(change));
    return exitCodes.ok;
  } finally {
    unlisten();
  }
}

function changeLine(change: WatchedChange): string {
  if (change.kind === "delete") return `${change.revision}\tdelete\t${change.key}\n`;
  return `${change.revision}\tput\t${change.key}\t${textOf(change.value)}\n`;
}

/** Bytes that are no text are printed in base64, behind a mark. */
function textOf(value: string | Uint8Array): string {
  return typeof value === "string" ? value : `base64:${Buffer.from(value).toString("base64")}`;
}
