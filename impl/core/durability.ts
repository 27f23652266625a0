import { advanceCommit } from "./commitment.ts";
import type { Write } from "./effects.ts";
import { countOwnVote } from "./election.ts";
import type { Node } from "./state.ts";

/**
 * What this server has asked to be written, and what of it is durable. Writes become durable in the order in which they
 * were asked for, and whatever promises something waits for them. To others the server is therefore one that writes
 * at once and answers slowly.
 */
export function takeWrite(node: Node): Write | null {
  const { out, durability } = node;
  if (!out.writes) return null;
  durability.asked += 1;
  const isInstalled = out.chunk?.isLast === true;
  durability.underWay.push({
    number: durability.asked,
    since: node.now,
    index: node.log.lastIndex,
    restore: isInstalled ? node.snapshot : null,
  });
  return {
    number: durability.asked,
    hardState: out.hardStateChanged ? { term: node.term, votedFor: node.votedFor } : null,
    truncateFrom: out.truncateFrom,
    entries: out.entries,
    chunk: out.chunk,
    sendsAfter: out.bound,
  };
}

/** All writes up to `number` are durable. A leader counts its own copy only now (section 10.2.1 of the thesis). */
export function written(node: Node, number: number): void {
  const { underWay } = node.durability;
  let done = 0;
  for (const write of underWay) {
    if (write.number > number) break;
    node.durability.index = write.index;
    if (write.restore !== null) node.out.restore = write.restore;
    done += 1;
  }
  if (done === 0) return;
  underWay.splice(0, done);
  node.observer.followed("Persisted", node, null);
  if (node.role.kind === "leader") advanceCommit(node, node.role);
  if (node.role.kind === "candidate") countOwnVote(node, node.role, number);
}

/** What follows `index` is in the log no more, so no write under way makes it durable. */
export function forgetFrom(node: Node, index: number): void {
  const { durability } = node;
  durability.index = Math.min(durability.index, index - 1);
  for (const write of durability.underWay) write.index = Math.min(write.index, index - 1);
}

/** Ticks since the oldest write under way was asked for; 0 where all is durable. */
export function stallTicks(node: Node): number {
  const oldest = node.durability.underWay[0];
  return oldest === undefined ? 0 : node.now - oldest.since;
}
