/** The door of the Raft specification. */
export { type Constants, constants } from "./constants.ts";
export { durableLog, durableTerm, durableVote } from "./durability.ts";
export { agreesAt, lastTerm, termAt } from "./log.ts";
export type * from "./messages.ts";
export { raftModels } from "./models/index.ts";
export { raftSpec } from "./raft.ts";
export { committable, holders } from "./rules/advance-commit.ts";
export { rules } from "./rules/index.ts";
export { isQuorum } from "./rules/record-vote.ts";
export { becomeFollower, forgetVotes } from "./rules/update-term.ts";
export type { Server, ServerDraft, ServerId, State, StateDraft } from "./state.ts";
