/** The door of the room: Raft without I/O. Events in, effects out. */

export { Audit } from "./audit.ts";
export {
  type Configuration,
  initialConfiguration,
  isChanging,
  isJoint,
  isQuorum,
  isVoter,
  membersOf,
  noConfiguration,
} from "./configuration.ts";
export type { Answer, ChunkRead, ChunkWrite, Committed, Effects, Refusal, Write } from "./effects.ts";
export { type Entry, entrySize, type HardState, type NodeId, type SnapshotMeta } from "./entry.ts";
export type { Change, Event, Member, Proposal } from "./event.ts";
export type { BoundMessage, FreeMessage, Message } from "./message.ts";
export { step } from "./node.ts";
export { noObserver, type Observer, type Rule } from "./observer.ts";
export { defaultSettings, type Settings, settingsProblems } from "./settings.ts";
export { type StartOptions, start } from "./start.ts";
export type { Durable, Node } from "./state.ts";
export type { StateMachine } from "./state-machine.ts";
