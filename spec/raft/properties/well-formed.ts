import type { Constants } from "../constants.ts";
import { lastTerm } from "../log.ts";
import { raft } from "../protocol.ts";
import type { Server, ServerId } from "../state.ts";

export const wellFormed = raft.invariant("WellFormed", {
  says: "Terms in a log never decrease nor exceed the server's term, what is committed exists, and each role has only the state that is valid for it.",
  source: "figure 2; TLA+ TypeOK",
  holds: (s, c) =>
    s.servers.every(
      (me, i) =>
        isLogOrdered(me) && me.commitIndex <= me.log.length && isRoleConsistent(me, i, c) && isDiskBehind(me, c),
    ),
});

function isLogOrdered(me: Server): boolean {
  return (
    lastTerm(me.log) <= me.term &&
    me.log.every((entry, index) => index === 1 || me.log.get(index - 1).term <= entry.term)
  );
}

function isRoleConsistent(me: Server, i: ServerId, c: Constants): boolean {
  const hasVotes = me.votesGranted.size > 0;
  const tracks = me.nextIndex.some((next) => next > 1) || me.matchIndex.some((match) => match > 0);
  if (me.role === "Follower") return !hasVotes && !tracks;
  if (me.role === "Candidate") return me.votedFor === i && me.votesGranted.has(i) && !tracks;
  return me.votedFor === i && !hasVotes && c.Server.every((j) => me.matchIndex.get(j) < me.nextIndex.get(j));
}

function isDiskBehind(me: Server, c: Constants): boolean {
  return !c.writeQueue || (me.durable.term <= me.term && lastTerm(me.durable.log) <= me.durable.term);
}
