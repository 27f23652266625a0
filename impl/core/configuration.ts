import type { NodeId } from "./entry.ts";

/**
 * Who takes part. A server uses the last configuration in its log, committed or not (section 6 of the paper), and goes
 * back to the one before when that entry is truncated.
 *
 * A change of voters goes through two of them: in the first, the *joint* one, `outgoing` holds the old voters, and
 * every decision needs a majority of both; in the second `outgoing` is empty again. New voters are learners first.
 * All lists are sorted and hold no id twice; `voters` and `learners` have none in common.
 */
export interface Configuration {
  readonly voters: readonly NodeId[];
  /** The voters before the change; empty unless the configuration is joint. */
  readonly outgoing: readonly NodeId[];
  /** They receive the log and have no vote. */
  readonly learners: readonly NodeId[];
  /** Those learners that become voters as soon as they have caught up, under whichever leader. */
  readonly promoting: readonly NodeId[];
  /** Those voters that leave when `promoting` is done. */
  readonly removing: readonly NodeId[];
  /** How to reach each member: whatever the transport makes of it. */
  readonly contacts: Readonly<Record<NodeId, string>>;
}

export const noConfiguration: Configuration = {
  voters: [],
  outgoing: [],
  learners: [],
  promoting: [],
  removing: [],
  contacts: {},
};

/** The configuration of a new cluster. */
export function initialConfiguration(contacts: Readonly<Record<NodeId, string>>): Configuration {
  return { ...noConfiguration, voters: Object.keys(contacts).sort(), contacts };
}

export function isJoint(configuration: Configuration): boolean {
  return configuration.outgoing.length > 0;
}

/** Whether a change has begun and not reached its last configuration. */
export function isChanging(configuration: Configuration): boolean {
  return isJoint(configuration) || configuration.promoting.length > 0 || configuration.removing.length > 0;
}

export function isVoter(configuration: Configuration, id: NodeId): boolean {
  return configuration.voters.includes(id) || configuration.outgoing.includes(id);
}

/** All that receive the log, sorted. */
export function membersOf(configuration: Configuration): NodeId[] {
  return [...new Set([...configuration.voters, ...configuration.outgoing, ...configuration.learners])].sort();
}

/** Whether the servers for which `says` is true are a majority of every set of voters that has a say. */
export function isQuorum(configuration: Configuration, says: (id: NodeId) => boolean): boolean {
  return (
    isMajority(configuration.voters, says) && (!isJoint(configuration) || isMajority(configuration.outgoing, says))
  );
}

function isMajority(voters: readonly NodeId[], says: (id: NodeId) => boolean): boolean {
  let count = 0;
  for (const id of voters) if (says(id)) count += 1;
  return count * 2 > voters.length;
}

/**
 * The greatest value that a quorum has reached: of matched indexes it is what is replicated, of acknowledged rounds
 * the last one that was confirmed.
 */
export function quorumValue(configuration: Configuration, reachedBy: (id: NodeId) => number): number {
  const value = majorityValue(configuration.voters, reachedBy);
  return isJoint(configuration) ? Math.min(value, majorityValue(configuration.outgoing, reachedBy)) : value;
}

function majorityValue(voters: readonly NodeId[], reachedBy: (id: NodeId) => number): number {
  if (voters.length === 0) return 0;
  const values = voters.map(reachedBy).sort((one, other) => other - one);
  return values[voters.length >> 1] as number;
}
