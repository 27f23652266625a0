/**
 * What FlexibleRaft.tla and RaftFsync.tla share. Both descend from a Raft.tla that sends each message at most once: a
 * request that was sent before is not sent again, and a request stays unanswered where its answer was sent before. A
 * leader need not wait for an answer before it sends the next request.
 */
import { protocol } from "../../../spec/lang/index.ts";
import {
  type CommonServer,
  type CommonServerDraft,
  commonStateOf,
  constants,
  isQuorum,
  type RaftConstants,
} from "../raft-tlaplus/state.ts";

/** The rules in which the two modules differ, as the basic algorithm has them. */
export const rules = {
  /** Whether so many votes make a candidate leader. */
  isElectionQuorum: isQuorum,
  /** Whether so many servers are enough to commit what they have. */
  isReplicationQuorum: isQuorum,
  /** Whether a leader is one of the servers that have the entry at `index`. */
  countsItself: (_leader: CommonServer, _index: number, _c: RaftConstants): boolean => true,
  /** Whether a leader may send a request that ends with the entry at `index`. */
  maySend: (_leader: CommonServer, _index: number, _c: RaftConstants): boolean => true,
  /** What else a follower does before it acknowledges a request. */
  beforeReply: (_follower: CommonServerDraft, _c: RaftConstants): void => {},
  /** What else a restart loses. */
  recover: (_server: CommonServerDraft, _c: RaftConstants): void => {},
};

export const sentOnce = protocol("Raft", { constants, state: commonStateOf, rules });
