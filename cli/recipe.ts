/** How to make a model again in another thread: functions cannot be sent there, so it is told where they come from. */
import { cpus } from "node:os";
import { type MessagePort, Worker } from "node:worker_threads";
import type { Hire, WorkerStart } from "../checker/parallel/index.ts";
import { modelsOfBundle, type SpecBundle } from "../checker/source/index.ts";
import { instantiate, type Model, type ModelDeclaration, type Settings } from "../spec/lang/index.ts";
import type { Calls } from "./calls.ts";
import { markedDeclaration } from "./marked-spec.ts";
import { builtInModels } from "./registry.ts";

/** A model as data. */
export interface Recipe {
  readonly name: string;
  /** The user's spec, or null for a built-in model. */
  readonly bundle: SpecBundle | null;
  readonly settings: Settings;
  readonly properties: readonly string[];
  readonly symmetry: boolean;
  readonly deadlock: boolean;
  readonly deadData: boolean;
  readonly paranoid: boolean;
}

/** The memory in which the threads of a run say what they call, and what the numbers there mean. */
export interface Watched {
  readonly cells: SharedArrayBuffer;
  readonly names: readonly string[];
}

/** What the worker's thread is started with. */
export interface WorkerInput {
  readonly port: MessagePort;
  readonly start: WorkerStart;
  readonly recipe: Recipe;
  /** Null where the run is not watched. */
  readonly watched: Watched | null;
}

export function recipeOf(model: Model, bundle: SpecBundle | null): Recipe {
  return {
    name: model.name,
    bundle,
    settings: model.settings,
    properties: model.properties.map(({ name }) => name),
    symmetry: model.symmetric.length > 0,
    deadlock: model.checksDeadlock,
    deadData: model.deadData !== null,
    paranoid: model.paranoid,
  };
}

export async function modelOfRecipe(recipe: Recipe, calls: Calls | null = null): Promise<Model> {
  const loading = <R>(run: () => R): R => (calls === null ? run() : calls.marked("the loading of the spec", run)());
  const models: readonly ModelDeclaration[] =
    recipe.bundle === null ? builtInModels : await modelsOfBundle(recipe.bundle, loading);
  const declaration = models.find(({ name }) => name === recipe.name);
  if (declaration === undefined) throw new Error(`the worker finds no model named ${recipe.name}`);
  const marked = calls === null ? declaration : markedDeclaration(declaration, calls);
  const { name: _, bundle: __, settings, ...choices } = recipe;
  const model = instantiate({ ...marked, ...choices }, settings);
  if (!model.ok) throw new Error(`the worker cannot build ${recipe.name}`);
  return model.value;
}

/** Starts threads that make this model. */
export function hireFor(recipe: Recipe, watched: Watched | null): Hire {
  return (port, start) => {
    const input: WorkerInput = { port, start, recipe, watched };
    const address = new URL("./search-worker.js", import.meta.url);
    const worker = new Worker(address, { workerData: input, transferList: [port] });
    worker.unref();
    return worker;
  };
}

/** Threads that the machine runs at once. */
export function processorCount(): number {
  return Math.max(1, cpus().length);
}
