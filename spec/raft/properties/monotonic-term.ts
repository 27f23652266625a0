import { durableTerm } from "../parts/disk/durable.ts";
import { raft } from "../protocol.ts";

export const monotonicTerm = raft.stepInvariant("MonotonicTerm", {
  says: "The current term of a server never decreases; across restarts, the term on its disk.",
  source: "§5.1; TLA+ MonotonicTerm",
  holds: (before, after, c) =>
    before.servers.every((me, i) => {
      const then = after.servers.get(i);
      return durableTerm(me, c) <= durableTerm(then, c) && (before.restarts < after.restarts || me.term <= then.term);
    }),
});
