/** How far an exploration goes. Nothing here is a rule of Raft: these are the places where a bounded model stops. */
import type { Constants } from "./constants.ts";
import { inFlight } from "./network/network.ts";
import type { Server, State } from "./state.ts";

/** Whether the model has room for one more term. */
export function mayStartTerm(me: Server, c: Constants): boolean {
  return me.term < c.maxTerm;
}

/** Whether the model has room for one more entry in this log. */
export function mayAppend(me: Server, c: Constants): boolean {
  return me.log.length < c.maxLogLength;
}

/** Whether the model has room for this many more messages, those in outboxes counted. */
export function hasRoomFor(s: State, messages: number, c: Constants): boolean {
  let waiting = 0;
  if (c.splitDurability) for (const i of c.Server) waiting += s.servers.get(i).outbox.size;
  return inFlight(s.network, c) + waiting + messages <= c.maxInFlight;
}
