/** Quorums: which servers together decide. Without a change of membership, the majority of all servers. */
import type { Constants } from "./constants.ts";

/** Whether this many servers are a majority of the cluster. TLA+: the sets of this size are in `Quorum`. */
export function isMajority(count: number, c: Constants): boolean {
  return count * 2 > c.Server.length;
}
