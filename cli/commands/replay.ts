import { Command, Option } from "commander";
import { Semantics } from "../../checker/index.ts";
import type { Reason } from "../../checker/report/index.ts";
import { decodeTrace, type Trace } from "../../traces/format/index.ts";
import { type ExitCode, exitCodes, exitOfError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { findDeclaration, fixModel, type SelectedModel } from "../model-selection.ts";
import { fine, type Problem, type Result, refuse, reported } from "../problem.ts";
import { type Recheck, recheck } from "../rechecking.ts";
import { type ReplayReport, replayReport } from "../replay-report.ts";
import { type Replay, replay } from "../replaying.ts";
import { replayJson, replayText } from "../reporters/replay.ts";
import { styles } from "../reporters/text.ts";
import { commandLine, positiveNumber } from "../run-options.ts";
import { noPlaces, reasonsOrWhyNot } from "../spec-source.ts";

interface ReplayOptions {
  readonly model?: string;
  readonly expect?: "holds" | "violated";
  readonly maxSeconds?: number;
  readonly full?: true;
  readonly reporter?: "tty" | "plain" | "json";
}

const examples = `
Examples:
  lockstep replay violation.itf.json
  lockstep replay violation.itf.json --expect violated
  lockstep replay apalache.itf.json --model my-spec.ts`;

export function replayCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("replay")
    .description("run a trace against its spec again, and say whether it still fits and what it shows")
    .argument("<trace>", "a trace file: one of explore --trace, or ITF of another tool")
    .option("--model <model>", "the model to run it against: a built-in model's name, or the path of a TypeScript spec")
    .addOption(
      new Option("--expect <verdict>", "exit with 0 for this, and with 1 for anything else").choices([
        "holds",
        "violated",
      ]),
    )
    .option("--max-seconds <seconds>", "stop after this long", positiveNumber)
    .option("--full", "show whole states, not only what changed")
    .addOption(new Option("--reporter <name>", "the form of the report").choices(["tty", "plain", "json"]))
    .addHelpText("after", examples)
    .action(async (file: string, options: ReplayOptions) => {
      const code = await replayFile(file, options, io);
      done(code.ok ? code.value : reported(code.problems, io));
    });
}

async function replayFile(file: string, options: ReplayOptions, io: Io): Promise<Result<ExitCode>> {
  io.watch.bounded(options.maxSeconds);
  const read = await readTrace(file, io);
  if (!read.ok) return read;
  const { trace, text } = read.value;
  const selected = await modelOf(trace, file, options, io);
  if (!selected.ok) return selected;
  const { model, declaration } = selected.value;

  const semantics = new Semantics(model);
  io.watch.searching(null);
  const replayed = replay(semantics, trace);
  const kind = trace.origin?.property?.kind ?? null;
  const atTheEnd = kind === "deadlock" || kind === "error" ? kind : null;
  const rechecked = replayed.divergence === null ? recheck(semantics, replayed.steps, atTheEnd) : null;
  io.watch.concluding();
  const report = replayReport({
    file,
    text,
    trace,
    semantics,
    replayed,
    rechecked,
    places: rechecked === null ? noPlaces : await io.specs.places(declaration),
    reasons: await reasonsOf(selected.value, replayed, rechecked, io),
    errorPlace: errorPlace(selected.value, replayed, rechecked, io),
    again: commandLine(["replay", file, ...(options.model === undefined ? [] : ["--model", options.model])]),
  });
  print(report, options, io);
  return fine(exitCodeOf(report, options));
}

async function readTrace(file: string, io: Io): Promise<Result<{ readonly trace: Trace; readonly text: string }>> {
  const read = await io.files.read(file);
  if (!read.ok) return refuse(cannotRead(file, read.code, read.message));
  const decoded = decodeTrace(read.text);
  if (decoded.ok) return fine({ trace: decoded.trace, text: read.text });
  const { code, what, line, column, expected, found, tryThis } = decoded.fault;
  const place = { file, line, column };
  return refuse({
    code: `trace-${code}`,
    exit: exitCodes.configuration,
    what,
    place,
    expected,
    found,
    tries: [tryThis],
  });
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EISDIR: "it is a folder",
};

function cannotRead(file: string, code: string, message: string): Problem {
  return {
    code: "trace-not-read",
    exit: exitCodes.system,
    what: `the trace ${file} cannot be read: ${causes[code] ?? message} (${code})`,
    expected: "a trace file",
    tries: ["Give the path that explore --trace printed."],
  };
}

/** The model that the trace names, with the constants that it had; or the one that the user names. */
async function modelOf(trace: Trace, file: string, options: ReplayOptions, io: Io): Promise<Result<SelectedModel>> {
  const { origin } = trace;
  if (origin === null && options.model === undefined) {
    return refuse({
      code: "trace-without-model",
      exit: exitCodes.configuration,
      what: "the trace does not say of which model it is",
      place: { file },
      expected: "a trace that explore --trace wrote, or --model",
      tries: ["--model two-phase", "--model my-spec.ts"],
    });
  }
  const target = options.model ?? (origin?.isBuiltIn === false ? (origin.file ?? origin.model) : origin?.model);
  const model = options.model === undefined && origin?.isBuiltIn === false ? origin.model : undefined;
  const found = await findDeclaration(
    { ...(target === undefined ? {} : { target }), ...(model === undefined ? {} : { model }) },
    io.specs,
  );
  if (!found.ok) return found;
  const { spec } = found.value.declaration;
  const property = origin?.property ?? null;
  const named = property === null || property.kind === "deadlock" ? [] : [property.name];
  const request = { property: named.filter((name) => spec.properties.some((declared) => declared.name === name)) };
  return fixModel(found.value, request, origin?.settings ?? {}, io.specs);
}

async function reasonsOf(
  { declaration, model }: SelectedModel,
  { divergence, steps }: Replay,
  rechecked: Recheck | null,
  io: Io,
): Promise<readonly Reason[]> {
  if (divergence?.kind === "disabled" && steps.length > 0) {
    const { action, choice } = divergence;
    return io.specs.guardReasons(declaration, { model, action, choice, state: steps.at(-1)?.state });
  }
  if (rechecked === null) return [];
  const { finding, index } = rechecked;
  return reasonsOrWhyNot(io.specs, declaration, { model, finding, trace: steps.slice(0, index + 1) });
}

function errorPlace({ declaration }: SelectedModel, { divergence }: Replay, rechecked: Recheck | null, io: Io) {
  const finding = rechecked?.finding;
  const error = divergence?.kind === "error" ? divergence.error : finding?.kind === "error" ? finding.error : null;
  return error === null ? null : io.specs.placeOfError(declaration, error.cause);
}

function print(report: ReplayReport, { full, reporter }: ReplayOptions, io: Io): void {
  const isColoured =
    reporter === "tty" || (reporter === undefined && io.stdout.isTerminal && io.environment["NO_COLOR"] === undefined);
  const style = isColoured ? styles.coloured : styles.plain;
  io.stdout.write(reporter === "json" ? replayJson(report, io.version) : replayText(report, full === true, style));
}

function exitCodeOf({ verdict, finding, divergence }: ReplayReport, { expect }: ReplayOptions): ExitCode {
  if (divergence !== null) return exitCodes.expectation;
  const part = finding?.error?.part;
  if (part !== undefined) return exitOfError(part);
  if (expect !== undefined) return expect === verdict ? exitCodes.ok : exitCodes.expectation;
  if (verdict === "holds") return exitCodes.ok;
  return finding?.kind === "deadlock" ? exitCodes.deadlock : exitCodes.safety;
}
