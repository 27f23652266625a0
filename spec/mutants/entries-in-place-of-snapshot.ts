import { rules } from "../raft/index.ts";
import { threeServersAndTheirSnapshots } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

/** Two mistakes that do harm together only: the leader compares with < what takes <=, and the follower trusts index 0. */
export const entriesInPlaceOfSnapshot: Mutant = {
  id: "M25",
  says: "A leader sends an empty AppendEntries instead of a snapshot that ends with the next entry, and the follower takes all of its log as matching.",
  seen: "willemt/raft#118",
  file: "spec/mutants/entries-in-place-of-snapshot.ts",
  rules: {
    snapshotRequest: (me, i, j, c) => {
      if (me.nextIndex.get(j) < me.snapshotIndex) return rules.snapshotRequest(me, i, j, c);
      const nothing = { prevLogIndex: 0, prevLogTerm: 0, entries: me.log.sub(1, 0), leaderCommit: me.commitIndex };
      return { kind: "AppendEntriesRequest", term: me.term, from: i, to: j, ...nothing };
    },
    advanceFollowerCommit: (me, m, c) => {
      rules.advanceFollowerCommit(me, m, c);
      const isEmpty = m.prevLogIndex === 0 && m.entries.length === 0;
      if (isEmpty) me.commitIndex = Math.max(me.commitIndex, Math.min(m.leaderCommit, me.log.length));
    },
  },
  catches: [
    {
      model: "m25",
      property: "StateMachineSafety",
      bounds: threeServersAndTheirSnapshots,
      found: { traceLength: 20, distinct: 3_903, generated: 9_105 },
    },
  ],
};
