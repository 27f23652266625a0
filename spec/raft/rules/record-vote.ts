import type { Constants } from "../constants.ts";
import type { Server, ServerDraft, ServerId } from "../state.ts";

/** "Each server will vote for at most one candidate in a given term" (§5.2): a voter counts once, however often it answers. */
export function recordVote(me: ServerDraft, voter: ServerId, c: Constants): void {
  if (c.tally === "counter" && !me.votesGranted.has(voter)) me.voteCount += 1;
  me.votesGranted.add(voter);
}

/** "If votes received from majority of servers: become leader" (figure 2, Candidates). */
export function hasQuorum(me: Server, c: Constants): boolean {
  const votes = c.tally === "counter" ? me.voteCount : me.votesGranted.size;
  return isQuorum(votes, c);
}

/** Whether this many servers are a majority. */
export function isQuorum(servers: number, c: Constants): boolean {
  return servers * 2 > c.Server.length;
}
