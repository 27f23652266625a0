import { durableTerm, durableVote } from "../parts/disk/durable.ts";
import { raft } from "../protocol.ts";

export const monotonicVote = raft.stepInvariant("MonotonicVote", {
  says: "A server that has voted in a term neither withdraws nor changes that vote while the term lasts.",
  source: "§5.2; TLA+ MonotonicVote",
  when: (before, after) =>
    before.servers.some((me, i) => me.votedFor !== null && me.term === after.servers.get(i).term),
  holds: (before, after, c) =>
    before.servers.every((me, i) => {
      const then = after.servers.get(i);
      const vote = durableVote(me, c);
      const kept =
        before.restarts < after.restarts ||
        me.term !== then.term ||
        me.votedFor === null ||
        me.votedFor === then.votedFor;
      return kept && (durableTerm(me, c) !== durableTerm(then, c) || vote === null || vote === durableVote(then, c));
    }),
});
