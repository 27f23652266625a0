/** The thread of a worker on a model that a test has drawn. */
import { type MessagePort, workerData } from "node:worker_threads";
import { type Drawn, modelOfDrawn } from "../search/drawn.suite.ts";
import type { WorkerStart } from "./messages.ts";
import { serve } from "./worker.ts";

interface Input {
  readonly port: MessagePort;
  readonly start: WorkerStart;
  readonly drawn: Drawn;
}

const { port, start, drawn } = workerData as Input;
serve(port, start, modelOfDrawn(drawn));
