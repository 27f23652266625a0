import type { Configuration } from "../core/configuration.ts";
import type { Refusal } from "../core/effects.ts";
import type { NodeId } from "../core/entry.ts";
import type { Change } from "../core/event.ts";

/** What became of a request. `unknown`: it may have happened, or happen yet. Ask again in the same session. */
export type Outcome<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "unknown"; readonly leader: NodeId | null };

export interface Status {
  readonly id: NodeId;
  readonly role: "follower" | "pre-candidate" | "candidate" | "leader";
  readonly term: number;
  readonly leader: NodeId | null;
  readonly commit: number;
  readonly applied: number;
  readonly lastIndex: number;
  readonly snapshotIndex: number;
  readonly configuration: Configuration;
  /** Ticks since this server last knew of progress: as leader, of a quorum that answers; as follower, of a leader. */
  readonly ticksWithoutQuorum: number;
  /** What stopped it for good, if anything did. */
  readonly stopped: string | null;
  /** What each follower has, at the leader only. */
  readonly followers: readonly { readonly id: NodeId; readonly match: number; readonly state: string }[];
}

/** A server of a cluster, running. Promises resolve with refusals; they reject only if the program is wrong. */
export interface Replica<Result> {
  /** Done when the command is applied here. */
  propose(command: Uint8Array): Promise<Outcome<Result>>;
  /** Done when what the state machine shows is at least as new as the moment of the call, by the way asked for. */
  read(by: "quorum" | "lease"): Promise<Outcome<null>>;
  change(change: Omit<Change, "id">): Promise<Outcome<null>>;
  transfer(to: NodeId): Promise<Outcome<null>>;
  status(): Status;
  /** Gives leadership away if it can, finishes what is under way, and closes storage and transport. */
  stop(): Promise<void>;
}
