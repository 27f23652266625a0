/** The options that explore and simulate share, read and checked in one place. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Limits } from "../checker/index.ts";
import { reporterNames } from "./reporters/index.ts";

/** The options of a run, as commander hands them over. */
export interface RunOptions {
  readonly model?: string;
  readonly set: readonly string[];
  readonly property: readonly string[];
  readonly symmetry?: boolean;
  readonly deadlock?: boolean;
  readonly maxStates?: number;
  readonly maxSeconds?: number;
  readonly maxMemory?: number;
  readonly expect?: "holds" | "violated" | "incomplete";
  readonly trace?: string;
  readonly full?: true;
  readonly strict?: true;
  readonly reporter?: (typeof reporterNames)[number];
}

export function addRunOptions(command: Command): Command {
  return command
    .option("--model <name>", "which model, where a file declares several")
    .option("--set <name=value>", "set a constant (repeatable)", gather, [])
    .option("--property <name>", "check this property and no other (repeatable)", gather, [])
    .option("--symmetry", "count states that differ in the names of symmetric ids once")
    .option("--no-symmetry", "count each of them")
    .option("--deadlock", "report states without successors")
    .option("--no-deadlock", "allow states without successors")
    .addOption(
      new Option("--expect <verdict>", "exit with 0 for this verdict, and with 1 for any other").choices([
        "holds",
        "violated",
        "incomplete",
      ]),
    )
    .option("--max-states <count>", "stop after this many distinct states", wholeNumber)
    .option("--max-seconds <seconds>", "stop after this long", positiveNumber)
    .option("--max-memory <size>", "stop when this much memory is in use: 800M, 2G", memorySize)
    .option("--trace <file>", "write the behaviour that ends in the violation to this file (ITF)")
    .option("--full", "show whole states, not only what changed")
    .option("--strict", "fail when an action, an antecedent or a goal was never exercised")
    .addOption(new Option("--reporter <name>", "the form of the report").choices(reporterNames));
}

/** The bounds of a run. Memory is always one of them: a heap that overflows takes the report with it. */
export function limitsOf(options: RunOptions, heapBytesMax: number): Limits & { readonly memoryBytes: number } {
  return {
    ...(options.maxStates === undefined ? {} : { states: options.maxStates }),
    ...(options.maxSeconds === undefined ? {} : { seconds: options.maxSeconds }),
    memoryBytes: options.maxMemory ?? heapBytesMax,
  };
}

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Expected a whole number from 1, such as 100000.");
  return Number(text);
}

export function seedNumber(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffffffff) {
    throw new InvalidArgumentError("Expected a whole number from 0 to 4294967295.");
  }
  return seed;
}

export function positiveNumber(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) <= 0) {
    throw new InvalidArgumentError("Expected a number of seconds above 0, such as 30.");
  }
  return Number(text);
}

const units: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9 };

export function memorySize(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMG]?)B?$/i.exec(text) ?? [];
  const scale = units[(unit ?? "").toUpperCase()];
  if (digits === undefined || scale === undefined || Number(digits) <= 0) {
    throw new InvalidArgumentError("Expected a size, such as 800M or 2G.");
  }
  return Number(digits) * scale;
}

/** A size as `memorySize` reads it, in the largest unit that needs no fraction. */
export function sizeText(bytes: number): string {
  for (const unit of ["G", "M", "K"]) {
    const count = bytes / (units[unit] ?? 1);
    if (Number.isInteger(count)) return `${count}${unit}`;
  }
  return String(bytes);
}

/** A word of a command line as a shell reads it back. */
function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The words that repeat what these options say of the model and of the run; where the output goes is left out. */
export function optionWords(options: RunOptions): readonly string[] {
  const flag = (name: string, value: boolean | undefined): readonly string[] =>
    value === undefined ? [] : [value ? `--${name}` : `--no-${name}`];
  const valued = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [`--${name}`, String(value)];
  return [
    ...valued("model", options.model),
    ...options.set.flatMap((setting) => ["--set", setting]),
    ...options.property.flatMap((name) => ["--property", name]),
    ...flag("symmetry", options.symmetry),
    ...flag("deadlock", options.deadlock),
    ...valued("max-states", options.maxStates),
    ...valued("max-seconds", options.maxSeconds),
    ...valued("max-memory", options.maxMemory),
    ...(options.strict === undefined ? [] : ["--strict"]),
  ];
}

/** The command line of these words. */
export function commandLine(words: readonly (string | undefined)[]): string {
  return ["npx lockstep", ...words.filter((word) => word !== undefined).map(shellWord)].join(" ");
}
