import type { Constants } from "../../constants.ts";
import type { State } from "../../state.ts";

/** How many messages wait for the disks of their senders. */
export function waitingForDisks(s: State, c: Constants): number {
  if (!c.writeQueue) return 0;
  let waiting = 0;
  for (const i of c.Server) {
    const { outbox, writes } = s.servers.get(i);
    waiting += outbox.size;
    for (const { messages } of writes) waiting += messages.size;
  }
  return waiting;
}
