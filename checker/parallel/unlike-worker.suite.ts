/** The thread of a worker on a model that is not quite the leader's. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { Model } from "../../spec/lang/index.ts";
import { type Drawn, modelOfDrawn } from "../search/drawn.suite.ts";
import type { WorkerStart } from "./messages.ts";
import { serve } from "./worker.ts";

export type Unlikeness = "the same" | "actions reversed" | "properties reversed" | "an action less";

interface Input {
  readonly port: MessagePort;
  readonly start: WorkerStart;
  readonly drawn: Drawn;
  readonly unlikeness: Unlikeness;
}

function unlike(model: Model, how: Unlikeness): Model {
  const { actions, properties } = model;
  switch (how) {
    case "the same":
      return model;
    case "actions reversed":
      return { ...model, actions: actions.toReversed() };
    case "properties reversed":
      return { ...model, properties: properties.toReversed() };
    case "an action less":
      return { ...model, actions: actions.slice(0, -1) };
  }
}

const { port, start, drawn, unlikeness } = workerData as Input;
serve(port, start, unlike(modelOfDrawn(drawn), unlikeness));
