/** Raft: the list of what can happen and of what must hold, and nothing else. */
import { advanceCommitIndex } from "./actions/advance-commit-index.ts";
import { appendEntries } from "./actions/append-entries.ts";
import { becomeLeader } from "./actions/become-leader.ts";
import { clientRequest } from "./actions/client-request.ts";
import { handleAppendEntriesRequest } from "./actions/handle-append-entries-request.ts";
import { handleAppendEntriesResponse } from "./actions/handle-append-entries-response.ts";
import { handleRequestVoteRequest } from "./actions/handle-request-vote-request.ts";
import { handleRequestVoteResponse } from "./actions/handle-request-vote-response.ts";
import { dropMessage, duplicateMessage } from "./actions/network-faults.ts";
import { persistLog, persistTerm, persistVote, sendFromOutbox } from "./actions/persist.ts";
import { restart } from "./actions/restart.ts";
import { timeout } from "./actions/timeout.ts";
import { committedOnQuorum } from "./properties/committed-on-quorum.ts";
import { electionSafety } from "./properties/election-safety.ts";
import { leaderAppendOnly } from "./properties/leader-append-only.ts";
import { leaderCompleteness } from "./properties/leader-completeness.ts";
import { logMatching } from "./properties/log-matching.ts";
import { monotonicCommit } from "./properties/monotonic-commit.ts";
import { monotonicMatch } from "./properties/monotonic-match.ts";
import { monotonicTerm } from "./properties/monotonic-term.ts";
import { monotonicVote } from "./properties/monotonic-vote.ts";
import { reachables } from "./properties/reachables.ts";
import { stateMachineSafety } from "./properties/state-machine-safety.ts";
import { wellFormed } from "./properties/well-formed.ts";
import { raft } from "./protocol.ts";

export const raftSpec = raft.spec({
  says: "The Raft consensus algorithm: leader election, log replication, commitment, and recovery.",
  source: "Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (extended version), 2014",
  actions: [
    timeout,
    handleRequestVoteRequest,
    handleRequestVoteResponse,
    becomeLeader,
    clientRequest,
    appendEntries,
    handleAppendEntriesRequest,
    handleAppendEntriesResponse,
    advanceCommitIndex,
    restart,
    persistTerm,
    persistVote,
    persistLog,
    sendFromOutbox,
    duplicateMessage,
    dropMessage,
  ],
  properties: [
    electionSafety,
    logMatching,
    leaderCompleteness,
    stateMachineSafety,
    leaderAppendOnly,
    committedOnQuorum,
    monotonicTerm,
    monotonicVote,
    monotonicCommit,
    monotonicMatch,
    wellFormed,
    ...reachables,
  ],
  symmetry: ["Server", "Value"],
});
