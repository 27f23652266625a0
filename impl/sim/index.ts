/** The door of the room: a cluster in a world that a seed decides, with all its faults. */
export { type Fault, type FaultKind, faultKinds, type Target } from "./fault.ts";
export type { Failure, Report } from "./report.ts";
export { Run, type RunOptions, simulate } from "./run.ts";
export { readSchedule, type Schedule, type ScheduleFault, SERVERS_MAX, scheduleText } from "./schedule.ts";
export { type Shrunk, shrinkFaults } from "./shrink.ts";
