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
  InstallSnapshotRequest,
  Message,
  PreVoteRequest,
  RequestVoteRequest,
  RequestVoteResponse,
} from "../messages.ts";
import { forgetContacts, recordContact } from "../parts/check-quorum/contact.ts";
import { ownVoteIsDurable } from "../parts/disk/durable.ts";
import { waitsForDisk } from "../parts/disk/waits-for-disk.ts";
import {
  hearLeader,
  hearLeaderAfterRestart,
  hearsNoLeader,
  heedsVoteRequest,
  keepsLeader,
  keepsLeaderFrom,
} from "../parts/leader-stickiness/hearing.ts";
import { mayHandOver } from "../parts/leadership-transfer/may-hand-over.ts";
import { forgetTransfer, isTransferring } from "../parts/leadership-transfer/transfer.ts";
import { hintIndex, nextByHint } from "../parts/log-hints.ts";
import { nextIndexAfterSending } from "../parts/pipelining.ts";
import { grantsPreVote } from "../parts/pre-vote/grants-pre-vote.ts";
import { forgetPreVotes, hasPreVotes, stopAsking } from "../parts/pre-vote/pre-votes.ts";
import { rememberCommitIndex } from "../parts/reads/committed-ever.ts";
import { confirmReads } from "../parts/reads/confirm-reads.ts";
import type { Read } from "../parts/reads/fields.ts";
import { forgetReads, isReadConfirmed, readContext, readIndex } from "../parts/reads/read-rules.ts";
import { afterSnapshot, hasEntriesFrom, isInSnapshot, restoreSnapshot } from "../parts/snapshots/compaction.ts";
import { snapshotRequest } from "../parts/snapshots/snapshot-request.ts";
import { storeSnapshot } from "../parts/snapshots/store-snapshot.ts";
import type { RaftConstants } from "../protocol.ts";
import type { Server, ServerDraft, ServerId } from "../state.ts";
import { acknowledgedIndex } from "./acknowledged-index.ts";
import { advanceFollowerCommit } from "./advance-follower-commit.ts";
import { followLeader } from "./follow-leader.ts";
import { grantsVote } from "./grants-vote.ts";
import { isCommittable } from "./is-committable.ts";
import { isCountableAck } from "./is-countable-ack.ts";
import { isCountableVote } from "./is-countable-vote.ts";
import { isElected } from "./is-elected.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import { matchesPrevious } from "./matches-previous.ts";
import { mayCampaign } from "./may-campaign.ts";
import { newCommitIndex } from "./new-commit-index.ts";
import { nextAfterRefusal } from "./next-after-refusal.ts";
import { recordMatch } from "./record-match.ts";
import { recordRefusal } from "./record-refusal.ts";
import { recordVote } from "./record-vote.ts";
import { resetRoleState } from "./reset-role-state.ts";
import { restart } from "./restart.ts";
import { startElection } from "./start-election.ts";
import { storeEntries } from "./store-entries.ts";
import { takesRequests } from "./takes-requests.ts";
import { updateTerm } from "./update-term.ts";

