/** The door of the Raft specification. */
export { type Constants, constants } from "./constants.ts";
export { agreesAt, lastTerm, termAt } from "./log.ts";
export type * from "./messages.ts";
export { raftModels } from "./models/index.ts";
export { durableLog, durableTerm, durableVote } from "./parts/disk/durable.ts";
export type { RaftConstants } from "./protocol.ts";
export { isMajority } from "./quorum.ts";
export { raftSpec } from "./raft.ts";
export { becomeFollower } from "./rules/become-follower.ts";
export { type Rules, rules } from "./rules/index.ts";
export { replicaCount } from "./rules/is-committable.ts";
export type { Server, ServerDraft, ServerId, State, StateDraft } from "./state.ts";
