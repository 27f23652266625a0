/** How far an exploration goes. Nothing here is a rule of Raft: these are the places where a bounded model stops. */
import type { Constants } from "./constants.ts";
import { inFlight } from "./network/network.ts";
import { waitingForDisks } from "./parts/disk/waiting.ts";
import type { Server, State } from "./state.ts";

/** Whether the model has room for one more term. */
export function mayStartTerm(me: Server, c: Constants): boolean {
  return me.term < c.maxTerm;
}

/** Whether the model has room for one more entry in this log. */
export function mayAppend(me: Server, c: Constants): boolean {
  return me.log.length < c.maxLogLength;
}

/** Whether the model has room for this many more messages, those that wait for a disk counted. */
export function hasRoomFor(s: State, messages: number, c: Constants): boolean {
  return inFlight(s.network, c) + waitingForDisks(s, c) + messages <= c.maxInFlight;
}
