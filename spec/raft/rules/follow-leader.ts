import type { RaftConstants } from "../protocol.ts";
import type { ServerDraft } from "../state.ts";
import { becomeFollower } from "./become-follower.ts";

/** "If AppendEntries RPC received from new leader: convert to follower" (figure 2, Candidates, §5.2): one of my own term. */
export function followLeader(me: ServerDraft, term: number, c: RaftConstants): void {
  if (me.role === "Candidate" && term === me.term) becomeFollower(me, c);
}
