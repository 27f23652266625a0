import { commonPrefix } from "../../lang/index.ts";
import type { Log } from "../log.ts";
import { raft } from "../protocol.ts";

export const logMatching = raft.invariant("LogMatching", {
  says: "If two logs contain an entry with the same index and term, then the logs are identical in all entries up through it.",
  source: "figure 3; §5.3; TLA+ LogMatching",
  when: (s) => s.servers.count((me) => me.log.length > 0) > 1,
  holds: (s) => s.servers.every((a) => s.servers.every((b) => matchUpToLastCommonTerm(a.log, b.log))),
});

/** Beyond what both logs begin with, no two entries at one index have the same term. */
function matchUpToLastCommonTerm(a: Log, b: Log): boolean {
  const same = commonPrefix(a, b);
  return a.every((entry, index) => index <= same || b.length < index || b.get(index).term !== entry.term);
}
