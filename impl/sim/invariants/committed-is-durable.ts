import type { Configuration, NodeId } from "../../core/index.ts";
import { holdsAtQuorum } from "./quorum.ts";
import { Violation } from "./violation.ts";

interface Commitment {
  readonly server: string;
  readonly isLeader: boolean;
  readonly index: number;
  readonly term: number;
  /** Those in force before and after the step: a step may commit an entry and then append another configuration. */
  readonly configurations: readonly Configuration[];
  /** Whether the entry is on this server's disk. */
  readonly isDurableAt: (id: NodeId) => boolean;
}

/**
 * CommittedIsDurableOnAQuorum (sections 5.3 and 10.2.1 of the thesis): when an entry is committed, a quorum has it on
 * disk; and only a leader says so first.
 */
export function checkCommittedIsDurable(commitment: Commitment): void {
  const { server, isLeader, index, term, configurations, isDurableAt } = commitment;
  if (!isLeader) {
    const what = `${server} takes entry ${index} for committed, which no leader has committed`;
    throw new Violation("CommittedIsDurableOnAQuorum", server, what);
  }
  if (configurations.some((configuration) => holdsAtQuorum(configuration, isDurableAt))) return;
  const what = `${server} commits entry ${index} of term ${term}, which is not on the disks of a quorum`;
  throw new Violation("CommittedIsDurableOnAQuorum", server, what);
}
