import { agreesAt } from "../log.ts";
import { durableLog } from "../parts/disk/durable.ts";
import type { RaftConstants } from "../protocol.ts";
import { isMajority } from "../quorum.ts";
import type { Server, ServerId } from "../state.ts";

/**
 * "If there exists an N such that N > commitIndex, a majority of matchIndex[i] >= N, and log[N].term == currentTerm"
 * (figure 2, Leaders, §5.3, §5.4): whether a leader may commit up to `index`.
 */
export function isCommittable(me: Server, i: ServerId, index: number, c: RaftConstants): boolean {
  return me.log.get(index).term === me.term && isMajority(replicaCount(me, i, index, c), c);
}

/** How many servers are known to hold the entry at `index` on disk, the leader included once it does. TLA+: Agree(index). */
export function replicaCount(me: Server, i: ServerId, index: number, c: RaftConstants): number {
  const own = agreesAt(durableLog(me, c), me.log, index) ? 1 : 0;
  return own + me.matchIndex.count((match, j) => j !== i && match >= index);
}
