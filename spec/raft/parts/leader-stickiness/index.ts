/**
 * Leader stickiness: a server that hears a leader helps no other server to depose it. It ignores a request for its vote in a later
 * term, whose term it does not adopt, and refuses its vote in its own term (§6, last paragraph; thesis §4.2.3). It refuses
 * pre-votes too (thesis §9.6), and starts no election.
 *
 * How long a server hears a leader is a matter of clocks. Here it may end at any time: ElectionTimeoutElapses. It outlasts
 * a change of term, because an implementation counts from the last message of a leader, whatever it has received since.
 */
import { electionTimeoutElapses } from "./election-timeout-elapses.ts";
import { aLeaderIsKept } from "./goals.ts";
import { heardLeaderKeepsVotes } from "./heard-leader-keeps-votes.ts";
import { ignoreVoteRequest } from "./ignore-vote-request.ts";

export const stickinessActions = [electionTimeoutElapses, ignoreVoteRequest];
export const stickinessProperties = [heardLeaderKeepsVotes, aLeaderIsKept];
