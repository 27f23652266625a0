/** The thread of a search's worker: it makes the leader's model again, and serves the leader. */
import { workerData } from "node:worker_threads";
import { serve } from "../checker/parallel/index.ts";
import { modelOfRecipe, type WorkerInput } from "./recipe.ts";

const { port, start, recipe } = workerData as WorkerInput;
serve(port, start, await modelOfRecipe(recipe));
