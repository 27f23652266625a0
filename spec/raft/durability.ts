/** What of a server has reached the disk. Without split durability everything has. */
import type { Constants } from "./constants.ts";
import type { Log } from "./log.ts";
import type { Server, ServerId } from "./state.ts";

export function durableLog(me: Server, c: Constants): Log {
  return c.splitDurability ? me.durable.log : me.log;
}

export function durableTerm(me: Server, c: Constants): number {
  return c.splitDurability ? me.durable.term : me.term;
}

export function durableVote(me: Server, c: Constants): ServerId | null {
  return c.splitDurability ? me.durable.votedFor : me.votedFor;
}
