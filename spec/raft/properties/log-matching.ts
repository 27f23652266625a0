import { type Log, sameEntry } from "../log.ts";
import { raft } from "../protocol.ts";

export const logMatching = raft.invariant("LogMatching", {
  says: "If two logs contain an entry with the same index and term, then the logs are identical in all entries up through it.",
  source: "figure 3; §5.3; TLA+ LogMatching",
  when: (s) => s.servers.count((me) => me.log.length > 0) > 1,
  holds: (s) => s.servers.every((a) => s.servers.every((b) => matchUpToLastCommonTerm(a.log, b.log))),
});

/** Wherever both logs have an entry of the same term at an index, they are the same entry, and so is the one before it. */
function matchUpToLastCommonTerm(a: Log, b: Log): boolean {
  return a.every((entry, index) => {
    if (b.length < index || b.get(index).term !== entry.term) return true;
    return sameEntry(entry, b.get(index)) && (index === 1 || sameEntry(a.get(index - 1), b.get(index - 1)));
  });
}
