/** The thread of a search's worker: it makes the leader's model again, and serves the leader. */
import { workerData } from "node:worker_threads";
import { serve } from "../checker/parallel/index.ts";
import { Calls } from "./calls.ts";
import { JobCells } from "./job-cells.ts";
import { modelOfRecipe, type WorkerInput } from "./recipe.ts";

const { port, start, recipe, watched } = workerData as WorkerInput;
// The leader's thread is the first.
const calls =
  watched === null ? null : new Calls(new JobCells(watched.cells).slot(start.index + 1), watched.names, null);
serve(port, start, await modelOfRecipe(recipe, calls));
