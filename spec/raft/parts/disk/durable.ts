/** What of a server has reached the disk. Without a queue of writes everything has. */

import type { Constants } from "../../constants.ts";
import type { Log } from "../../log.ts";
import type { Server, ServerId } from "../../state.ts";

export function durableLog(me: Server, c: Constants): Log {
  return c.writeQueue ? me.durable.log : me.log;
}

/** The snapshot on the disk, as the entries that it holds. */
export function durableSnapshot(me: Server, c: Constants): Log {
  return c.writeQueue ? me.durable.log.sub(1, me.durable.snapshotIndex) : me.log.sub(1, me.snapshotIndex);
}

export function durableTerm(me: Server, c: Constants): number {
  return c.writeQueue ? me.durable.term : me.term;
}

export function durableVote(me: Server, c: Constants): ServerId | null {
  return c.writeQueue ? me.durable.votedFor : me.votedFor;
}

/** A candidate's vote for itself counts once it is on disk, as every other vote does. */
export function ownVoteIsDurable(me: Server, c: Constants): boolean {
  return durableTerm(me, c) === me.term && durableVote(me, c) === me.votedFor;
}
