import { Command } from "commander";
import { simulate } from "../../checker/index.ts";
import { driveOrRefuse, worldOf } from "../drive.ts";
import type { ExitCode } from "../exit-codes.ts";
import { finish, unfinishedOf } from "../finish.ts";
import type { Io } from "../io.ts";
import { refuseTemporal, selectModel } from "../model-selection.ts";
import { reported } from "../problem.ts";
import { progressDisplay } from "../progress.ts";
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

interface SimulateOptions extends RunOptions {
  readonly seed: number;
  readonly walks: number;
  readonly maxLength: number;
}

const examples = `
Examples:
  lockstep simulate
  lockstep simulate my-spec.ts --walks 10000 --max-length 200 --seed 7
  lockstep simulate my-spec.ts --expect incomplete --strict   fail only on violations and on what was never reached

A simulation never shows that a property holds: without a violation its verdict is "incomplete".`;

export function simulateCommand(io: Io, done: (code: ExitCode) => void): Command {
  const command = new Command("simulate")
    .description("walk through a model at random, for models too large to explore")
    .argument("[model]", "a built-in model (lockstep list), or the path of a TypeScript spec");
  return addRunOptions(command)
    .option("--seed <seed>", "the same seed walks the same way", seedNumber, 1)
    .option("--walks <count>", "how many walks", wholeNumber, 100)
    .option("--max-length <steps>", "steps of a walk at most", wholeNumber, 100)
    .addHelpText("after", examples)
    .action(async (target: string | undefined, options: SimulateOptions) => {
      done(await simulateModel(target, options, io));
    });
}

async function simulateModel(target: string | undefined, options: SimulateOptions, io: Io): Promise<ExitCode> {
  io.watch.bounded(options.maxSeconds);
  const selected = await selectModel({ ...options, ...(target === undefined ? {} : { target }) }, io.specs);
  if (!selected.ok) return reported(selected.problems, io);
  const { model } = selected.value;
  const temporal = refuseTemporal(model);
  if (temporal !== null) return reported([temporal], io);

  const { seed, walks, maxLength } = options;
  const display = progressDisplay(io);
  const limits = limitsOf(options, io.heapBytesMax);
  const search = simulate(model, { seed, walks, lengthMax: maxLength }, limits, worldOf(limits, io));
  const words = ["--seed", String(seed), "--walks", String(walks), "--max-length", String(maxLength)];
  const again = commandLine(["simulate", target ?? model.name, ...optionWords(options), ...words]);
  const run = { selected: selected.value, options, seed, again };
  const unfinished = unfinishedOf(run, { engine: "reference", exact: true, mode: "simulation" }, null, io);
  const driven = await driveOrRefuse(search, unfinished, io, display.show);
  display.end(driven.ok ? driven.value.outcome.distinct : 0);
  if (!driven.ok) return reported(await located(driven.problems, selected.value.declaration, io.specs), io);
  return finish({ ...run, ...driven.value, resume: null }, io);
}
