/** The thread of a worker on a random program. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { WorkerStart } from "../parallel/messages.ts";
import { serve } from "../parallel/worker.ts";
import { declarationOf, modelOfDeclaration } from "./evaluation.suite.ts";

interface Input {
  readonly port: MessagePort;
  readonly start: WorkerStart;
  readonly body: string;
}

const { port, start, body } = workerData as Input;
serve(port, start, modelOfDeclaration({ ...declarationOf(body), symmetry: false, deadData: false }));
