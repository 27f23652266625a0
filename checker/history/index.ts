/** The door of the room: histories of client operations, and whether they are linearizable. */
export { checkHistory, type Verdict, type Witness } from "./check.ts";
export { historyModels } from "./models.ts";
export { type Operation, operationText } from "./operation.ts";
export { type HistoryFault, readHistory } from "./read-history.ts";
export type { Budget, StoppedBy } from "./search.ts";
export { violationLines } from "./timeline.ts";
export type { Violation } from "./violation.ts";
