import { Command, Option } from "commander";
import type { FolderKeeper } from "../../checker/checkpoint/index.ts";
import type { Keeper } from "../../checker/compile/index.ts";
import {
  breadthFirstBy,
  type Crew,
  depthFirst,
  type EngineName,
  engineNames,
  engineRefusal,
  explain,
  type Outcome,
  type Remembered,
  type World,
} from "../../checker/index.ts";
import type { Model } from "../../spec/lang/index.ts";
import {
  addCheckpointOptions,
  type CheckpointOptions,
  canResume,
  checkpointFolder,
  keeperFor,
  refusedCheckpointing,
} from "../checkpoints.ts";
import { type Driven, driveOrRefuse, worldOf } from "../drive.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { finish, unfinishedOf } from "../finish.ts";
import type { OpenedStorage } from "../folder-storage.ts";
import type { Io } from "../io.ts";
import { refuseTemporal, type SelectedModel, selectModel } from "../model-selection.ts";
import { type Problem, type Result, reported } from "../problem.ts";
import { progressDisplay } from "../progress.ts";
import { recipeOf } from "../recipe.ts";
import {
  addRunOptions,
  commandLine,
  limitsOf,
  optionWords,
  type RunOptions,
  seedNumber,
  wholeNumber,
} from "../run-options.ts";
import { located } from "../spec-source.ts";
import {
  addSpillOptions,
  refusedSpilling,
  type SpillOptions,
  spillNotices,
  spillStorage,
  spillWords,
} from "../spilling.ts";
import type { Unfinished } from "../watch.ts";

interface ExploreOptions extends RunOptions, CheckpointOptions, SpillOptions {
  readonly search: "bfs" | "dfs";
  readonly engine?: EngineName;
  readonly exact?: true;
  readonly maxDepth?: number;
  readonly workers?: number;
  readonly deadData?: true;
  readonly paranoid?: true;
  readonly explain?: string | true;
  readonly seed?: number;
}

const examples = `
Examples:
  lockstep explore two-phase
  lockstep explore two-phase --set RM=4 --max-states 100000
  lockstep explore my-spec.ts --property Safety --trace violation.itf.json
  lockstep explore my-spec.ts --exact               no state is taken for another, not even by chance
  lockstep explore my-spec.ts --checkpoint kept     and after a crash: --resume kept
  lockstep explore my-spec.ts --memory 2G           beyond that, it goes on on disk
  lockstep explore my-spec.ts --expect violated --reporter github`;

export function exploreCommand(io: Io, done: (code: ExitCode) => void): Command {
  const command = new Command("explore")
    .description("explore every state of a model, and say whether its properties hold")
    .argument("[model]", "a built-in model (lockstep list), or the path of a TypeScript spec");
  return addSpillOptions(addCheckpointOptions(addRunOptions(command)))
    .addOption(new Option("--search <order>", "breadth-first or depth-first").choices(["bfs", "dfs"]).default("bfs"))
    .addOption(
      new Option(
        "--engine <name>",
        "what runs the model: lowered learns what actions do and keeps fingerprints, views runs the spec on packed states, reference keeps states in full (default: the first of these that takes the model)",
      ).choices(engineNames),
    )
    .option(
      "--exact",
      "keep every state, packed, and compare in full: no chance that one was missed, at more memory and time (the reference engine always does)",
    )
    .option("--max-depth <levels>", "expand no state beyond this level; the initial states are level 1", wholeNumber)
    .option(
      "--workers <count>",
      "threads that search (default: all processors; the reference engine runs one)",
      wholeNumber,
    )
    .option(
      "--dead-data",
      "leave out of states what the spec says can never matter again: far fewer states, same verdict",
    )
    .option(
      "--paranoid",
      "hold every state, and not only some, against the claims that --symmetry and --dead-data rest on",
    )
    .option(
      "--explain [action]",
      "print how states are packed and what actions were seen to do, or the tree of one, and end",
    )
    .option("--seed <seed>", "refused: exploring is exhaustive; see lockstep simulate", seedNumber)
    .addHelpText("after", examples)
    .action(async (target: string | undefined, options: ExploreOptions) => {
      done(await explore(target, options, io));
    });
}

