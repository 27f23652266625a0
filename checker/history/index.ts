/** The door of the room: histories of client operations, and whether they are linearizable. */
export { checkHistory, type Verdict } from "./check.ts";
export { historyModels } from "./models.ts";
export { type Operation, operationText } from "./operation.ts";
export { readHistory } from "./read-history.ts";
export type { Budget } from "./search.ts";
export { violationLines } from "./timeline.ts";
