export { type Hooks, noHooks, type Queues, type RequestKind } from "./hooks.ts";
export { type Host, type Logger, nodeHost, noLogger } from "./host.ts";
export type { Outcome, Replica, Status } from "./interface.ts";
export {
  defaultLimits,
  defaultSnapshotPolicy,
  type Limits,
  type ReplicaOptions,
  type SnapshotPolicy,
} from "./options.ts";
export { type RunningReplica, startReplica } from "./replica.ts";
export { openTraceFile, type TraceFile } from "./trace-file.ts";
