/** Raft: the list of what can happen and of what must hold, and nothing else. */
import { advanceCommitIndex } from "./actions/advance-commit-index.ts";
import { appendEntries } from "./actions/append-entries.ts";
import { becomeLeader } from "./actions/become-leader.ts";
import { clientRequest } from "./actions/client-request.ts";
import { dropMessage } from "./actions/drop-message.ts";
import { duplicateMessage } from "./actions/duplicate-message.ts";
import { handleAppendEntriesRequest } from "./actions/handle-append-entries-request.ts";
import { handleAppendEntriesResponse } from "./actions/handle-append-entries-response.ts";
import { handleRequestVoteRequest } from "./actions/handle-request-vote-request.ts";
import { handleRequestVoteResponse } from "./actions/handle-request-vote-response.ts";
import { restart } from "./actions/restart.ts";
import { timeout } from "./actions/timeout.ts";
import { goals } from "./goals/index.ts";
import { init } from "./init.ts";
import { acknowledgeCommitted } from "./parts/acknowledge-committed.ts";
import { checkQuorumActions, checkQuorumProperties } from "./parts/check-quorum/index.ts";
import { commitsInParts, commitUpTo } from "./parts/commit-up-to.ts";
import { diskGoals } from "./parts/disk/goals.ts";
import { diskActions } from "./parts/disk/index.ts";
import { heartbeatGoals } from "./parts/heartbeats/goals.ts";
import { heartbeatActions } from "./parts/heartbeats/index.ts";
import { stickinessActions, stickinessProperties } from "./parts/leader-stickiness/index.ts";
import { transferActions, transferProperties } from "./parts/leadership-transfer/index.ts";
import { preVoteActions, preVoteProperties } from "./parts/pre-vote/index.ts";
import { readActions } from "./parts/reads/index.ts";
import { readProperties } from "./parts/reads/properties.ts";
import { refuseVote } from "./parts/refuse-vote.ts";
import { snapshotActions, snapshotProperties } from "./parts/snapshots/index.ts";
import { aLeaderStepsDown, stepDown } from "./parts/step-down.ts";
import { tellTermActions } from "./parts/tell-term/index.ts";
import { committedOnQuorum } from "./properties/committed-on-quorum.ts";
import { electionSafety } from "./properties/election-safety.ts";
import { leaderAppendOnly } from "./properties/leader-append-only.ts";
import { leaderCompleteness } from "./properties/leader-completeness.ts";
import { logMatching } from "./properties/log-matching.ts";
import { monotonicCommitIndex } from "./properties/monotonic-commit-index.ts";
import { monotonicMatchIndex } from "./properties/monotonic-match-index.ts";
import { monotonicTerm } from "./properties/monotonic-term.ts";
import { monotonicVote } from "./properties/monotonic-vote.ts";
import { stateMachineSafety } from "./properties/state-machine-safety.ts";
import { wellFormed } from "./properties/well-formed.ts";
import { raft } from "./protocol.ts";

export const raftSpec = raft.spec({
  says: "The Raft consensus algorithm: leader election, log replication, commitment, and recovery.",
  source: "Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (extended version), 2014",
  init,
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
    ...diskActions,
    ...heartbeatActions,
    ...tellTermActions,
    stepDown,
    refuseVote,
    commitUpTo,
    acknowledgeCommitted,
    ...preVoteActions,
    ...stickinessActions,
    ...checkQuorumActions,
    ...transferActions,
    ...snapshotActions,
    ...readActions,
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
    monotonicCommitIndex,
    monotonicMatchIndex,
    wellFormed,
    ...goals,
    ...diskGoals,
    ...heartbeatGoals,
    aLeaderStepsDown,
    commitsInParts,
    ...preVoteProperties,
    ...stickinessProperties,
    ...checkQuorumProperties,
    ...transferProperties,
    ...snapshotProperties,
    ...readProperties,
  ],
  symmetry: ["Server", "Value"],
});