/** What a rule is asked: the server first, then what it is about, and the constants last. */
export type Rules = {
  readonly updateTerm: (me: ServerDraft, term: number, c: RaftConstants) => void;
  readonly resetRoleState: (me: ServerDraft, c: RaftConstants) => void;
  readonly followLeader: (me: ServerDraft, term: number, c: RaftConstants) => void;

  readonly mayCampaign: (me: Server, c: RaftConstants) => boolean;
  readonly startElection: (me: ServerDraft, i: ServerId, c: RaftConstants) => void;
  readonly isUpToDate: (me: Server, m: RequestVoteRequest | PreVoteRequest, c: RaftConstants) => boolean;
  readonly heedsVoteRequest: (me: Server, m: RequestVoteRequest, c: RaftConstants) => boolean;
  readonly grantsVote: (me: Server, m: RequestVoteRequest, c: RaftConstants) => boolean;
  readonly isCountableVote: (me: Server, m: RequestVoteResponse, c: RaftConstants) => boolean;
  readonly recordVote: (me: ServerDraft, voter: ServerId, c: RaftConstants) => void;
  readonly isElected: (me: Server, c: RaftConstants) => boolean;
  readonly mayAskForPreVotes: (me: Server, c: RaftConstants) => boolean;
  readonly grantsPreVote: (me: Server, m: PreVoteRequest, c: RaftConstants) => boolean;

  readonly takesRequests: (me: Server, c: RaftConstants) => boolean;
  readonly mayHandOver: (me: Server, target: ServerId, c: RaftConstants) => boolean;
  readonly hasEntriesFrom: (me: Server, index: number, c: RaftConstants) => boolean;
  readonly nextIndexAfterSending: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => number;
  readonly matchesPrevious: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => boolean;
  readonly storeEntries: (me: ServerDraft, m: AppendEntriesRequest, c: RaftConstants) => void;
  readonly acknowledgedIndex: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => number;
  readonly hintIndex: (me: Server, m: AppendEntriesRequest, c: RaftConstants) => number;
  readonly isCountableAck: (me: Server, m: AppendEntriesResponse | HeartbeatResponse, c: RaftConstants) => boolean;
  readonly recordContact: (me: ServerDraft, from: ServerId, c: RaftConstants) => void;
  readonly recordMatch: (me: ServerDraft, m: AppendEntriesResponse, c: RaftConstants) => void;
  readonly recordRefusal: (me: ServerDraft, m: AppendEntriesResponse, c: RaftConstants) => void;
  readonly nextAfterRefusal: (me: Server, m: AppendEntriesResponse, c: RaftConstants) => number;

  readonly isCommittable: (me: Server, i: ServerId, index: number, c: RaftConstants) => boolean;
  readonly newCommitIndex: (me: Server, i: ServerId, c: RaftConstants) => number;
  readonly advanceFollowerCommit: (me: ServerDraft, m: AppendEntriesRequest, c: RaftConstants) => void;

  readonly snapshotRequest: (me: Server, i: ServerId, j: ServerId, c: RaftConstants) => Message;
  readonly storeSnapshot: (me: ServerDraft, m: InstallSnapshotRequest, c: RaftConstants) => void;

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
    forgetPreVotes(me, c);
    forgetContacts(me, c);
    forgetTransfer(me, c);
  },
  followLeader: (me, term, c) => {
    followLeader(me, term, c);
    stopAsking(me, term, c);
    hearLeader(me, term, c);
  },

  mayCampaign: (me, c) => mayCampaign(me) && hearsNoLeader(me, c) && hasPreVotes(me, c),
  startElection,
  isUpToDate,
  heedsVoteRequest,
  grantsVote: (me, m, c) => grantsVote(me, m, c) && !keepsLeaderFrom(me, m, c),
  isCountableVote,
  recordVote,
  isElected: (me, c) => isElected(me, c) && ownVoteIsDurable(me, c),
  mayAskForPreVotes: (me, c) => mayCampaign(me) && hearsNoLeader(me, c),
  grantsPreVote: (me, m, c) => grantsPreVote(me, m, c) && !keepsLeader(me, c),

  takesRequests: (me, c) => takesRequests(me) && !isTransferring(me, c),
  mayHandOver,
  hasEntriesFrom,
  nextIndexAfterSending,
  matchesPrevious: (me, m, c) => isInSnapshot(me, m.prevLogIndex, c) || matchesPrevious(me, m),
  storeEntries: (me, m, c) => storeEntries(me, afterSnapshot(me, m, c)),
  acknowledgedIndex,
  hintIndex,
  isCountableAck,
  recordContact,
  recordMatch: (me, m, c) => {
    recordMatch(me, m);
    recordContact(me, m.from, c);
  },
  recordRefusal: (me, m, c) => {
    recordRefusal(me, m, c);
    recordContact(me, m.from, c);
  },
  nextAfterRefusal: (me, m, c) => nextByHint(nextAfterRefusal(me, m), m, c),

  isCommittable,
  newCommitIndex,
  advanceFollowerCommit,

  snapshotRequest,
  storeSnapshot,

  waitsForDisk,
  restart: (me, c) => {
    rememberCommitIndex(me, c);
    restart(me, c);
    hearLeaderAfterRestart(me, c);
    restoreSnapshot(me, c);
  },

  readIndex,
  readContext,
  confirmReads,
  isReadConfirmed,
};
