/**
 * The state of a cluster: figure 2 of the paper, "State", once for each server, and the network between them.
 *
 * | here | figure 2 | TLA+ (raft.tla) |
 * |---|---|---|
 * | `term` | currentTerm | currentTerm |
 * | `votedFor`, `log` | votedFor, log[] | votedFor, log |
 * | `role` | follower, candidate, leader | state |
 * | `commitIndex` | commitIndex | commitIndex |
 * | - (entries are applied as they are committed) | lastApplied | - |
 * | `votesGranted` | votes received | votesGranted |
 * | `nextIndex`, `matchIndex` | nextIndex[], matchIndex[] | nextIndex, matchIndex |
 * | `network` | - | messages |
 * | `m.from`, `m.to`, `m.term` | candidateId, leaderId; term | msource, mdest, mterm |
 * | `m.lastLogIndex`, `m.lastLogTerm` | lastLogIndex, lastLogTerm | mlastLogIndex, mlastLogTerm |
 * | `m.granted` | voteGranted | mvoteGranted |
 * | `m.prevLogIndex`, `m.prevLogTerm` | prevLogIndex, prevLogTerm | mprevLogIndex, mprevLogTerm |
 * | `m.entries`, `m.leaderCommit` | entries[], leaderCommit | mentries, mcommitIndex |
 * | `m.success`, `m.matchIndex` | success | msuccess, mmatchIndex |
 */
import { type DraftOf, id, integer, map, oneOf, record, set, type ViewOf } from "../lang/index.ts";
import type { Constants } from "./constants.ts";
import { networkSchema } from "./network/network.ts";
import { checkQuorumFields } from "./parts/check-quorum/fields.ts";
import { diskFields } from "./parts/disk/fields.ts";
import { stickinessFields } from "./parts/leader-stickiness/fields.ts";
import { transferFields } from "./parts/leadership-transfer/fields.ts";
import { preVoteFields } from "./parts/pre-vote/fields.ts";
import { readFields } from "./parts/reads/fields.ts";
import { persistentFields } from "./persistent-state.ts";

const serverSchema = (c: Constants) =>
  record({
    ...persistentFields(c),
    role: oneOf("Follower", "Candidate", "Leader"),
    /** The last entry known to be committed. */
    commitIndex: integer(0, c.maxLogLength),
    /** Candidates only, else empty: who granted a vote in `term`. */
    votesGranted: set(id(c.Server)),
    /** Leaders only, else 1: for each other server, the next entry to send. */
    nextIndex: map(id(c.Server), integer(1, c.maxLogLength + 1)),
    /** Leaders only, else 0: for each other server, the last entry known to be the same as the leader's. */
    matchIndex: map(id(c.Server), integer(0, c.maxLogLength)),
    ...diskFields(c),
    ...preVoteFields(c),
    ...stickinessFields(c),
    ...checkQuorumFields(c),
    ...transferFields(c),
    ...readFields(c),
  });

export const stateSchema = (c: Constants) =>
  record({
    servers: map(id(c.Server), serverSchema(c)),
    network: networkSchema(c),
    /** How many restarts there were: bounds the exploration, and tells a restart from any other step. */
    restarts: integer(0, c.maxRestarts),
    /** How many messages the network has duplicated: bounds the exploration. */
    duplicates: integer(0, c.maxDuplicates),
  });

export type Server = ViewOf<ReturnType<typeof serverSchema>>;
export type ServerDraft = DraftOf<ReturnType<typeof serverSchema>>;
export type State = ViewOf<ReturnType<typeof stateSchema>>;
export type StateDraft = DraftOf<ReturnType<typeof stateSchema>>;
export type ServerId = Constants["Server"][number];
