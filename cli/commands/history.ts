import { Command, Option } from "commander";
import {
  type Budget,
  checkHistory,
  historyModels,
  type Operation,
  operationText,
  readHistory,
  type Verdict,
  violationLines,
} from "../../checker/history/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { fine, type Problem, type Result, refuse, reported } from "../problem.ts";
import { positiveNumber } from "../run-options.ts";

interface CheckOptions {
  readonly model: string;
  readonly maxSeconds?: number;
  readonly witness?: true;
  readonly reporter: "plain" | "json";
}

const examples = `
Models:
${historyModels.map(({ name, says }) => `  ${name.padEnd(14)}${says}`).join("\n")}

Examples:
  lockstep history check history.ndjson --model kv-cas
  lockstep history check jepsen.log --model cas-register --max-seconds 60
  lockstep history check history.ndjson --model register --witness --reporter json`;

export function historyCommand(io: Io, done: (code: ExitCode) => void): Command {
  const check = new Command("check")
    .description("say whether the operations can have taken effect one by one, each between its call and its return")
    .argument("<file...>", "histories: JSON lines, EDN lines or Jepsen's log; docs/histories.md describes them")
    .addOption(
      new Option("--model <name>", "what the operations are done to")
        .choices(historyModels.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option("--max-seconds <seconds>", "stop after this long, for all files together", positiveNumber)
    .option("--witness", "print an order that explains a linearizable history")
    .addOption(new Option("--reporter <name>", "the form of the report").choices(["plain", "json"]).default("plain"))
    .addHelpText("after", examples)
    .action(async (files: readonly string[], options: CheckOptions) => {
      done(await checkFiles(files, options, io));
    });
  return new Command("history").description("check histories of client operations").addCommand(check);
}

interface ReadFile {
  readonly file: string;
  readonly operations: readonly Operation[];
}

interface Checked extends ReadFile {
  readonly verdict: Verdict;
}

/** Some gigabytes: what a search remembers beyond this, the heap of an ordinary process does not hold. */
const configurationCountMax = 8_000_000;

/** All files are read before any is checked, so that a mistake in the last shows at once. */
async function checkFiles(files: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const histories: ReadFile[] = [];
  for (const file of files) {
    const read = await readFile(file, options, io);
    if (!read.ok) return reported(read.problems, io);
    histories.push(read.value);
  }
  const model = modelNamed(options.model);
  const deadline = options.maxSeconds === undefined ? Number.POSITIVE_INFINITY : io.now() + options.maxSeconds * 1000;
  const budget: Budget = { isOver: () => io.now() > deadline, configurationCountMax };
  const checked: Checked[] = [];
  for (const history of histories) {
    const verdict = checkHistory(model, history.operations, budget);
    checked.push({ ...history, verdict });
    if (options.reporter === "plain") io.stdout.write(plainText({ ...history, verdict }, options));
  }
  if (options.reporter === "json") io.stdout.write(jsonText(checked, options));
  return exitCodeOf(checked);
}

function modelNamed(name: string) {
  const model = historyModels.find((known) => known.name === name);
  if (model === undefined) throw new Error(`the command line let in a model that is not there: ${name}`);
  return model;
}

async function readFile(file: string, options: CheckOptions, io: Io): Promise<Result<ReadFile>> {
  const read = await io.files.read(file);
  if (!read.ok) {
    const problem: Problem = {
      code: "history-not-read",
      exit: exitCodes.system,
      what: `the history ${file} cannot be read: ${read.message} (${read.code})`,
      expected: "a file of events",
      tries: ["Give the path of a history, as docs/histories.md describes it."],
    };
    return refuse(problem);
  }
  const history = readHistory(read.text, modelNamed(options.model));
  if (history.ok) return fine({ file, operations: history.operations });
  const { what, line, column, expected, found, tryThis } = history.fault;
  return refuse({
    code: "history-not-understood",
    exit: exitCodes.configuration,
    what,
    place: { file, line, ...(column === undefined ? {} : { column }) },
    expected,
    found,
    tries: [tryThis],
  });
}

/** A violation stands whatever is unknown of other files. */
function exitCodeOf(checked: readonly Checked[]): ExitCode {
  const kinds = checked.map(({ verdict }) => verdict.kind);
  if (kinds.includes("violated")) return exitCodes.safety;
  return kinds.includes("unknown") ? exitCodes.incomplete : exitCodes.ok;
}

function plainText({ file, operations, verdict }: Checked, { model, witness }: CheckOptions): string {
  const counted = `${operations.length} operations on ${model}`;
  const lines = (heading: string, body: readonly string[]): string =>
    [`${file}: ${heading} · ${counted}`, ...body.map((line) => (line === "" ? "" : `  ${line}`)), ""].join("\n");
  if (verdict.kind === "unknown") {
    const limit = verdict.by === "seconds" ? "the time of --max-seconds" : "the memory for configurations";
    return lines("INCOMPLETE", [`${limit} ended before an order was found${ofKey(verdict.key)}, or shown not to be`]);
  }
  if (verdict.kind === "violated") {
    const { keys, violation } = verdict;
    const more = keys.length === 1 ? [] : [`no order either for ${keys.slice(1).join(", ")}`];
    return lines("VIOLATED", ["", ...violationLines(violation), ...more, ""]);
  }
  if (witness !== true) return lines("LINEARIZABLE", []);
  const orders = verdict.witnesses.flatMap(({ key, order }) => [
    `an order${ofKey(key)}:`,
    ...order.map((operation) => `  ${operationText(operation)} (process ${operation.process}, ${lineOf(operation)})`),
  ]);
  return lines("LINEARIZABLE", orders);
}

function ofKey(key: string | null): string {
  return key === null ? "" : ` of key ${key}`;
}

function lineOf({ called }: Operation): string {
  return `line ${called.line}`;
}

function jsonText(checked: readonly Checked[], { model, witness }: CheckOptions): string {
  const files = checked.map(({ file, operations, verdict }) => ({
    file,
    operations: operations.length,
    verdict: verdict.kind,
    ...(verdict.kind === "unknown" ? { key: verdict.key, stoppedBy: verdict.by } : {}),
    ...(verdict.kind === "violated" ? { keys: verdict.keys, violation: verdict.violation } : {}),
    ...(verdict.kind === "linearizable" && witness === true ? { witnesses: verdict.witnesses } : {}),
  }));
  return `${JSON.stringify({ format: "lockstep-history-verdicts", version: 1, model, files }, null, 2)}\n`;
}
