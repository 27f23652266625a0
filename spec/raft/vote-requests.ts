import { lastTerm } from "./log.ts";
import type { RaftConstants } from "./protocol.ts";
import { send } from "./send.ts";
import type { ServerId, StateDraft } from "./state.ts";

/** "Send RequestVote RPCs to all other servers" (figure 2, Candidates, §5.2). `isTransfer`: the leader wants the election. */
export function requestVotes(s: StateDraft, i: ServerId, isTransfer: boolean, c: RaftConstants): void {
  const me = s.servers.get(i);
  for (const j of c.Server) {
    if (j === i) continue;
    const last = { lastLogIndex: me.log.length, lastLogTerm: lastTerm(me.log), isTransfer };
    send(s, { kind: "RequestVoteRequest", term: me.term, from: i, to: j, ...last }, c);
  }
}
