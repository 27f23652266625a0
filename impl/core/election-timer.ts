import type { Node } from "./state.ts";

/** Draws when to stand for election, anew each time, so that split votes do not repeat (section 5.2 of the paper). */
export function drawElectionTimeout(node: Node): void {
  const { electionTicks } = node.settings;
  node.electionAt = node.now + electionTicks + node.random.below(electionTicks);
}
