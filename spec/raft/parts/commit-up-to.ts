import { id, integer } from "../../lang/index.ts";
import { raft } from "../protocol.ts";

/**
 * Committing less than one could: figure 2 lets a leader set commitIndex to any N that a majority holds and whose entry is
 * of its term. AdvanceCommitIndex takes the largest; an implementation that hears of one acknowledgement after the other may
 * take a smaller one first.
 */
export const commitUpTo = raft.action("CommitUpTo", {
  says: "A leader commits up to an entry of its own term that a majority holds, and not all that it could.",
  source: "figure 2, Leaders; §5.3, §5.4",
  part: (c) => c.anyCommit,
  params: (c) => ({ i: id(c.Server), n: integer(1, Math.max(1, c.maxLogLength)) }),
  guard: (s, { i, n }, c) => {
    const me = s.servers.get(i);
    return me.role === "Leader" && n > me.commitIndex && n <= me.log.length && c.rules.isCommittable(me, i, n, c);
  },
  effect: (s, { i, n }) => {
    s.servers.get(i).commitIndex = n;
  },
});

export const commitsInParts = raft.reachableStep("CommitsInParts", {
  says: "A leader commits an entry, and could have committed more.",
  part: (c) => c.anyCommit && c.maxLogLength > 1,
  goal: (before, after, c) =>
    before.servers.some((me, i) => {
      const then = after.servers.get(i);
      const hasCommitted = then.role === "Leader" && me.commitIndex < then.commitIndex;
      return hasCommitted && c.rules.newCommitIndex(then, i, c) > then.commitIndex;
    }),
});
