import type { Committed, LogChain } from "./facts.ts";
import { Violation } from "./violation.ts";

/**
 * CommittedIsKept (section 5.4): a server that is in the term in which an entry was committed, or in a later one, does
 * not remove it. In an earlier term it may: a leader that was elected without the entry can still reach it.
 */
export function checkCommittedIsKept(
  server: string,
  term: number,
  log: LogChain,
  committed: Committed,
  truncateFrom: number,
): void {
  const link = committed.linkAt(truncateFrom);
  if (link === undefined || log.linkAt(truncateFrom) !== link || term < committed.commitTermAt(truncateFrom)) return;
  const what = `${server} removes entry ${truncateFrom} of its log, which was committed in term ${committed.commitTermAt(truncateFrom)}`;
  throw new Violation("CommittedIsKept", server, what);
}
