/**
 * Pre-vote: before a server starts an election, it asks the others whether they would vote for it in the next term. Neither
 * the question nor the answer changes a term or a vote, so that a server which cannot win disturbs no leader (thesis §9.6).
 *
 * A server that asks is a follower with pre-votes; etcd-io/raft calls it a pre-candidate. Timeout needs a majority of
 * pre-votes then. An answer promises nothing: the voter may still vote for another.
 */
import { askForPreVotes } from "./ask-for-pre-votes.ts";
import { electionNeedsPreVotes } from "./election-needs-pre-votes.ts";
import { preVoteGoals } from "./goals.ts";
import { handlePreVoteRequest } from "./handle-pre-vote-request.ts";
import { handlePreVoteResponse } from "./handle-pre-vote-response.ts";
import { onlyFollowersAsk } from "./only-followers-ask.ts";
import { preVotesBindNoVoter } from "./pre-votes-bind-no-voter.ts";
import { refusePreVote } from "./refuse-pre-vote.ts";

export const preVoteActions = [askForPreVotes, handlePreVoteRequest, handlePreVoteResponse, refusePreVote];
export const preVoteProperties = [electionNeedsPreVotes, preVotesBindNoVoter, onlyFollowersAsk, ...preVoteGoals];
