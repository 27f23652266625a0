/** What of a server has reached the disk. Without split durability everything has. */
import type { Constants } from "../../constants.ts";
import type { Log } from "../../log.ts";
import type { Server, ServerDraft, ServerId } from "../../state.ts";

export function durableLog(me: Server, c: Constants): Log {
  return c.splitDurability ? me.durable.log : me.log;
}

export function durableTerm(me: Server, c: Constants): number {
  return c.splitDurability ? me.durable.term : me.term;
}

export function durableVote(me: Server, c: Constants): ServerId | null {
  return c.splitDurability ? me.durable.votedFor : me.votedFor;
}

/** A candidate's vote for itself counts once it is on disk, as every other vote does. */
export function ownVoteIsDurable(me: Server, c: Constants): boolean {
  return durableTerm(me, c) === me.term && durableVote(me, c) === me.votedFor;
}

/** A crash loses what was not on the disk, and the messages that waited for it. */
export function loadDisk(me: ServerDraft, c: Constants): void {
  if (!c.splitDurability) return;
  me.term = me.durable.term;
  me.votedFor = me.durable.votedFor;
  me.log.assign(me.durable.log);
  me.outbox.clear();
}
