import type { ServerDraft, ServerId } from "../state.ts";

/** "Each server will vote for at most one candidate in a given term" (§5.2): a voter counts once, however often it answers. */
export function recordVote(me: ServerDraft, voter: ServerId): void {
  me.votesGranted.add(voter);
}
