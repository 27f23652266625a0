import type { Configuration, NodeId } from "../../core/index.ts";

/**
 * Whether those of whom it `holds` are a majority of the voters and, in a joint configuration, of the old ones too. The
 * core has a rule of its own for this, which is not used here: what it gets wrong must not be what it is judged by.
 */
export function holdsAtQuorum({ voters, outgoing }: Configuration, holds: (id: NodeId) => boolean): boolean {
  return [voters, outgoing].every((group) => group.length === 0 || 2 * group.filter(holds).length > group.length);
}
