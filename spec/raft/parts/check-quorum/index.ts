/**
 * Check-quorum: a leader that no majority has answered for an election timeout becomes a follower, so that clients look for
 * another one (thesis §6.2; etcd-io/raft, CheckQuorum). A leader that ignores requests for votes (`parts/leader-stickiness/`)
 * needs it: nothing else may end its leadership where messages to it get through and messages from it do not.
 *
 * When it checks is a matter of clocks: here at any time.
 */
import { aHeardLeaderStays } from "./a-heard-leader-stays.ts";
import { checkQuorum } from "./check-quorum.ts";
import { checkQuorumGoals } from "./goals.ts";
import { onlyLeadersCheck } from "./only-leaders-check.ts";

export const checkQuorumActions = [checkQuorum];
export const checkQuorumProperties = [aHeardLeaderStays, onlyLeadersCheck, ...checkQuorumGoals];
