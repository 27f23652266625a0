/** The options that keep a search in a folder and go on with it: read, checked, and made into a keeper. */
import { dirname } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import {
  type Failure,
  FolderKeeper,
  hasCheckpoint,
  identityOf,
  type Refusal,
  readCheckpoint,
} from "../checker/checkpoint/index.ts";
import type { EngineName } from "../checker/index.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { SelectedModel } from "./model-selection.ts";
import { fine, type Problem, problemText, type Result, refuse } from "./problem.ts";

export interface CheckpointOptions {
  readonly checkpoint?: string;
  /** Minutes. */
  readonly checkpointEvery?: number;
  readonly resume?: string;
}

const minutesDefault = 5;

export function addCheckpointOptions(command: Command): Command {
  return command
    .option(
      "--checkpoint <folder>",
      "keep the search in this folder, so that --resume can go on after a crash or Ctrl-C",
    )
    .option("--checkpoint-every <minutes>", `how often (default: ${minutesDefault})`, positiveMinutes)
    .option("--resume <folder>", "go on with the search in this folder, and keep it there or in that of --checkpoint");
}

function positiveMinutes(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) <= 0) {
    throw new InvalidArgumentError("Expected a number of minutes above 0, such as 10 or 0.5.");
  }
  return Number(text);
}

/** The folder that the search is kept in; null where none is. */
export function checkpointFolder({ checkpoint, resume }: CheckpointOptions): string | null {
  return checkpoint ?? resume ?? null;
}

/** True where the folder holds something to go on with. */
export function canResume(folder: string | null): boolean {
  return folder !== null && hasCheckpoint(folder);
}

/** What keeps the search of this model, and what it goes on from; null where nothing was asked for. */
export function keeperFor(
  options: CheckpointOptions,
  { model, declaration }: SelectedModel,
  io: Io,
): Result<FolderKeeper | null> {
  const folder = checkpointFolder(options);
  if (folder === null) return fine(null);
  const { resume, checkpointEvery = minutesDefault } = options;
  if (folder !== resume && hasCheckpoint(folder)) return refuse(occupied(folder));
  const identity = identityOf(model, io.specs.codeOf(declaration));
  const opened = resume === undefined ? null : readCheckpoint(resume, identity);
  if (opened?.ok === false) return refuse(refusedCheckpoint(opened.refusal));
  const failed = (failure: Failure): void => {
    const line = io.stderr.isTerminal ? "\r\u001b[K" : "";
    io.stderr.write(`${line}${problemText(unwritten(folder, failure, checkpointEvery))}`);
  };
  const interval = checkpointEvery * 60_000;
  return fine(new FolderKeeper({ folder, identity, resumed: opened?.snapshot ?? null, interval, now: io.now, failed }));
}

/** What the options cannot go with; null where they can go. */
export function refusedCheckpointing(
  options: CheckpointOptions & { readonly search: string; readonly exact?: true },
  engine: EngineName,
): Problem | null {
  const { checkpointEvery, search, exact } = options;
  const folder = checkpointFolder(options);
  if (folder === null) return checkpointEvery === undefined ? null : needsFolder(checkpointEvery);
  const option = options.resume === undefined ? "--checkpoint" : "--resume";
  if (engine !== "reference") return exact === true ? keepsNoStates(option, folder) : null;
  return {
    code: "no-checkpoints",
    exit: exitCodes.configuration,
    what: `${option} ${folder}: ${search === "dfs" ? "a depth-first search" : "the reference engine"} keeps no checkpoints`,
    expected: "a breadth-first search, without --engine reference",
    tries: [
      search === "dfs" ? "Remove --search dfs." : "Remove --engine reference.",
      `Remove ${option} from the command.`,
    ],
  };
}

function keepsNoStates(option: string, folder: string): Problem {
  return {
    code: "no-exact-checkpoints",
    exit: exitCodes.configuration,
    what: `${option} ${folder}: a checkpoint holds fingerprints, and not the states that --exact compares`,
    expected: "a search without --exact, or one that is not kept",
    tries: [
      `Remove ${option} from the command.`,
      "Remove --exact: the report prints the chance that a state was missed.",
    ],
  };
}

function needsFolder(minutes: number): Problem {
  return {
    code: "no-checkpoint-folder",
    exit: exitCodes.configuration,
    what: `--checkpoint-every ${minutes}: there is no folder to keep the search in`,
    expected: "--checkpoint or --resume beside it",
    tries: ["--checkpoint checkpoints"],
  };
}

/** Hours of work are not overwritten because a word was forgotten. */
function occupied(folder: string): Problem {
  return {
    code: "checkpoint-exists",
    exit: exitCodes.configuration,
    what: `--checkpoint ${folder}: the folder holds a checkpoint already`,
    expected: "a folder without one",
    tries: [`Write --resume ${folder}, which goes on with it.`, "Give another folder, or remove this one."],
  };
}

function refusedCheckpoint(refusal: Refusal): Problem {
  const { file } = refusal;
  switch (refusal.kind) {
    case "unreadable": {
      const { code, message } = refusal.failure;
      return {
        code: "checkpoint-unreadable",
        exit: exitCodes.system,
        what: code === "ENOENT" ? "there is no checkpoint" : `the checkpoint could not be read: ${message}`,
        place: { file },
        expected: "a checkpoint that --checkpoint wrote",
        tries: ["Give the folder that was given to --checkpoint.", "Remove --resume, to start anew."],
      };
    }
    case "damaged":
      return {
        code: "checkpoint-damaged",
        exit: exitCodes.system,
        what: `the checkpoint ${refusal.damage}`,
        place: { file },
        expected: "the file as --checkpoint wrote it, whole",
        tries: ["Use another copy of the file.", "Remove the file, and start anew without --resume."],
      };
    case "other": {
      const { of, found, expected, settings } = refusal.difference;
      return {
        code: "checkpoint-of-another-search",
        exit: exitCodes.configuration,
        what: `the checkpoint belongs to another search: its ${of} ${of === "properties" || of === "constants" ? "are" : "is"} not the same`,
        place: { file },
        found,
        expected,
        tries: [
          settings.length === 0
            ? "Give the options of the run that wrote it."
            : [...settings.map((setting) => `--set ${setting}`), `--resume ${dirname(file)}`].join(" "),
          "Start anew, with --checkpoint and another folder.",
        ],
      };
    }
  }
}

function unwritten(folder: string, { message }: Failure, minutes: number): Problem {
  return {
    code: "checkpoint-unwritten",
    exit: exitCodes.system,
    what: `the checkpoint was not written to ${folder}: ${message}`,
    expected: "a folder that can be written to, with room for two checkpoints; the search goes on",
    tries: [`Make room for it, or make the folder writable: the next attempt follows after ${minutes} minutes.`],
  };
}
