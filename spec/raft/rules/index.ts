/**
 * The rules of Raft: what an action decides or does that the paper states in a sentence. Each is in the file of its name,
 * and a mutant may replace it.
 *
 * This file is also the one place where a part of the protocol (`../parts`) joins the basic algorithm: as a further
 * conjunct of a predicate, or as a further effect. A part that is off changes nothing.
 */
import type {
  AppendEntriesRequest,
  AppendEntriesResponse,
  HeartbeatResponse,
  Message,
  RequestVoteRequest,
  RequestVoteResponse,
} from "../messages.ts";
import { ownVoteIsDurable } from "../parts/disk/durable.ts";
import { waitsForDisk } from "../parts/disk/waits-for-disk.ts";
import { hintIndex, nextByHint } from "../parts/log-hints.ts";
import { nextIndexAfterSending } from "../parts/pipelining.ts";
import { rememberCommitIndex } from "../parts/reads/committed-ever.ts";
import { confirmReads } from "../parts/reads/confirm-reads.ts";
import type { Read } from "../parts/reads/fields.ts";
import { forgetReads, isReadConfirmed, readContext, readIndex } from "../parts/reads/read-rules.ts";
import type { RaftConstants } from "../protocol.ts";
import type { Server, ServerDraft, ServerId } from "../state.ts";
import { acknowledgedIndex } from "./acknowledged-index.ts";
import { advanceFollowerCommit } from "./advance-follower-commit.ts";
import { grantsVote } from "./grants-vote.ts";
import { isCommittable } from "./is-committable.ts";
import { isCountableVote } from "./is-countable-vote.ts";
import { isElected } from "./is-elected.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import { newCommitIndex } from "./new-commit-index.ts";
import { nextAfterRefusal } from "./next-after-refusal.ts";
import { recordMatch } from "./record-match.ts";
import { recordRefusal } from "./record-refusal.ts";
import { recordVote } from "./record-vote.ts";
import { resetRoleState } from "./reset-role-state.ts";
import { restart } from "./restart.ts";
import { startElection } from "./start-election.ts";
import { storeEntries } from "./store-entries.ts";
import { updateTerm } from "./update-term.ts";

/** What a rule is asked: the server first, then what it is about, and the constants last. */
export type Rules = {
  readonly updateTerm: (me: ServerDraft, term: number, c: RaftConstants) => void;
  readonly resetRoleState: (me: ServerDraft, c: RaftConstants) => void;

  readonly startElection: (me: ServerDraft, i: ServerId, c: RaftConstants) => void;
  readonly isUpToDate: (me: Server, m: RequestVoteRequest, c: RaftConstants) => boolean;
  readonly grantsVote: (me: Server, m: RequestVoteRequest, c: RaftConstants) => boolean;
  readonly isCountableVote: (me: Server, m: RequestVoteResponse, c: RaftConstants) => boolean;
  readonly recordVote: (me: ServerDraft, voter: ServerId, c: RaftConstants) => void;
  readonly isElected: (me: Server, c: RaftConstants) => boolean;

  readonly nextIndexAfterSending: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => number;
  readonly storeEntries: (me: ServerDraft, m: AppendEntriesRequest, c: RaftConstants) => void;
  readonly acknowledgedIndex: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => number;
  readonly hintIndex: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => number;
  readonly recordMatch: (me: ServerDraft, m: AppendEntriesResponse, c: RaftConstants) => void;
  readonly recordRefusal: (me: ServerDraft, m: AppendEntriesResponse, c: RaftConstants) => void;
  readonly nextAfterRefusal: (me: Server, m: AppendEntriesResponse, c: RaftConstants) => number;

  readonly isCommittable: (me: Server, i: ServerId, index: number, c: RaftConstants) => boolean;
  readonly newCommitIndex: (me: Server, i: ServerId, c: RaftConstants) => number;
  readonly advanceFollowerCommit: (me: ServerDraft, m: AppendEntriesRequest, c: RaftConstants) => void;

  readonly waitsForDisk: (me: Server, m: Message, c: RaftConstants) => boolean;
  readonly restart: (me: ServerDraft, c: RaftConstants) => void;

  readonly readIndex: (me: Server, c: RaftConstants) => number;
  readonly readContext: (me: Server, c: RaftConstants) => number;
  readonly confirmReads: (me: ServerDraft, m: HeartbeatResponse, c: RaftConstants) => void;
  readonly isReadConfirmed: (read: Read, c: RaftConstants) => boolean;
};

export const rules: Rules = {
  updateTerm,
  resetRoleState: (me, c) => {
    resetRoleState(me);
    forgetReads(me, c);
  },

  startElection,
  isUpToDate,
  grantsVote,
  isCountableVote,
  recordVote,
  isElected: (me, c) => isElected(me, c) && ownVoteIsDurable(me, c),

  nextIndexAfterSending,
  storeEntries,
  acknowledgedIndex,
  hintIndex,
  recordMatch,
  recordRefusal,
  nextAfterRefusal: (me, m, c) => nextByHint(nextAfterRefusal(me, m), m, c),

  isCommittable,
  newCommitIndex,
  advanceFollowerCommit,

  waitsForDisk,
  restart: (me, c) => {
    rememberCommitIndex(me, c);
    restart(me, c);
  },

  readIndex,
  readContext,
  confirmReads,
  isReadConfirmed,
};
