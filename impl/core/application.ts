import type { Node } from "./state.ts";

/**
 * Hands over what is committed. It waits until the entry is durable here too, although it is committed: a server that
 * shows what it would not remember after a crash can be seen to go back in time by whoever reads its own state.
 */
export function handOver(node: Node): void {
  const last = Math.min(node.commit, node.durability.index);
  if (last <= node.applied) return;
  const proposals = node.role.kind === "leader" ? node.role.proposals : null;
  for (const entry of node.log.range(node.applied + 1, last)) {
    const proposal = proposals?.get(entry.index) ?? null;
    if (proposal !== null) proposals?.delete(entry.index);
    node.out.apply.push({ entry, proposal });
  }
  node.applied = last;
}
