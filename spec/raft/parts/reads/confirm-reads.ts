import { max, setOf } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";
import type { HeartbeatRequest, HeartbeatResponse } from "../../messages.ts";
import type { Server, ServerDraft } from "../../state.ts";

/** The context that the next heartbeat carries: the one of the latest read that waits, 0 where none waits. */
export function heartbeatContext(me: Server, c: Constants): number {
  return c.readIndex ? max([0, ...[...me.reads].map((read) => read.context)]) : 0;
}

/** The answer to a heartbeat returns its context. */
export function returnedContext(m: HeartbeatRequest, c: Constants): number {
  return c.readIndex ? m.context : 0;
}

/**
 * "Once it receives acknowledgments from a majority of the cluster, the leader knows that there could not have existed a
 * leader for a greater term at the moment it sent the heartbeats" (thesis §6.4). A heartbeat confirms the reads that were
 * asked before it was sent: those whose context is not later than its own.
 */
export function confirmReads(me: ServerDraft, m: HeartbeatResponse, c: Constants): void {
  if (!c.readIndex) return;
  for (const read of me.reads) {
    if (read.context > m.context || read.confirmedBy.has(m.from)) continue;
    me.reads.remove(read);
    me.reads.add({ ...read, confirmedBy: read.confirmedBy.union(setOf(m.from)) });
  }
}