async function explore(target: string | undefined, options: ExploreOptions, io: Io): Promise<ExitCode> {
  io.watch.bounded(options.maxSeconds);
  const refused = refusedOption(options);
  if (refused !== null) return reported([refused], io);
  const selected = await selectModel({ ...options, ...(target === undefined ? {} : { target }) }, io.specs);
  if (!selected.ok) return reported(selected.problems, io);
  const { model } = selected.value;
  const temporal = refuseTemporal(model);
  if (temporal !== null) return reported([temporal], io);

  const chosen = engineFor(options, model);
  if (!chosen.ok) return reported([chosen.problem], io);
  const { engine } = chosen;
  if (options.explain !== undefined) return explained(options.explain, rememberedBy(options), model, io);
  const refusedDisk = refusedCheckpointing(options, engine) ?? refusedSpilling(options, engine);
  if (refusedDisk !== null) return reported([refusedDisk], io);
  const keeper = keeperFor(options, selected.value, io);
  if (!keeper.ok) return reported(keeper.problems, io);
  const storage = spillStorage(options, io);
  if (!storage.ok) return reported(storage.problems, io);
  const words = ["explore", target ?? model.name];
  const again = commandLine([...words, ...optionWords(options), ...searchWords(options)]);
  const run = { selected: selected.value, options, seed: null, again };
  const unfinished = unfinishedOf(run, searchedBy(options, engine), resumable(words, options), io);
  const driven = await searched(options, engine, selected.value, keeper.value, storage.value, unfinished, io);
  if (!driven.ok) return reported(await located(driven.problems, selected.value.declaration, io.specs), io);
  const resume = resumeCommand(words, options, driven.value.outcome);
  return finish({ ...run, ...driven.value, resume }, io);
}

function rememberedBy({ exact }: ExploreOptions): Remembered {
  return exact === true ? "states" : "fingerprints";
}

/** Runs the search, and gives back what it had of the disk, however it ends. */
async function searched(
  options: ExploreOptions,
  engine: EngineName,
  selected: SelectedModel,
  keeper: FolderKeeper | null,
  storage: OpenedStorage | null,
  unfinished: Unfinished,
  io: Io,
): Promise<Result<Driven>> {
  const { model } = selected;
  const limits = {
    ...limitsOf(options, engine === "reference" ? io.heapBytesMax : io.memoryBytesMax),
    ...(options.maxDepth === undefined ? {} : { depth: options.maxDepth }),
  };
  const crew = engine === "reference" ? null : crewFor(options, selected, io);
  const spilling = storage === null ? null : { memoryBytes: options.memory ?? limits.memoryBytes, storage };
  const remembered = rememberedBy(options);
  const search = (world: World) =>
    options.search === "dfs"
      ? depthFirst(model, limits, world)
      : breadthFirstBy(engine, model, limits, world, crew, watchedKeeper(keeper, io), remembered, spilling);
  const display = progressDisplay(io);
  const notices = spillNotices(storage?.folder ?? "", io);
  try {
    const driven = await driveOrRefuse(search(worldOf(limits, io)), unfinished, io, (progress) => {
      notices(progress);
      display.show(progress);
    });
    display.end(driven.ok ? driven.value.outcome.distinct : 0);
    return driven;
  } finally {
    storage?.close();
  }
}

/** What the report says of the search itself. */
function searchedBy(options: ExploreOptions, engine: EngineName): Pick<Outcome, "engine" | "exact" | "mode"> {
  const mode = options.search === "dfs" ? "depth-first" : "breadth-first";
  return { engine, exact: engine === "reference" || options.exact === true, mode };
}

/** The keeper, which says when it is not to be disturbed. */
function watchedKeeper(keeper: FolderKeeper | null, { watch }: Io): Keeper | undefined {
  if (keeper === null) return undefined;
  return {
    resumed: keeper.resumed,
    isDue: () => keeper.isDue(),
    *keep(snapshot) {
      watch.keeping();
      yield* keeper.keep(snapshot);
      watch.kept();
    },
  };
}

/** How to go on with a run that is ended from outside, from the last checkpoint that it has written by then. */
function resumable(words: readonly string[], options: ExploreOptions): Unfinished["resume"] {
  const folder = checkpointFolder(options);
  return folder === null ? null : { folder, command: goingOn(words, options, folder) };
}

/** The command that goes on with a run that was stopped and kept, without the limit that stopped it. */
function resumeCommand(words: readonly string[], options: ExploreOptions, { stopped }: Outcome): string | null {
  const folder = checkpointFolder(options);
  if (stopped === null || folder === null || !canResume(folder)) return null;
  const { maxStates, maxDepth, maxMemory, ...others } = options;
  const rest: ExploreOptions = {
    ...others,
    ...(maxStates === undefined || stopped.by === "states" ? {} : { maxStates }),
    ...(maxDepth === undefined || stopped.by === "depth" ? {} : { maxDepth }),
    ...(maxMemory === undefined || stopped.by === "memory" ? {} : { maxMemory }),
  };
  return goingOn(words, rest, folder);
}

