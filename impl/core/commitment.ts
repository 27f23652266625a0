import { quorumValue } from "./configuration.ts";
import { entrySize } from "./entry.ts";
import { configurationCommitted } from "./membership.ts";
import { answerReads } from "./reads.ts";
import type { Leader, Node } from "./state.ts";

/**
 * Commits what a quorum has durably, if it is of the leader's own term: an older entry is committed only by what
 * follows it (section 5.4.2 of the paper, figure 8). The leader's own copy counts when it is durable.
 */
export function advanceCommit(node: Node, leader: Leader): void {
  const replicated = quorumValue(node.configurations.latest, (id) =>
    id === node.id ? node.durability.index : (leader.progress.get(id)?.match ?? 0),
  );
  if (replicated <= node.commit || node.log.termAt(replicated) !== node.term) return;
  const from = Math.max(node.commit + 1, leader.firstIndex);
  for (const entry of node.log.range(from, replicated)) leader.uncommittedBytes -= entrySize(entry);
  const before = node.commit;
  node.commit = replicated;
  node.observer.followed("AdvanceCommitIndex", node, null);
  answerReads(node, leader);
  const { latestIndex } = node.configurations;
  // A new leader goes on from the configuration that it found, even where it knew that it was committed.
  const isNews = latestIndex > before || before < leader.firstIndex;
  if (isNews && latestIndex <= replicated) configurationCommitted(node, leader);
}

/** A follower commits what its leader has committed, as far as it is known to have the same. It never goes back. */
export function followCommit(node: Node, leaderCommit: number, matchIndex: number): void {
  const commit = Math.min(leaderCommit, matchIndex);
  if (commit <= node.commit) return;
  node.commit = commit;
  node.observer.followed("AdvanceCommitIndex", node, null);
}
