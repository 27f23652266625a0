import type { Node } from "./state.ts";

/** The image of the state machine at `index` is durable: the log before it may go, but for what lagging followers need. */
export function snapshotTaken(node: Node, index: number, size: number): void {
  const term = node.log.termAt(index);
  // A snapshot from the leader has overtaken it.
  if (index <= node.snapshot.index || term === undefined) return;
  if (index > node.applied) throw new Error(`${node.id} took a snapshot at ${index}, and has applied ${node.applied}`);
  node.snapshot = { index, term, size, configuration: node.configurations.at(index) };
  const released = index - node.settings.trailingEntries;
  if (released > node.log.baseIndex) {
    node.configurations.compactTo(released);
    node.log.compactTo(released);
    node.out.releasedIndex = released;
  }
  node.observer.followed("TakeSnapshot", node, null);
}