function goingOn(words: readonly string[], options: ExploreOptions, folder: string): string {
  const every = options.checkpointEvery === undefined ? [] : ["--checkpoint-every", String(options.checkpointEvery)];
  return commandLine([...words, ...optionWords(options), ...searchWords(options), "--resume", folder, ...every]);
}

/** States to explore before it is told what was learnt of them. */
const explainedStates = 20_000;

function explained(asked: string | true, remembered: Remembered, model: Model, io: Io): ExitCode {
  const refusal = engineRefusal("lowered", model);
  const names = model.actions.map(({ name }) => name);
  const isKnown = asked === true || names.includes(asked);
  if (refusal !== null || !isKnown) {
    const what = refusal === null ? `there is no action named ${asked}` : refusal;
    const expected = refusal === null ? `one of ${names.join(", ")}` : "a model that the engine lowered takes";
    const tries = ["Write --explain without a name, which explains all actions."];
    return reported(
      [{ code: "not-explained", exit: exitCodes.configuration, what: `--explain: ${what}`, expected, tries }],
      io,
    );
  }
  io.watch.searching(null);
  const lines = explain(model, explainedStates, asked === true ? null : asked, remembered);
  io.stdout.write(`${lines.join("\n")}\n`);
  return exitCodes.ok;
}

/** A level of fewer states is done before a thread has loaded the model. */
const worthwhile = 2000;

/** The threads that share the work; null where there is one. */
function crewFor({ workers: asked }: ExploreOptions, { model, declaration }: SelectedModel, io: Io): Crew | null {
  const workers = asked ?? io.processors;
  if (workers < 2 || io.hire === null) return null;
  const recipe = recipeOf(model, io.specs.bundleOf(declaration));
  return { workers, hire: io.hire(recipe), worthwhile };
}

type Chosen = { readonly ok: true; readonly engine: EngineName } | { readonly ok: false; readonly problem: Problem };

/**
 * The engine that was asked for, or else the fastest that takes the model and the search. What an engine that was asked
 * for cannot do is refused: no other steps in unseen.
 */
function engineFor({ engine: asked, search }: ExploreOptions, model: Model): Chosen {
  const refusalOf = (name: EngineName) =>
    name === "reference" && model.deadData !== null
      ? "its traces would show states without their dead data"
      : search === "dfs" && name !== "reference"
        ? "this engine searches breadth-first only"
        : engineRefusal(name, model);
  const engine = asked ?? engineNames.find((name) => refusalOf(name) === null) ?? "reference";
  const refusal = refusalOf(engine);
  if (refusal === null) return { ok: true, engine };
  const problem: Problem = {
    code: "engine-refuses",
    exit: exitCodes.configuration,
    what: `--engine ${engine}: ${refusal}`,
    tries:
      engine === "reference"
        ? [
            "Remove --dead-data from the command.",
            `Remove ${asked === undefined ? "--search dfs" : "--engine reference"}.`,
          ]
        : ["Remove --engine: Lockstep then picks the fastest engine that can run this model and this search."],
  };
  return { ok: false, problem };
}

function searchWords(options: ExploreOptions): readonly string[] {
  const { search, engine, exact, maxDepth, workers, deadData, paranoid } = options;
  return [
    ...(engine === undefined ? [] : ["--engine", engine]),
    ...(exact === true ? ["--exact"] : []),
    ...(search === "bfs" ? [] : ["--search", search]),
    ...(workers === undefined ? [] : ["--workers", String(workers)]),
    ...(deadData === true ? ["--dead-data"] : []),
    ...(paranoid === true ? ["--paranoid"] : []),
    ...(maxDepth === undefined ? [] : ["--max-depth", String(maxDepth)]),
    ...spillWords(options),
  ];
}

/** Options that the search cannot honour are refused: one that is ignored would make a report of another run. */
function refusedOption({ workers, engine, search, seed }: ExploreOptions): Problem | null {
  if (workers !== undefined && workers > 1 && (engine === "reference" || search === "dfs")) {
    return {
      code: "one-worker",
      exit: exitCodes.configuration,
      what: `--workers ${workers}: ${search === "dfs" ? "a depth-first search" : "the reference engine"} runs one worker`,
      expected: "--workers 1, or no --workers",
      tries: [
        "Remove --workers: verdict, counts and trace are the same at any number of workers.",
        `Remove ${search === "dfs" ? "--search dfs" : "--engine reference"}.`,
      ],
    };
  }
  if (seed !== undefined) {
    return {
      code: "no-seed",
      exit: exitCodes.configuration,
      what: `--seed ${seed}: exploring visits every state, and has nothing that a seed could choose`,
      expected: "no --seed",
      tries: [`Run lockstep simulate with the model and --seed ${seed}.`],
    };
  }
  return null;
}
