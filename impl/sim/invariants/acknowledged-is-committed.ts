import type { Committed } from "./facts.ts";
import { Violation } from "./violation.ts";

/** AcknowledgedIsCommitted (section 8): what a client is told is done is committed. */
export function checkAcknowledgedIsCommitted(server: string, index: number, committed: Committed): void {
  if (index <= committed.lastIndex) return;
  throw new Violation(
    "AcknowledgedIsCommitted",
    server,
    `${server} tells a client that entry ${index} is done, which nobody committed`,
  );
}
