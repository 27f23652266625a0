import type { Committed, LogChain } from "./facts.ts";
import { Violation } from "./violation.ts";

/** LeaderCompleteness (figure 3, section 5.4): a leader has every entry that was committed in an earlier term. */
export function checkLeaderCompleteness(server: string, term: number, log: LogChain, committed: Committed): void {
  const index = committed.lastIndexBefore(term);
  if (log.linkAt(index) === committed.linkAt(index)) return;
  // What is compacted away was committed, so it is the same.
  if (log.linkAt(index) === undefined && log.lastIndex > index) return;
  const what = `${server} was elected in term ${term} without entry ${index}, committed in term ${committed.commitTermAt(index)}`;
  throw new Violation("LeaderCompleteness", server, what);
}
