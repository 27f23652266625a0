import { id } from "../../../lang/index.ts";
import { hasRoomFor, mayStartTerm } from "../../bounds.ts";
import { lastTerm } from "../../log.ts";
import type { PreVoteRequest } from "../../messages.ts";
import { isInFlight } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { becomeFollower } from "../../rules/become-follower.ts";
import { send } from "../../send.ts";
import type { Server, ServerId } from "../../state.ts";

export const askForPreVotes = raft.action("AskForPreVotes", {
  says: "A server hears from no leader, and asks the others whether they would vote for it. A candidate gives up to do so.",
  source: "thesis §9.6; etcd-io/raft, becomePreCandidate",
  part: (c) => c.preVote,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }, c) => {
    const me = s.servers.get(i);
    if (!c.rules.mayAskForPreVotes(me, c) || !mayStartTerm(me, c) || !hasRoomFor(s, c.Server.length - 1, c))
      return false;
    return c.Server.every((j) => j === i || !isInFlight(s.network, request(me, i, j), c));
  },
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    becomeFollower(me, c);
    me.preVotesGranted.add(i);
    for (const j of c.Server) if (j !== i) send(s, request(me, i, j), c);
  },
});

/** The question carries the term that the election would start. */
function request(me: Server, i: ServerId, j: ServerId): PreVoteRequest {
  const last = { lastLogIndex: me.log.length, lastLogTerm: lastTerm(me.log) };
  return { kind: "PreVoteRequest", term: me.term + 1, from: i, to: j, ...last };
}
