/** The options that let a search go on on disk, and what is said while it does. */
import type { Command } from "commander";
import { type EngineName, type Progress, StorageError } from "../checker/index.ts";
import { exitCodes } from "./exit-codes.ts";
import type { OpenedStorage, UnopenedStorage } from "./folder-storage.ts";
import type { Io } from "./io.ts";
import { fine, type Problem, type Result, refuse } from "./problem.ts";
import { bytes } from "./progress.ts";
import { memorySize, sizeText } from "./run-options.ts";

export interface SpillOptions {
  /** Bytes. */
  readonly memory?: number;
  readonly spillFolder?: string;
}

/** What a search needs beside table and frontier takes more than this. */
const memoryMin = 1e6;

export function addSpillOptions(command: Command): Command {
  return command
    .option(
      "--memory <size>",
      "keep the states seen and those that wait within about this much memory, and go on on disk with what does not fit: 200M, 2G (default: all of it in memory). It never stops the run: --max-memory does",
      memorySize,
    )
    .option(
      "--spill-folder <folder>",
      "where --memory keeps what does not fit (default: the system's temporary folder); nothing of it stays",
    );
}

/** The words that repeat these options. */
export function spillWords({ memory, spillFolder }: SpillOptions): readonly string[] {
  return [
    ...(memory === undefined ? [] : ["--memory", sizeText(memory)]),
    ...(spillFolder === undefined ? [] : ["--spill-folder", spillFolder]),
  ];
}

/** What the options cannot go with; null where they can go. */
export function refusedSpilling(
  {
    memory,
    spillFolder,
    search,
    exact,
    checkpoint,
    resume,
  }: SpillOptions & {
    readonly search: string;
    readonly exact?: true;
    readonly checkpoint?: string;
    readonly resume?: string;
  },
  engine: EngineName,
): Problem | null {
  const exit = exitCodes.configuration;
  if (memory === undefined) {
    if (spillFolder === undefined) return null;
    const what = `--spill-folder ${spillFolder}: without --memory nothing is kept on disk`;
    return { code: "no-memory-limit", exit, what, expected: "--memory beside it", tries: ["--memory 2G"] };
  }
  if (memory < memoryMin) {
    const what = `--memory ${sizeText(memory)}: a search needs more`;
    return { code: "memory-too-small", exit, what, expected: "1M or more", tries: ["--memory 100M"] };
  }
  if (engine === "reference") {
    const who = search === "dfs" ? "a depth-first search" : "the reference engine";
    const what = `--memory ${sizeText(memory)}: ${who} keeps all states in memory`;
    const expected = "a breadth-first search, without --engine reference";
    return {
      code: "no-spilling",
      exit,
      what,
      expected,
      tries: [
        search === "dfs" ? "Remove --search dfs." : "Remove --engine reference.",
        "Use --max-memory, which stops the run.",
      ],
    };
  }
  if (exact === true) {
    const what = `--memory ${sizeText(memory)} with --exact: the files on disk have fingerprints, and --exact compares states`;
    const tries = [
      "Remove --memory from the command.",
      "Remove --exact: the report prints the chance that a state was missed.",
    ];
    return { code: "no-exact-spilling", exit, what, expected: "one of the two", tries };
  }
  if (checkpoint === undefined && resume === undefined) return null;
  const other = resume === undefined ? `--checkpoint ${checkpoint}` : `--resume ${resume}`;
  return {
    code: "no-checkpoints-on-disk",
    exit,
    what: `--memory ${sizeText(memory)} with ${other}: a search that goes on on disk keeps no checkpoints`,
    expected: "one of the two",
    tries: ["Remove --memory from the command.", `Remove ${other}.`],
  };
}

/** Opens what the options ask for; null where they ask for nothing. */
export function spillStorage({ memory, spillFolder }: SpillOptions, io: Io): Result<OpenedStorage | null> {
  if (memory === undefined) return fine(null);
  const opened = io.openStorage(spillFolder ?? null);
  return opened.ok ? fine(opened) : refuse(unopened(spillFolder ?? null, opened));
}

function unopened(asked: string | null, { folder, message }: UnopenedStorage): Problem {
  return {
    code: "spill-folder-unusable",
    exit: exitCodes.system,
    what: `${asked === null ? "--memory: the temporary folder" : "--spill-folder"} ${folder}: ${message}`,
    expected: "a folder that can be written to",
    tries: ["Give --spill-folder another folder."],
  };
}

/** What a disk did besides being full, as a problem; null for any other error. */
export function storageProblem(error: unknown): Problem | null {
  if (!(error instanceof StorageError)) return null;
  return {
    code: "spill-failed",
    exit: exitCodes.system,
    what: `the disk that the search goes on on failed: ${error.message}`,
    expected: "files that can be written and read again until the search ends",
    tries: ["Give --spill-folder a folder on another disk.", "Give more --memory."],
  };
}

/** Says on stderr when a search goes on on disk, and when it waits for room there. */
export function spillNotices(folder: string, { stderr }: Pick<Io, "stderr">): (progress: Progress) => void {
  let isOnDisk = false;
  let wasFull = false;
  const say = (text: string): void => stderr.write(`${stderr.isTerminal ? "\r\u001b[K" : ""}lockstep: ${text}\n`);
  return ({ disk }) => {
    if (disk === undefined) return;
    if (!isOnDisk) say(`--memory is used up: one thread goes on on disk, in ${folder}`);
    isOnDisk = true;
    if (disk.isFull && !wasFull)
      say(`the disk is full after ${bytes(disk.bytes)}: waiting for room in ${folder}; Ctrl-C ends the run`);
    if (!disk.isFull && wasFull) say("there is room again: going on");
    wasFull = disk.isFull;
  };
}
