import { boolean, id, integer, kinds, type OfKind, part, record, sequence, union, type ViewOf } from "../lang/index.ts";
import type { Constants } from "./constants.ts";
import { hasHeartbeats } from "./parts/heartbeats/has-heartbeats.ts";

/** A log entry: a client's value, and the term in which a leader received it. */
export const entrySchema = (c: Constants) => record({ term: integer(1, c.maxTerm), value: id(c.Value) });

/**
 * The two remote procedure calls of the paper (figure 2), each a request and a response, with sender and receiver; and the
 * messages of the parts that are on.
 */
export const messageSchema = (c: Constants) => {
  const envelope = { term: integer(0, c.maxTerm), from: id(c.Server), to: id(c.Server) };
  const index = integer(0, c.maxLogLength);
  const logTerm = integer(0, c.maxTerm);
  const context = part(c.readIndex, integer(0, c.maxReads));
  return union({
    RequestVoteRequest: {
      ...envelope,
      lastLogIndex: index,
      lastLogTerm: logTerm,
      /** Whether the leader of the term before wants this election. */
      isTransfer: part(c.leadershipTransfer, boolean()),
    },
    RequestVoteResponse: { ...envelope, granted: boolean() },
    AppendEntriesRequest: {
      ...envelope,
      prevLogIndex: index,
      prevLogTerm: logTerm,
      entries: sequence(entrySchema(c), c.maxBatch),
      leaderCommit: index,
    },
    AppendEntriesResponse: {
      ...envelope,
      success: boolean(),
      /** After success the last entry known to match, else 0. */
      matchIndex: index,
      /** After a refusal the follower's hint where hints are on, else 0. */
      hintIndex: index,
    },
    ...kinds(hasHeartbeats(c), {
      /** The context says which reads a round of heartbeats confirms. */
      HeartbeatRequest: { ...envelope, commitIndex: index, context },
      HeartbeatResponse: { ...envelope, context },
    }),
    ...kinds(c.termNotices, { TermNotice: envelope }),
    ...kinds(c.leadershipTransfer, { TimeoutNow: envelope }),
    ...kinds(c.preVote, {
      PreVoteRequest: { ...envelope, lastLogIndex: index, lastLogTerm: logTerm },
      PreVoteResponse: { ...envelope, granted: boolean() },
    }),
    ...kinds(c.snapshots, {
      InstallSnapshotRequest: {
        ...envelope,
        lastIncludedIndex: index,
        lastIncludedTerm: logTerm,
        /** The entries from which the state machine's state came that a real snapshot holds. Figure 13: data[]. */
        content: sequence(entrySchema(c), c.maxLogLength),
      },
    }),
  });
};

export type Entry = ViewOf<ReturnType<typeof entrySchema>>;
export type Message = ViewOf<ReturnType<typeof messageSchema>>;
export type RequestVoteRequest = OfKind<Message, "RequestVoteRequest">;
export type RequestVoteResponse = OfKind<Message, "RequestVoteResponse">;
export type AppendEntriesRequest = OfKind<Message, "AppendEntriesRequest">;
export type AppendEntriesResponse = OfKind<Message, "AppendEntriesResponse">;
export type HeartbeatRequest = OfKind<Message, "HeartbeatRequest">;
export type HeartbeatResponse = OfKind<Message, "HeartbeatResponse">;
export type TermNotice = OfKind<Message, "TermNotice">;
export type TimeoutNow = OfKind<Message, "TimeoutNow">;
export type PreVoteRequest = OfKind<Message, "PreVoteRequest">;
export type InstallSnapshotRequest = OfKind<Message, "InstallSnapshotRequest">;
