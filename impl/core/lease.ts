import { quorumValue } from "./configuration.ts";
import type { Leader, Node } from "./state.ts";

/**
 * For how long after a round began no other server can be elected, in ticks of this server's clock; 0 where reads by
 * lease are not allowed. Followers protect a leader for an election timeout by *their* clocks, which may run faster
 * by `clockDriftMax`; and a tick on either side may be nearly over when it is counted (section 6.4.1 of the thesis).
 */
function leaseTicks(node: Node): number {
  const { clockDriftMax, electionTicks } = node.settings;
  return clockDriftMax === null ? 0 : Math.floor((electionTicks - 1) / (1 + clockDriftMax)) - 1;
}

export function extendLease(node: Node, leader: Leader): void {
  const ticks = leaseTicks(node);
  if (ticks <= 0) return;
  const { latest } = node.configurations;
  const since = quorumValue(latest, (id) =>
    id === node.id ? node.now : (leader.progress.get(id)?.roundStart ?? -ticks),
  );
  leader.leaseUntil = Math.max(leader.leaseUntil, since + ticks);
}

/**
 * Whether nobody else can lead now. A target that was told to take over asks voters not to protect this leader, and may
 * do so at any time until the term ends.
 */
export function holdsLease(node: Node, leader: Leader): boolean {
  return !leader.hasSentTimeoutNow && node.now < leader.leaseUntil;
}
