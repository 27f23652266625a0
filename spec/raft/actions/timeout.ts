import { id } from "../../lang/index.ts";
import { hasRoomFor, mayStartTerm } from "../bounds.ts";
import { raft } from "../protocol.ts";
import { requestVotes } from "../vote-requests.ts";

/** "If election timeout elapses: convert to candidate", and "send RequestVote RPCs to all other servers" (§5.2). */
export const timeout = raft.action("Timeout", {
  says: "A server hears from no leader, starts an election in the next term, and asks the others for their votes.",
  source: "figure 2, Followers and Candidates; §5.2; TLA+ Timeout and RequestVote",
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    return c.rules.mayCampaign(me, c) && mayStartTerm(me, c) && hasRoomFor(s, c.Server.length - 1, c);
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    c.rules.startElection(me, i, c);
    requestVotes(s, i, false, c);
  },
});
