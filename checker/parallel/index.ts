/** The door of searches by several threads. */
export type { WorkerStart } from "./messages.ts";
export type { Hire } from "./team.ts";
export { type Crew, searchTogether } from "./together.ts";
export { serve } from "./worker.ts";
