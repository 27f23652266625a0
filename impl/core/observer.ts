import type { Message } from "./message.ts";
import type { Node } from "./state.ts";

/** The rules of Raft that a step may follow, each named as in the paper or, where it has none, as in the thesis. */
export type Rule =
  | "Restart"
  | "Timeout"
  | "BecomeCandidate"
  | "BecomeLeader"
  | "AppendNoOp"
  | "BecomeFollower"
  | "AdoptTerm"
  | "GrantVote"
  | "RefuseVote"
  | "ClientRequest"
  | "AcceptAppend"
  | "RefuseAppend"
  | "TruncateLog"
  | "AdvanceCommitIndex"
  | "ChangeConfiguration"
  | "ReadIndex"
  | "TransferLeadership"
  | "TakeSnapshot"
  | "InstallSnapshot"
  | "Persisted";

/**
 * Told of every rule that a server follows, at the moment when its state is what the rule has made of it. A step may
 * follow several. What it hears must not change: whoever keeps something copies it.
 */
export interface Observer {
  followed(rule: Rule, node: Node, cause: Message | null): void;
}

/** Hears nothing, and costs a call. */
export const noObserver: Observer = { followed() {} };
